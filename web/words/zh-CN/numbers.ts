import type { How } from '../../../src/kernel/endpoint.ts'
import type { LookerKind } from '../../../src/ground/privacy/numbers/types.ts'

const hows: Record<How, string> = {
  page: '打开页面',
  list: '名单里列出',
  search: '搜索时出现',
  export: '导出到文件',
  print: '打印',
  push: '随通知发出',
  rule: '程序算',
  command: '用命令调出',
  act: '办事时用到',
}

const lookers: Record<LookerKind, string> = {
  committee: '居委会',
  street: '街道',
  property: '物业',
  police: '社区民警',
  clinic: '家庭医生',
  volunteer: '志愿者',
  rule: '程序',
  operator: '系统管理员',
  resident: '居民',
  helper: '替人办事的人',
  contact: '本人选的联系人',
  account: '凭手机登录的人',
}

type Authority = {
  asked: number
  approved: number
  refused: number
  given: number
  delayed: number
}
type Questions = { asked: number; inTime: number; late: number; open: number; overdue: number }
type Reviews = {
  unusual: number
  drawn: number
  right: number
  wrong: number
  unclear: number
  open: number
  overdue: number
  reviewers: number
  waiting: number
}

/** What a street keeps and who looked, in numbers: a public page. */
export const numbers = {
  title: '这里存了什么、谁看过多少次',
  line: '全部由程序从记录里数出来，没有人手填。人数和次数都取整十，不到十的不显示；每月只算一次，前后两次比较，也看不出某一个人。',
  choose: '选一个街道',
  noStreet: '还没有街道启用。',
  other: '看别的街道',
  made: (month: string) => `${month} 算的`,
  month: (month: string) => `${month.slice(0, 4)} 年 ${Number(month.slice(5))} 月`,
  paper: '可以直接打印，贴在公告栏。',

  keptTitle: '存了什么',
  people: (count: string) => `约 ${count} 人`,
  fewPeople: '不到 10 人',
  off: '本街道没有启用',
  term: (kept: string) => `留多久：${kept}`,
  seenBy: (who: string) => `看得到的：${who}`,
  seenByNobody: '没有岗位看得到个人',

  looksTitle: (month: string) => `${month}，谁看过多少次`,
  looksNone: '这个月，没有哪一种满十次、满十人。',
  looksOf: (how: string, why: string, count: string) => `${how}（${why}）约 ${count} 次`,
  hows,
  lookers,

  officesTitle: '最近 12 个月',
  exports: '导出名册',
  exportsSaid: (count: number) => `${count} 次`,
  backups: '备份',
  backupsSaid: (count: number, last: string | null) =>
    `${count} 次${last === null ? '' : `，最近一次 ${last}`}。封好存放，最多 35 天`,
  authority: '机关依法调取',
  authoritySaid: ({ asked, approved, refused, given }: Authority) =>
    `要求 ${asked} 次，同意 ${approved}，不同意 ${refused}，给出 ${given}`,
  delayed: '推迟告诉本人的',
  delayedSaid: ({ delayed }: Authority) => `现在 ${delayed} 次，到期自动显示`,
  questions: '居民问“为什么看”',
  questionsSaid: ({ asked, inTime, late, open, overdue }: Questions) =>
    `问了 ${asked} 次，按时答复 ${inTime}，晚答复 ${late}，等答复 ${open}，其中过期 ${overdue}`,
  reviews: '复核查看',
  reviewsSaid: ({ unusual, drawn, right, wrong, unclear }: Reviews) =>
    `不寻常 ${unusual} 次，随机抽到 ${drawn} 次；妥当 ${right}，不妥 ${wrong}，说不清 ${unclear}`,
  reviewsOpen: ({ open, overdue }: Reviews) => `等复核 ${open}，其中过期 ${overdue}`,
  reviewsWaiting: (count: number) => `${count} 次等第二个单位的复核人：不能复核自己单位的查看`,
  reviewsNobody: '还没有指定复核的人',

  deletedTitle: (month: string) => `${month}，按期限或本人要求删掉的（各街道合计）`,
  deletedNone: '哪一种都不满十条。',
  deleted: (count: string) => `约 ${count} 条`,

  bookTitle: '查看记录有没有被改过',
  checked: (at: string, links: string) => `${at}自查过 ${links} 条，没有发现改动。`,
  broken: (at: string, findings: number) => `${at}自查，发现 ${findings} 处对不上，正在查。`,
  neverChecked: '还没有自查过，每天一次。',
  weekLine: (week: string) => `第 ${week} 周的一行，贴在公告栏。谁抄下来，以后都能对：`,
}
