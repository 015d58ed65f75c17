/**
 * The ten minutes: one caption after the other, who is looked at, what their screens show, and what
 * happens meanwhile. Everybody in it is invented.
 */
import type { Plant } from '../../simulator/plant.ts'
import type { SeatName } from './page.ts'
import type { Matter, Stage } from './stage.ts'

/** `{task}` in a path is the matter that the scene before found. */
type Paths = Partial<Record<SeatName, string>>

export type Act = {
  zh: string
  en: string
  look: SeatName
  paths?: Paths
  /** How long it stays, in seconds of a tour of ten minutes. */
  seconds: number
  /** Answers the matter that the paths may name; undefined: the scene is left out. */
  happens?: (stage: Stage) => Promise<Matter | 'nothing to name' | undefined>
}

const silence = 'care-silence'
const gas = 'gas'

const visit = (act: string, more?: object) => async (stage: Stage) => {
  const task = await stage.matter(silence)
  if (!task) return undefined
  await stage.acts(stage.people.worker, task.task, act, more)
  return task
}
const passing =
  (minutes: number, ...plants: Plant[]) =>
  async (stage: Stage) => {
    await stage.pass(minutes, plants)
    return 'nothing to name' as const
  }

/** The colleague was there: what the scenes before began is not left open behind the next ones. */
async function endGas(stage: Stage): Promise<void> {
  const task = await stage.matter(gas)
  if (!task) return
  const { colleague } = stage.people
  await stage.acts(colleague, task.task, 'arrive')
  await stage.acts(colleague, task.task, 'find', { outcome: 'hazard-real', words: '（示例）' })
  await stage.acts(colleague, task.task, 'close')
}

