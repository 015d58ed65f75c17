import type { Duration } from '../../../ground/rules/index.ts'
import type { Asker } from '../../../kernel/asker.ts'
import { dayMs, hourMs } from '../../../kernel/clock.ts'
import type { PlaceCode } from '../../../kernel/ids.ts'
import type { Asked, Facts, Reportable, TaskState } from '../types.ts'
import type { ReportState } from './types.ts'

/** A stair or a compound; a home is somebody's. */
const reportablePlace = /^[0-9]{12}-[0-9]{2,3}(-[0-9A-Za-z]{1,8})?$/

/**
 * A resident in the own committee; whoever works here or owns a home here, in the street; a proven
 * telephone that lives nowhere yet, anywhere.
 */
export function mayReportAt(asker: Asker, place: PlaceCode): boolean {
  if (!reportablePlace.test(place)) return false
  if (asker.kind === 'account') return true
  if (asker.kind !== 'person') return false
  return place.startsWith(asker.home ? asker.home.slice(0, committeeDigits) : asker.street)
}

const committeeDigits = 12

/** In whose name limits are counted and own reports are found. Undefined: nobody who may report. */
export function reporterKey(asker: Asker): string | undefined {
  if (asker.kind === 'account') return asker.account
  return asker.kind === 'person' ? (asker.signIn.account ?? asker.person) : undefined
}

/** How long the worker has to answer, and until when somebody has looked (product). */
const times: Record<Reportable, { acknowledgeMs: number; within: Duration }> = {
  crowding: { acknowledgeMs: dayMs, within: { count: 5, kind: 'working_day' } },
  hazard: { acknowledgeMs: hourMs, within: { count: 1, kind: 'working_day' } },
  'fire-way-blocked': { acknowledgeMs: hourMs, within: { count: 1, kind: 'working_day' } },
  'e-bike-charging': { acknowledgeMs: hourMs, within: { count: 1, kind: 'working_day' } },
  noise: { acknowledgeMs: 4 * hourMs, within: { count: 3, kind: 'working_day' } },
  other: { acknowledgeMs: 4 * hourMs, within: { count: 3, kind: 'working_day' } },
}

/** What is heard of a report: nothing. It says a resident reported, and never who. */
export const nothingHeard: Facts = {
  ...{ since: null, silentMs: null, gapMs: null, gaps: [], devices: [] },
  ...{ gateway: null, heardAt: null },
}

/** One open task a place and matter: whoever reports it too learns from nothing that others did. */
export function askedBy(place: PlaceCode, what: Reportable): { asked: Asked; within: Duration } {
  const { acknowledgeMs, within } = times[what]
  const asked: Asked = {
    ...{ kind: 'hazard', rule: `reported-${what}`, ruleVersion: 1, subject: place },
    ...{ place, person: null, facts: nothingHeard, acknowledgeMs },
  }
  return { asked, within }
}

export function stateOf(state: TaskState): ReportState {
  if (state === 'raised') return 'waiting'
  return state === 'closed' ? 'done' : 'taken-up'
}

/** As people copy it: any case, any dashes and blanks, O for 0, I and L for 1. */
export function receiptIn(text: string): string | undefined {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  return plain.length === receiptLength ? plain : undefined
}

/** 100 random bits in the digits of Crockford’s base 32, one of each byte. */
export function receiptOf(random: Uint8Array): string {
  return [...random.subarray(0, receiptLength)].map((byte) => digits[byte & 31]).join('')
}
export const receiptLength = 20
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** In fives, as it is shown. */
export function inFives(receipt: string): string {
  return receipt.match(/.{1,5}/g)?.join('-') ?? receipt
}
