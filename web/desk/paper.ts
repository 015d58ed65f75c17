/** What a worker wrote down of a paper, before it is fit to be sent. */
import { dayMs } from '../../src/kernel/clock.ts'
import type { Way } from '../../src/watch/care/types.ts'
import type { Contact } from '../shell/contacts.ts'
import type { Offered } from './offer-facts.tsx'

export type PaperDraft = { way: Way | null; textVersion: string; signedOn: string }
export type PaperProblem = 'way' | 'key' | 'version' | 'day'

/** A paper older than that was signed for another visit. */
export const paperDaysMax = 30

/** The day so many days before; both 'YYYY-MM-DD'. */
export function dayBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * dayMs).toISOString().slice(0, 10)
}

export function versionFor(card: Pick<Offered, 'texts'>, way: Way): number | undefined {
  return card.texts.find((one) => one.way === way)?.textVersion
}

/** What is wrong, first things first; empty: it may be sent. */
export function paperProblems(
  { way, textVersion, signedOn }: PaperDraft,
  contacts: readonly Contact[],
  card: Pick<Offered, 'texts' | 'today'>,
): PaperProblem[] {
  const wrong: PaperProblem[] = []
  if (way === null) wrong.push('way')
  if (way === 'key-holder' && !contacts.some(({ hasKey }) => hasKey)) wrong.push('key')
  if (way !== null && Number(textVersion) !== versionFor(card, way)) wrong.push('version')
  const isRecent = signedOn <= card.today && signedOn >= dayBefore(card.today, paperDaysMax)
  if (!isRecent) wrong.push('day')
  return wrong
}
