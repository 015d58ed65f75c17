import type { Input } from '../../src/kernel/endpoint.ts'
import type { Instant } from '../../src/kernel/clock.ts'
import type { listMatters } from '../../src/outlook/overview/api.ts'
import type { Params } from '../shell/pages.ts'
import { groupOf, type Matter } from './matters.ts'
import { dayAt } from './months.ts'

/** Lists of what is open, told apart on the page; and of what was closed today. */
export const namedLists = [
  'open',
  'emergency',
  'overdue',
  'hour',
  'today',
  'later',
  'unowned',
  'closed-today',
] as const
export type NamedList = (typeof namedLists)[number]

export function isNamed(what: string | undefined): what is NamedList {
  return (namedLists as readonly (string | undefined)[]).includes(what)
}

/** The address says a list that there is. */
export function isList({ what, committee, month }: Params): boolean {
  return isNamed(what) || committee !== undefined || month !== undefined
}

/** What to ask for the list of an address. */
export function inputOf(params: Params, now: Instant): Input<typeof listMatters> {
  const { what, committee, month, kind, rule } = params
  const asked = {
    committee,
    kind,
    rule: rule === undefined ? undefined : decodeURIComponent(rule),
    openedIn: month,
    closedIn: what === 'closed-today' ? dayAt(now) : undefined,
  }
  const said = Object.entries(asked).filter(([, value]) => value !== undefined)
  return Object.fromEntries(said)
}

/** Which of the open ones the list names. */
export function belongsTo(what: NamedList, matter: Matter, now: Instant): boolean {
  switch (what) {
    case 'open':
    case 'closed-today':
      return true
    case 'unowned':
      return matter.post.title === ''
    case 'emergency':
    case 'overdue':
    case 'hour':
    case 'today':
    case 'later':
      return groupOf(matter, now) === what
    default:
      return what satisfies never
  }
}

/** The list behind a row of the month. */
export function openedPath(
  month: string,
  of: { kind?: string; rule?: string; committee?: string | undefined },
): string {
  const { kind, rule, committee } = of
  const parts = kind === undefined ? [] : [kind, encodeURIComponent(rule ?? '')]
  return ['/centre/list/opened', month, ...parts, ...(committee ? [committee] : [])].join('/')
}
