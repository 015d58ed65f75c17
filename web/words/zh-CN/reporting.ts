import type { ReportState } from '../../../src/desks/tasks/reporting/types.ts'
import type { Reportable } from '../../../src/desks/tasks/types.ts'
import { outcomeOf } from './outcomes.ts'

const whats: Record<Reportable, string> = {
  crowding: '疑似群租',
  hazard: '有危险',
  'fire-way-blocked': '消防通道被堵',
  'e-bike-charging': '电动车进楼或充电',
  noise: '噪声扰民',
  other: '别的事',
}
const states: Record<ReportState, string> = {
  waiting: '等人接手',
  'taken-up': '有人在办',
  done: '办完了',
}

/** Reporting something about a place, sealed; and what became of it. */
export const reporting = {
  title: '报问题',
  line: '说一个地方的事。您是谁，封存起来。',
  emergency: '有火、有人受伤，先打 119 或 120。',
  placeHead: '在哪里',
  stair: (number: string) => `${number}号楼道`,
  whole: (compound: string) => `${compound}，整个小区`,
  whatHead: '什么事',
  what: (what: Reportable) => whats[what],
  outcome: outcomeOf,
  words: '再说几句',
  wordsMay: '可以不写',
  wordsHelp: '写地方和时间。别写人的名字，也别写自己的：去看的人会读到。',
  send: '报上去',
  sentHead: '收到了，已经有人负责',
  receipt: '您的收据号',
  sentLine: '只显示这一次，请记下或拍下来。换了手机，凭它还能看进展。',
  another: '再报一件',
  listHead: '我报过的',
  listNone: '这台设备上还没有报过',
  listNoneLine: '报过的事，进展写在这里。别的设备上报的，用收据号查。',
  state: (state: ReportState) => states[state],
  madeOn: (day: string) => `${day} 报的`,
  closedOn: (day: string) => `${day} 办完`,
  byReceiptHead: '用收据号查',
  byReceiptHelp: '20 个字母和数字，写不写横线都行',
  byReceipt: '查一查',
  promiseHead: '您的名字怎么封存',
  promises: [
    '任务上只写“有居民反映”。去看的人、居委、系统管理员都看不到是谁。',
    '全街道只有一个岗位能打开：要回问您、有人有危险，或法院要求。',
    '每打开一次，您在“谁看过我的数据”里马上看得到。',
    '事情办完一年后，封存的名字和您写的话一起删掉。',
  ],
  noScript: '报问题要用脚本，这台设备没有打开。请打电话给居委，或换一台设备。',
}
