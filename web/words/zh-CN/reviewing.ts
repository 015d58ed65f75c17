import type { ReviewOutcome, ReviewReason } from '../../../src/ground/privacy/reviewing/types.ts'

const reasons: Record<ReviewReason, string> = {
  many: '一天里看的人特别多',
  kin: '看的是自己的家里人、一起住过或一起有房的人',
  night: '夜里看的，没有要办的任务，也不在班上',
  'no-outcome': '登记了要看，结束一天了也没有说结果',
}

const outcomes: Record<ReviewOutcome, string> = {
  right: '妥当',
  wrong: '不妥',
  unclear: '说不清',
}

/** Looks that are looked at again, and who does so. */
export const reviewing = {
  title: '复核查看',
  line: '不寻常的查看，和随机抽到的百分之一，由不在街道、居委上下级里的人再看一遍。先不写是看了谁。',
  none: '现在没有要复核的',
  noneLine: '有新的会列在这里，十个工作日内答复。',
  notReviewer: '您的岗位不做复核。谁来复核，由街道的值班长指定。',
  due: (day: string) => `${day}前复核`,
  late: (day: string) => `${day}到期，晚了`,
  lookedAt: (time: string) => `${time} 看的`,
  drawn: '随机抽到',
  reasons,
  why: '为什么要复核',
  fields: { phone: '电话', consents: '同意过的事', looks: '查看记录' } as Record<string, string>,

  open: '看是关于谁',
  openLabel: (who: string) => `看是关于谁：${who}`,
  openNote: '本人会在“谁看过我的数据”里看到您看过姓名和住址。',
  about: '关于',
  gone: '登记册里已经没有这个人了。',
  lives: (places: string) => `住在${places}`,
  words: '说明',
  wordsHelp: '不妥或说不清时要写，至少四个字。不写人名。本单位负责人看得到。',
  wordsShort: '请写明理由，至少四个字。',
  outcomes,
  answer: '这次查看',
  wrongTells: '答“不妥”，本人的记录里会写明，也会告诉该单位的负责人。',
  done: '已记下。',

  wrongTitle: '本单位不妥的查看',
  wrongLine: '复核的人认为不妥的。请和当事的同事谈一谈，本人已在自己的记录里看到。',
  wrongNone: '没有。',
  wrongSaid: (words: string, day: string) => `“${words}” · ${day}复核`,

  reviewersTitle: '谁来复核查看',
  reviewersLine:
    '由卫生服务中心或志愿者队伍的人来做，不归街道、居委管，也不复核自己单位的查看。最好指定两个单位各一位。',
  reviewersNone: '还没有指定。不寻常的查看没有人再看一遍，公开的数字里会写明。',
  reviewersOne: '只有一个单位在复核，这个单位自己的查看没有人能复核。请再指定另一个单位的一位。',
  reviewersNobody: '街道里还没有卫生服务中心或志愿者队伍的岗位。',
  reviewerIs: '在复核',
  reviewerSince: (day: string) => `从${day}起`,
  reviewerName: '指定',
  reviewerNameLabel: (name: string) => `指定${name}来复核`,
  reviewerEnd: '不再做',
  reviewerEndLabel: (name: string) => `${name}不再复核`,
  reviewerAsk: (name: string) => `请${name}来复核查看？`,
  reviewerAskLine: '会告诉本人。复核时看到是关于谁，也会记在那个人的查看记录里。',
  reviewerAskEnd: (name: string) => `${name}不再复核查看？`,
  reviewerAskEndLine: '会告诉本人。还没有答复的，由别的单位接着做。',
}
