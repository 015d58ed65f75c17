import type { ConsentPurpose } from '../../../src/ground/privacy/types.ts'

type Each<Says> = Record<ConsentPurpose, Says>

const names: Each<string> = {
  'agreed-care': '关爱提醒（看动静）',
  'wandering-guard': '防走失提醒',
  'agreed-calls': '电话问候',
}

const what: Each<string> = {
  'agreed-care': '门和屋里的传感器只说“有动静”。太久没有动静，才照规则找人。',
  'wandering-guard': '夜里出门，或出门没回来，告诉该知道的人。',
  'agreed-calls': '社工打电话问您好，什么也不看。',
}

const end: Each<string> = {
  'agreed-care': '停止关爱提醒',
  'wandering-guard': '停止防走失提醒',
  'agreed-calls': '停止电话问候',
}

/** What ending each does: said before anything is pressed. */
const effect: Each<readonly string[]> = {
  'agreed-care': [
    '马上停止，不再看动静；正要来看您的人也不来了。',
    '防走失提醒跟着一起停。',
    '最后一次动静的时间、联系人、还留着的信号，都删掉。',
    '别的服务一样不少。同意和收回的记录按规定留存。',
  ],
  'wandering-guard': [
    '马上停止，进出门不再提醒任何人。',
    '关爱提醒照旧。',
    '同意和收回的记录按规定留存。',
  ],
  'agreed-calls': [
    '马上停止，不再打电话问候。',
    '这份约定和您写的联系人，当场删掉。',
    '别的服务一样不少。同意和收回的记录按规定留存。',
  ],
}

/** What somebody agreed to, with the dates and one tap to end each. */
export const consents = {
  title: '我同意过的',
  line: '每一项分开同意，分开停。一点就停，马上有效。',
  names,
  what,
  states: {
    live: '已同意',
    refused: '说过不需要',
    off: '街道没有启用',
    ended: '已经停了',
    never: '没有同意过',
  },
  since: '哪天同意的',
  until: '管到哪天',
  by: '谁同意的',
  givers: { person: '本人', guardian: '监护人' },
  how: '怎么同意的',
  onPaper: '纸上签的，和点同意一样算数',
  onPage: '在页面上点的',
  version: '看的说明',
  versionSays: (version: number) => `第 ${version} 版`,

  renewHead: '说明改过了，请再看一遍',
  renewLine: (date: string) =>
    `您同意的是以前的说明，到 ${date} 还算数。读过新的再点一次，就接着有效；不点，到那天自己停。`,
  renewRead: '读新的说明',
  renew: '读过了，接着同意',

  refusedLine: (date: string) => `${date} 以前没有人再来问您。什么时候想要，您自己随时可以同意。`,
  offLine: '街道还没有启用这一项，不会有人来问您。',
  neverLine: '没有同意，也就没有人在看。别的服务一样不少。',
  look: '去读一读再决定',

  end,
  effect,
  endHead: '停了会怎样',
  endAsk: '现在就停吗？',
  endConfirm: '停止',
  endKeep: '不停',
  ended: (at: string) => `${at} 停止。要删的都删了。`,

  before: '以前同意过的',
  beforeLine: (count: number) => `${count} 次`,
  beforeSays: (from: string, to: string, by: string) => `${from} 同意（${by}），${to} 停止`,

  kinOnly: '您在替别人办事。只有子女和亲属可以替他停，谁也不能替他同意。',
  mayOnlyEnd: '您在替别人办事：可以替他停，不能替他同意。',
}
