import type { Asker } from '../../../kernel/asker.ts'
import type { Seen } from '../../../kernel/book.ts'
import type { Input, Output, Sees } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import { atStation } from '../requests/index.ts'
import type * as api from './api.ts'
import { ask } from './asking.ts'
import { readShown, type Known } from './reading.ts'
import type { PartKey } from './types.ts'

type Whom = { request: string; person: PersonId }

/** Whom a clerk has beside them; all of it is read, and done, as the owner of the database. */
function beside(given: Given, asker: Asker, input: Whom, { whoIs }: Known) {
  return atStation(given, asker, input, whoIs, async ({ clerk, name, matter }) => ({
    ...{ clerk, name, matter },
  }))
}

/** What each part shows of somebody, in the words of the book. */
const shows: Readonly<Record<PartKey, readonly Sees[]>> = {
  person: ['name', 'age'],
  numbers: ['phone', 'id-number'],
  homes: ['address', 'household'],
  shares: ['ownership'],
  'number-changes': ['phone'],
  posts: ['post'],
  'own-work': ['post'],
  exports: ['post'],
  messages: ['account'],
  browsers: ['account'],
  account: ['account'],
  'signed-in': ['account'],
  proofs: ['account'],
  grants: ['account'],
  passes: ['address'],
  visits: ['visit-outcome'],
  signals: ['last-seen'],
  watch: ['care-plan'],
  care: ['care-plan'],
  contacts: ['contacts'],
  questions: ['care-plan'],
  offers: ['care-plan'],
  consents: ['consents'],
  refusals: ['consents'],
  looks: ['looks'],
  'looks-asked': ['looks'],
  requests: ['post'],
  authorities: ['looks'],
  'own-requests': ['consents'],
}

/** Which of two numbers it was, the row says. */
function shownBy({ part, rows }: Output<typeof api.dataOf>['parts'][number]): readonly Sees[] {
  if (part !== 'numbers') return shows[part]
  const there = new Set(rows.flat().map(({ field }) => field))
  return [
    ...(there.has('phone') ? (['phone'] as const) : []),
    ...(there.has('idNumber') ? (['id-number'] as const) : []),
  ]
}

/** Read to them or printed for them: the book says that a clerk saw all of it. */
export async function dataOf(
  given: Given,
  asker: Asker,
  input: Input<typeof api.dataOf>,
  known: Known,
): Promise<Seen<Output<typeof api.dataOf>> | Fault> {
  const found = await beside(given, asker, input, known)
  if (isFault(found)) return found
  const { clerk, name, matter } = found
  const { person } = input
  const { street } = clerk
  const shown = await readShown(given, { person, street }, known)
  const fields = [...new Set<Sees>(['name', ...shown.parts.flatMap(shownBy)])]
  return { answer: { name, ...shown }, looks: [{ street, person, fields, matter }] }
}

/** Taken down for them, in the clerk's name and on the same clocks. */
export async function askOwnFor(
  given: Given,
  asker: Asker,
  input: Input<typeof api.askOwnFor>,
  known: Known,
): Promise<Seen<Output<typeof api.askOwnFor>> | Fault> {
  const found = await beside(given, asker, input, known)
  if (isFault(found)) return found
  const { clerk, matter } = found
  const { person } = input
  const { street, post } = clerk
  if (!post || clerk.person === person) return fault('not-allowed')
  const station = { person: clerk.person, post: post.id }
  const answer = await given.db.asOwner((tx) =>
    ask(given, tx, { person, street }, known, input.ask, station),
  )
  if (isFault(answer)) return answer
  return { answer, looks: [{ street, person, fields: ['name'], matter }] }
}
