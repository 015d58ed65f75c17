import type { Instant } from '../../kernel/clock.ts'
import type { ConsentId, HomeCode, PersonId, StreetCode } from '../../kernel/ids.ts'
import type { Purpose } from '../../kernel/purpose.ts'

declare const gate: unique symbol

/** Purposes that nothing may serve without the person's separate consent (个保法 29). */
export type ConsentPurpose = JudgedPurpose | 'agreed-calls'
/** Under these rules may judge what sensors say. Whoever agreed to calls agreed to none of it. */
export type JudgedPurpose = 'agreed-care' | 'wandering-guard'

/**
 * The proof that a person agrees, now. Only this room makes one, from a live row; whoever needs
 * consent takes this type as an argument and cannot be called without it.
 */
export type Consented<P extends ConsentPurpose> = {
  readonly [gate]: P
  readonly purpose: P
  readonly consent: ConsentId
  readonly person: PersonId
  readonly home: HomeCode
  readonly street: StreetCode
  readonly givenAt: Instant
  readonly until: Instant
}

/** Who agreed for the person. Said by whoever does it, never assumed. */
export type Giver = 'person' | 'guardian'

/** The version of the consent text in use. Another text is another version and is asked anew. */
export const textVersions: Record<ConsentPurpose, number> = {
  'agreed-care': 2,
  'wandering-guard': 2,
  'agreed-calls': 1,
}

/** Whoever agreed to older words is asked anew; until then the old ones hold so long (product). */
export const oldWordsDays = 30

/** After a no, nobody asks for so many months (网数条例 22 forbids frequent asking). */
export const notAskedMonths = 12
/** A consent is asked again after so many days; it never lasts by itself (product). */
export const consentDays = 365

/** What can be erased so that no restored backup may bring it back. */
export const erasureKinds = ['consent', 'person', 'account'] as const

/**
 * That something was erased, when, and nothing of what it was. `id`: of the consent, the person;
 * the account, or its standing as somebody.
 */
export type Erasure = {
  street: StreetCode
  kind: (typeof erasureKinds)[number]
  id: string
  at: Instant
}

/**
 * Health, movement or homes told apart (个保法 28, 55): on only where its impact is on file. Calls
 * are not among them: nothing is sensed and nothing concluded, and a person gave the numbers.
 */
export const sensitivePurposes = [
  'agreed-care',
  'wandering-guard',
  'crowding-check',
] as const satisfies Purpose[]
export type SensitivePurpose = (typeof sensitivePurposes)[number]

export function isSensitive(purpose: Purpose): purpose is SensitivePurpose {
  return (sensitivePurposes as readonly Purpose[]).includes(purpose)
}

/** What a thing kept stands on; once that is over, or where it stands on nothing, `hoursMax`. */
export type Term = {
  while: 'agreed' | 'living-here' | 'in-post' | 'open' | 'in-use' | 'never'
  hoursMax: number
}

type PurposeEntry = {
  'zh-CN': string
  en: string
  basis: string
  term: Term
  kept: { 'zh-CN': string; en: string }
}

