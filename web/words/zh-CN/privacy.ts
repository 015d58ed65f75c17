import type { How, Sees } from '../../../src/kernel/endpoint.ts'

const fields: Record<Sees, string> = {
  name: '姓名',
  age: '年龄',
  address: '门牌',
  phone: '您的电话',
  contacts: '联系人',
  'last-seen': '最后一次动静的时间',
  'care-plan': '关爱提醒的约定',
  consents: '您同意过的事',
  looks: '谁看过您数据的记录',
  'visit-outcome': '上门的结果',
  post: '岗位',
  'id-number': '证件号码',
  household: '同住的人',
  ownership: '房屋产权',
  account: '登录方式',
}

const did: Record<How, string> = {
  page: '看了：',
  list: '名单里列出：',
  export: '导出到文件：',
  search: '搜索时出现：',
  print: '打印在纸上：',
  push: '随通知发出：',
  rule: '程序算了：',
  command: '用命令调出：',
  act: '替您办了事，用到：',
}

/** What somebody who acts for another is to them. */
export const hands: Readonly<Record<string, string>> = {
  child: '子女',
  kin: '亲属',
  volunteer: '志愿者',
  clerk: '服务站工作人员',
}

/** The book of looks: who, what, why, when, how. */
export const privacy = {
  title: '谁看过我的数据',
  titleLine: '名单里列出来、程序算一下，也都算看过。',
  times: '次',
  lastDays: '最近 30 天',
  chart: (total: number, most: number) => `最近 30 天被看 ${total} 次，最多一天 ${most} 次`,
  day: '日子',
  count: '次数',
  list: '查看记录，新的在前',

  fields,
  did,
  byRule: (version: number, rule: string | null) =>
    `${rule?.startsWith('wandering') ? '防走失规则' : '关爱规则'} 第 ${version} 版`,
  byRuleUnknown: '关爱规则',
  byOperator: '系统管理员',
  byContact: (relation: string | null) => `您选的联系人${relation ? `（${relation}）` : ''}`,
  byHelper: (relation: string | null) =>
    `替您办事的人${relation ? `（${hands[relation] ?? relation}）` : ''}`,
  byResident: '您自己',
  byUnknown: '岗位没有记下',
  timesSeen: (count: number) => `共 ${count} 次`,
  atTimes: (time: string, count: number) => (count === 1 ? time : `${time}（${count} 次）`),
  because: (reason: string) => `因为：${reason}`,
  labels: {
    'care-visit': '任务「上门看望」',
    'device-repair': '任务「修传感器」',
    'agreed-care': '您同意的关爱提醒，程序自动',
    'wandering-guard': '您另外同意的防走失提醒，程序自动',
    hazard: '任务「去现场看」',
    'home-check': '任务「上门核实」',
    'town-list': '列出示例街道的人和住处',
    'device-page': '查看传感器好不好用',
    'sign-in': '给您做登录链接',
    roster: '查看排班',
    'own-home': '住户看自家的登记',
    'number-change': '核对要改的号码',
    'at-the-counter': '有人到窗口来办事',
    'on-the-phone': '有人打电话来',
    'in-writing': '有人来信',
    'home-visit': '上门走访',
    'handed-case': '转来的事项',
    'break-glass': '紧急情况下越权查看，由另一人复核',
    authority: '有关机关依法调取，由两位值班长决定',
    'own-data': '您自己打开的',
  } as Record<string, string>,
  matters: {
    task: '一个任务',
    agreement: '您同意过的事',
    request: '一次登记在案的查看',
    grant: '您授权别人替您办事',
    operation: '系统维护',
  },

  none: '还没有人看过',
  noneLine: '以后谁看了什么、为什么看，几秒内会写在这里。',
  more: '看更早的',
  noMore: '没有更早的了',
  consents: '我同意过的',
  consentsLine: '随时一点就收回，马上停止',
}
