import { adultAge } from '../../../kernel/calendar.ts'
import { dayMs, minuteMs } from '../../../kernel/clock.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import { noBecause, yesBecause, type ClaimBecause, type Found, type Verdict } from './types.ts'

export const letterMs = 60 * dayMs
export const lettersMax = 500
export const shownCodeMs = 10 * minuteMs
export const vouchingMs = 7 * dayMs

/**
 * A name as it is compared: the dots of names in other languages are written in many ways, and
 * nobody is kept out by one. Rare characters stay what they are.
 */
export function comparable(name: string): string {
  return name
    .normalize('NFKC')
    .replaceAll(/[\s\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff65\u0387.]/gu, '')
    .toLowerCase()
    .normalize('NFC')
}

/**
 * Whom a name means among those of a home. `age`: null where nobody knows; they count as adults,
 * or half a register would have to come to the station.
 */
export function whoOf(
  name: string,
  residents: readonly { person: PersonId; name: string; age: number | null }[],
  taken: ReadonlySet<PersonId>,
  doubled: ReadonlySet<PersonId>,
): Found {
  const wanted = comparable(name)
  const found = residents.filter(
    (one) => comparable(one.name) === wanted && (one.age ?? adultAge) >= adultAge,
  )
  const [one, another] = found
  if (!one) return { claim: 'not-registered', person: null }
  if (another) return { claim: 'two-of-that-name', person: null }
  const { person } = one
  if (taken.has(person)) return { claim: 'held-by-another', person }
  return doubled.has(person) ? { claim: 'same-id-number', person } : { is: person }
}

/** Whom a worker is offered: those of that name, or else every adult of the home. */
export function candidatesFor<One extends { name: string; age: number | null }>(
  name: string,
  residents: readonly One[],
): One[] {
  const adults = residents.filter((one) => (one.age ?? adultAge) >= adultAge)
  const wanted = comparable(name)
  const alike = adults.filter((one) => comparable(one.name) === wanted)
  return alike.length > 0 ? alike : adults
}

/** Whether a yes is said with a reason of a yes. */
export function isReasonFor(verdict: Verdict, because: ClaimBecause): boolean {
  const reasons: readonly string[] = verdict === 'refused' ? noBecause : yesBecause
  return reasons.includes(because)
}

/** '1234567890' is '123 456 7890': as it is printed. */
export function grouped(code: string): string {
  return `${code.slice(0, 3)} ${code.slice(3, 6)} ${code.slice(6)}`
}