/** What each purpose means. The source of PRIVACY.md; terms are those of the retention table. */
export const purposes: Record<Purpose, PurposeEntry> = {
  'agreed-care': {
    'zh-CN': '本人同意的关爱提醒',
    en: 'Care that the person agreed to',
    basis: '个保法 14, 29: separate consent of the person',
    term: { while: 'agreed', hoursMax: 73 },
    kept: {
      'zh-CN':
        '原始信号判断后即删，最长 72 小时加 1 小时；最后一次动静只留最新一条；同意收回时全部删除，恢复备份时再删一次',
      en: 'Raw signals until judged, at most 72 h + 1 h; only the newest last sign of life; all gone when consent ends, and again when a backup is restored',
    },
  },
  'wandering-guard': {
    'zh-CN': '夜里出门或出门未归的提醒，由本人或监护人另外同意',
    en: 'Word when the person leaves at night or does not come back, agreed to separately by the person or guardian',
    basis: '个保法 14, 29: separate consent of the person, or of the guardian',
    term: { while: 'agreed', hoursMax: 0 },
    kept: {
      'zh-CN': '不另外留存信号；规则的状态随同意收回而删',
      en: 'No signal of its own; what the rule remembers goes when consent ends',
    },
  },
  'agreed-calls': {
    'zh-CN': '本人同意的电话问候，不看任何传感器',
    en: 'Calls that the person agreed to, without any sensor',
    basis: '个保法 14: consent of the person',
    term: { while: 'agreed', hoursMax: 0 },
    kept: {
      'zh-CN': '同意期间；同意收回时，约定和联系人当场删除',
      en: 'While the consent lives; the agreement and its contacts go when it ends',
    },
  },
  register: {
    'zh-CN': '居民与住所登记',
    en: 'The register of residents and homes',
    basis: '居委条例 12; 个保法 13(3)',
    term: { while: 'living-here', hoursMax: 0 },
    kept: {
      'zh-CN': '住在这里或在这里有房期间，离开满一年后删除',
      en: 'While the person lives or owns a home here; gone a year after they left',
    },
  },
  duty: {
    'zh-CN': '岗位与值班',
    en: 'Posts and duties',
    basis: '街道条例 12; 居委条例 12',
    term: { while: 'in-post', hoursMax: 365 * 24 },
    kept: {
      'zh-CN': '在岗期间；排班和请假 1 年，交班留言 90 天',
      en: 'While the post is held; shifts and leave 1 year, notes between shifts 90 days',
    },
  },
  task: {
    'zh-CN': '任务与上门结果',
    en: 'Tasks and what visits found',
    basis: 'product: the task that the finding opened',
    term: { while: 'open', hoursMax: 365 * 24 },
    kept: {
      'zh-CN': '办结后 1 年删去内容；同意收回时立即删去内容；只留不含个人的结果计数',
      en: 'Content goes 1 year after closing, and at once when consent ends; a count without the person stays',
    },
  },
  'device-operation': {
    'zh-CN': '设备运行状况',
    en: 'Health of devices',
    basis: 'product: no personal content',
    term: { while: 'in-use', hoursMax: 90 * 24 },
    kept: {
      'zh-CN': '拒收计数、运行区间、备注 90 天；登记随设备在用期间',
      en: 'Counts of refusals, working intervals and remarks 90 days; the registry while in use',
    },
  },
  // Doors tell of people even where no card is named: the term of raw care events (rules §15.2).
  'door-security': {
    'zh-CN': '楼道与小区门的安全（强开、久开、注销的卡），不记是谁',
    en: 'Security of shared doors (forced, held open, revoked pass), never who',
    basis: '民法典 942; 物业规定 59; product',
    term: { while: 'never', hoursMax: 73 },
    kept: {
      'zh-CN': '原始信号判断后即删，最长 72 小时加 1 小时',
      en: 'Raw signals until judged, at most 72 h + 1 h',
    },
  },
  // Long enough to look into what happened; what mattered is in the task, kept by its own term.
  'home-safety': {
    'zh-CN': '烟、燃气、漏水、用电报警',
    en: 'Smoke, gas, leak and electrical alarms',
    basis: '个保法 13(4): emergencies to life and property; product',
    term: { while: 'never', hoursMax: 30 * 24 },
    kept: { 'zh-CN': '30 天', en: '30 days' },
  },
  'emergency-call': {
    'zh-CN': '本人按下的求助',
    en: 'A call that the person made by pressing a button',
    basis: '个保法 13(4); the person’s own act',
    term: { while: 'never', hoursMax: 30 * 24 },
    kept: { 'zh-CN': '30 天', en: '30 days' },
  },
  'water-and-power': {
    'zh-CN': '公共水表、电表读数',
    en: 'Readings of shared water and power meters',
    basis: 'product: no home is told by them',
    term: { while: 'never', hoursMax: 90 * 24 },
    kept: {
      'zh-CN': '每次读数最长 72 小时加 1 小时，每日合计 90 天',
      en: 'Each reading at most 72 h + 1 h, sums of a day 90 days',
    },
  },
  // Finer readings of a home would tell of its people; a sum a day is made where the meter is.
  'crowding-check': {
    'zh-CN': '疑似群租的线索：每户每天一个合计数，与同楼比较，必须有人上门并经同意核实',
    en: 'Leads on suspected overcrowding: one sum a home and day, against the same building, always checked by people with consent',
    basis: '上海市居住房屋租赁管理办法 10–11 (unconfirmed: make it a parameter); product',
    term: { while: 'never', hoursMax: 30 * 24 },
    kept: {
      'zh-CN': '30 天；线索 14 天；核实过的，只记“去过”，到规则的停顿期满，免得再打扰',
      en: '30 days; a lead 14 days; after a check only that somebody was there, until the rule’s pause is over',
    },
  },
  // A season of evidence is not needed: the matter is a case of its own once somebody acts.
  'public-space': {
    'zh-CN': '公共场所的事件（电动车进梯、消防通道被占、井盖倾斜），不含人',
    en: 'Scenes in public space (e-bike in a lift, fire lane blocked, tilted manhole), no persons',
    basis: '上海市非机动车安全管理条例 29; 街道条例 12; product',
    term: { while: 'never', hoursMax: 30 * 24 },
    kept: { 'zh-CN': '30 天', en: '30 days' },
  },
  'access-record': {
    'zh-CN': '查看记录',
    en: 'The book of looks',
    basis: '个保法 55; product',
    term: { while: 'never', hoursMax: 3 * 366 * 24 },
    kept: { 'zh-CN': '与数据同寿，至少 3 年', en: 'As long as the data, at least 3 years' },
  },
  'own-data': {
    'zh-CN': '本人看自己的数据',
    en: 'A person’s own data',
    basis: '个保法 45',
    term: { while: 'never', hoursMax: 0 },
    kept: { 'zh-CN': '不另外留存', en: 'Nothing is kept for this' },
  },
  'sign-in': {
    'zh-CN': '登录',
    en: 'Signing in',
    basis: '网安法 21',
    term: { while: 'in-use', hoursMax: 365 * 24 },
    kept: {
      'zh-CN':
        '登录链接 24 小时；验证码和防猜测的计数 24 小时；会话居民 30 天、工作人员 12 小时；信件和家里人的确认到期后 30 天；有争议的认领 1 年；账号停用 1 年后删除。码只存散列值，电话加密',
      en: 'Links 24 hours; codes and what is counted against guessing 24 hours; sessions 30 days, of staff 12 hours; letters and questions to a household 30 days after their end; disputed claims 1 year; an account 1 year after its last use. Of codes only hashes, telephones sealed',
    },
  },
  operation: {
    'zh-CN': '系统运行',
    en: 'Running the system',
    basis: 'product: no personal content, or the operator’s command, which is in the book',
    term: { while: 'never', hoursMax: 3 * 366 * 24 },
    kept: {
      'zh-CN': '备份（含全部数据）最多 35 天；何时备份过，记录 3 年',
      en: 'Backups, which hold all data, at most 35 days; when one was taken, 3 years',
    },
  },
  public: {
    'zh-CN': '公开信息',
    en: 'Public facts',
    basis: '居委条例 17',
    term: { while: 'never', hoursMax: 0 },
    kept: { 'zh-CN': '不含个人信息', en: 'Nothing personal' },
  },
}

/** What a room keeps for a purpose, and how it lets go. Run by this room for all. */
export type Keeps = {
  purpose: Purpose
  what: string
  /** Deletes what is past its term; answers how many rows went. */
  expire(now: Instant): Promise<number>
  /** Nothing goes here: something ends, and what goes with it is recorded where it goes. */
  ends?: true
}
