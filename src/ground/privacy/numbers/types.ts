import { staffRoles } from '../../../kernel/access.ts'
import type { Purpose } from '../../../kernel/purpose.ts'

/** Of whom there are so many: purposes that are about people, and can be counted. */
export const countedPurposes = [
  'register',
  'agreed-care',
  'wandering-guard',
  'agreed-calls',
  'duty',
] as const satisfies readonly Purpose[]
export type CountedPurpose = (typeof countedPurposes)[number]

/** By whom looks are counted: a kind of body, or what else looks. */
export const lookers = [
  ...staffRoles,
  ...(['rule', 'operator', 'resident', 'helper', 'contact', 'account'] as const),
] as const
export type LookerKind = (typeof lookers)[number]

/** One figure of a month: what it counts, the count behind it, and what is shown. */
export type MonthNumber = { what: string; counted: number; shown: number }

/** Counts within a cell: how many there were, and how many people behind them. */
export type CellCount = { what: string; count: number; people: number }
