import type { Instant } from '../../kernel/clock.ts'
import type { ConsentId, HomeCode, PersonId, StreetCode } from '../../kernel/ids.ts'
import type { Purpose } from '../../kernel/purpose.ts'

declare const gate: unique symbol

/** Purposes that nothing may serve without the person's separate consent (个保法 29). */
export type ConsentPurpose = 'agreed-care'

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

/** The version of the consent text in use. Another text is another version and is asked anew. */
export const textVersions: Record<ConsentPurpose, number> = { 'agreed-care': 1 }

/** After a no, nobody asks for so many months (网数条例 22 forbids frequent asking). */
export const notAskedMonths = 12
/** A consent is asked again after so many days; it never lasts by itself (product). */
export const consentDays = 365

type PurposeEntry = {
  'zh-CN': string
  en: string
  basis: string
  kept: { 'zh-CN': string; en: string }
}

/** What each purpose means. The source of PRIVACY.md; terms are those of the retention table. */
export const purposes: Record<Purpose, PurposeEntry> = {
  'agreed-care': {
    'zh-CN': '本人同意的关爱提醒',
    en: 'Care that the person agreed to',
    basis: '个保法 14, 29: separate consent of the person',
    kept: {
      'zh-CN':
        '原始信号判断后即删，最长 72 小时加 1 小时；最后一次动静只留最新一条；同意收回时全部删除',
      en: 'Raw signals until judged, at most 72 h + 1 h; only the newest last sign of life; all gone when consent ends',
    },
  },
  register: {
    'zh-CN': '居民与住所登记',
    en: 'The register of residents and homes',
    basis: '居委条例 12; 个保法 13(3)',
    kept: { 'zh-CN': '住在这里期间', en: 'While the person lives here' },
  },
  duty: {
    'zh-CN': '岗位与值班',
    en: 'Posts and duties',
    basis: '街道条例 12; 居委条例 12',
    kept: { 'zh-CN': '在岗期间', en: 'While the post is held' },
  },
  task: {
    'zh-CN': '任务与上门结果',
    en: 'Tasks and what visits found',
    basis: 'product: the task that the finding opened',
    kept: {
      'zh-CN': '办结后 1 年删去内容；同意收回时立即删去内容；只留不含个人的结果计数',
      en: 'Content goes 1 year after closing, and at once when consent ends; a count without the person stays',
    },
  },
  'device-operation': {
    'zh-CN': '设备运行状况',
    en: 'Health of devices',
    basis: 'product: no personal content',
    kept: { 'zh-CN': '拒收计数与覆盖 90 天', en: 'Counts of refusals 90 days' },
  },
  'access-record': {
    'zh-CN': '查看记录',
    en: 'The book of looks',
    basis: '个保法 55; product',
    kept: { 'zh-CN': '与数据同寿，至少 3 年', en: 'As long as the data, at least 3 years' },
  },
  'own-data': {
    'zh-CN': '本人看自己的数据',
    en: 'A person’s own data',
    basis: '个保法 45',
    kept: { 'zh-CN': '不另外留存', en: 'Nothing is kept for this' },
  },
  'sign-in': {
    'zh-CN': '登录',
    en: 'Signing in',
    basis: '网安法 21',
    kept: {
      'zh-CN': '登录链接 24 小时；会话 30 天；只存散列值',
      en: 'Links 24 hours, sessions 30 days; only hashes are kept',
    },
  },
  operation: {
    'zh-CN': '系统运行',
    en: 'Running the system',
    basis: 'product: no personal content, or the operator’s command, which is in the book',
    kept: { 'zh-CN': '不另外留存', en: 'Nothing is kept for this' },
  },
  public: {
    'zh-CN': '公开信息',
    en: 'Public facts',
    basis: '居委条例 17',
    kept: { 'zh-CN': '不含个人信息', en: 'Nothing personal' },
  },
}

/** What a room keeps for a purpose, and how it lets go. Run by this room for all. */
export type Keeps = {
  purpose: Purpose
  what: string
  /** Deletes what is past its term; answers how many rows went. */
  expire(now: Instant): Promise<number>
}