export const story: readonly Act[] = [
  {
    zh: '这是上海一个街道的示例：11 个居民区，四千户，两千个传感器。人都是编的，程序是真的。右边是街道值班席。',
    en: 'An example street in Shanghai: 11 neighbourhoods, 4,000 homes, 2,000 sensors. The people are made up, the program is real. On the right, the street’s duty seat.',
    ...{ look: 'officer', seconds: 35 },
    paths: { elder: '/care', worker: '/desk', officer: '/centre' },
  },
  {
    zh: '沈玉兰一个人住，她自己同意：如果家里 48 小时没有动静，请人来看看。没有同意，程序就不能判断——连存都不存。',
    en: 'Shen Yulan lives alone. She agreed herself: if nothing moves at home for 48 hours, somebody shall look in. Without her yes the program cannot judge, and stores nothing.',
    ...{ look: 'elder', seconds: 40 },
  },
  {
    zh: '两天没有动静了。门和人体传感器都好好的，所以“没有动静”是真的；传感器坏了的那段时间不算数。',
    en: 'Two days without a sign. Door and motion sensors work, so the silence is real; hours in which a sensor was dead do not count.',
    ...{ look: 'elder', seconds: 35 },
  },
  {
    zh: '社工王晨光的手机上多了一件事：看望，什么时候以前要到。不是通知一群人，是交给一个人。',
    en: 'On worker Wang Chenguang’s phone there is one thing more: a visit, and by when. It is not told to a crowd; it is given to one person.',
    ...{ look: 'worker', seconds: 35, paths: { worker: '/desk/tasks/{task}' } },
    happens: (stage) => stage.matter(silence),
  },
  {
    zh: '她点“我看到了”。从这一刻起有人负责；不点，几分钟后程序就去找下一个人，一直到值班长。',
    en: 'She presses “I have seen it”. From now on somebody answers for it. Had she not, the program would ask the next one in some minutes, up to the duty officer.',
    ...{ look: 'worker', seconds: 30 },
    happens: visit('acknowledge'),
  },
  {
    zh: '出发了。沈玉兰自己的手机上马上写着：谁、什么岗位、正在来的路上。',
    en: 'On the way. Shen Yulan’s own phone says at once who is coming, and in which post.',
    ...{ look: 'elder', seconds: 35, paths: { elder: '/care' } },
    happens: visit('set-out'),
  },
  {
    zh: '到门口了。到没到看门上的码，不跟踪人。发现什么，十秒钟记完。',
    en: 'At the door: said by the tag there, nobody is tracked. What was found is written down in ten seconds.',
    ...{ look: 'worker', seconds: 30 },
    happens: visit('arrive'),
  },
  {
    zh: '“人没事，没带卡。”这件事了结了，结果记在这条规则的账上：规则好不好，由人来打分。',
    en: '“All is well.” The matter ends, and its outcome is scored against the rule: people judge the rules, not the other way round.',
    ...{ look: 'worker', seconds: 35, paths: { worker: '/desk' } },
    happens: visit('find', { outcome: 'fine', words: '（示例）' }),
  },
  {
    zh: '谁看过她的资料，沈玉兰自己看得见：哪个岗位，看了什么，为什么。先记下来，才给看。',
    en: 'Who looked at her data, Shen Yulan sees herself: which post, what, and why. The look is in the book before the answer leaves.',
    ...{ look: 'elder', seconds: 40, paths: { elder: '/care/looks' } },
  },
  {
    zh: '夜里，一户人家的厨房里有燃气。急事不等人：社工和值班长同时知道，旁边写着 119。',
    en: 'Then there is gas in a kitchen. An emergency waits for nobody: worker and duty officer hear of it at once, with 119 beside it.',
    ...{ look: 'officer', seconds: 45, paths: { officer: '/centre', worker: '/desk' } },
    happens: async (stage) => {
      await stage.pass(2.5, ['gas'])
      return stage.matter(gas)
    },
  },
  {
    zh: '王晨光没有回应——手机没电了，也可能在睡觉。五分钟到了，程序自己去找下一个人。没有一件事会没人管。',
    en: 'Wang does not answer: a dead phone, or sleep. Five minutes pass, and the program asks the next one by itself. No matter is ever nobody’s.',
    ...{ look: 'officer', seconds: 45, paths: { officer: '/centre/matters/{task}' } },
    happens: async (stage) => {
      await stage.pass(6)
      return stage.matter(gas)
    },
  },
  {
    zh: '赵微雨接了，已经出发。所有被叫到的人同时看到“有人在去了”，不会跑重。',
    en: 'Zhao Weiyu takes it and is on the way. Everybody who was asked sees at once that somebody goes; nobody runs twice.',
    ...{ look: 'worker', seconds: 40, paths: { worker: '/desk/tasks/{task}' } },
    happens: async (stage) => {
      const task = await stage.matter(gas)
      if (!task) return undefined
      const { colleague } = stage.people
      await stage.acts(colleague, task.task, 'take')
      await stage.acts(colleague, task.task, 'acknowledge')
      await stage.acts(colleague, task.task, 'set-out')
      return task
    },
  },
  {
    zh: '24 号楼的网关停了。一个网关后面几十个传感器，只派一次修。它后面的人家是“不知道”，从不当成“没事”。',
    en: 'The gateway of stair 24 is dead. Dozens of sensors behind it, one repair. The homes behind it are “unknown”, which is never shown as “fine”.',
    ...{ look: 'worker', seconds: 40, paths: { worker: '/desk/devices' } },
    happens: async (stage) => {
      await endGas(stage)
      return 'nothing to name'
    },
  },
  {
    zh: '值班表提前一周自己查：五天后有一个班没有人。现在就去排，不等到那天晚上。',
    en: 'The roster looks a week ahead by itself: in five days one shift has nobody. It is filled now, not on that night.',
    ...{ look: 'officer', seconds: 40, paths: { officer: '/desk/roster' } },
  },
  {
    zh: '规则是大家看得懂的一页：为什么，说不清什么。“门开着”第一版白跑太多，换成二十分钟，由第二个人批准才生效。',
    en: 'A rule is a page that people can read: why, and what it cannot tell. “Door held open” sent people in vain too often; twenty minutes now, approved by a second person.',
    ...{ look: 'officer', seconds: 45, paths: { officer: '/desk/scenarios/door-held-open' } },
  },
  {
    zh: '一个月的数字，最慢的在最前面；每个数字后面都是那张单子。（示例里的一年是编的。）',
    en: 'The month in numbers, the slowest first; behind each number is its list. (The example’s year is made up.)',
    ...{ look: 'officer', seconds: 40, paths: { officer: '/centre/month' } },
  },
  {
    zh: '台风来了（天气是模拟的）：少出门，有的地方漏水、断电。半个小时的街道，三十秒给您看。',
    en: 'A typhoon (made-up weather): few go out, here a leak, there no power. Half an hour of the street in thirty seconds.',
    ...{ look: 'officer', seconds: 45, paths: { officer: '/centre' } },
    happens: passing(30, 'typhoon'),
  },
  {
    zh: '不想再要了，沈玉兰点一下就停，存的都删。不同意的人，一样的服务，一年里不再问。',
    en: 'If she wants no more of it, one tap ends it and erases what was kept. Who says no gets the same service, and is not asked again for a year.',
    ...{ look: 'elder', seconds: 35, paths: { elder: '/care' } },
  },
  {
    zh: '就到这里。三块屏幕都是真的，可以点进去看；npm start 打印的链接，可以自己当一回社工、居民、值班长。',
    en: 'That is all. The three screens are real: go on and press. With the links that npm start printed you can be the worker, the resident or the officer yourself.',
    ...{ look: 'officer', seconds: 20 },
  },
]
