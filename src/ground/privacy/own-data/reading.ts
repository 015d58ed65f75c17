import type { Asker } from '../../../kernel/asker.ts'
import type { Seen } from '../../../kernel/book.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { AccountId, PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import type { WhoIs } from '../requests/index.ts'
import type * as api from './api.ts'
import { isLate } from './decide.ts'
import { partOf } from './facts.ts'
import * as store from './store.ts'
import {
  partKeys,
  shownRows,
  type About,
  type Hold,
  type Keeper,
  type OwnRequest,
  type Part,
} from './types.ts'

/** Who somebody is that has an account and no home here any more; `identity` knows it. */
export type PersonOf = (
  tx: Tx,
  account: AccountId,
) => Promise<{ person: PersonId; street: StreetCode } | undefined>

/** Every room that keeps something of people, and what others know; all of it handed in. */
export type Known = {
  keepers: readonly Keeper[]
  personOf: PersonOf
  whoIs: WhoIs
  /** The pages of the archive, by their names, in both languages. */
  pagesOf: PagesOf
}
export type Taken = { parts: readonly Part[]; takenAt: Instant }
export type PagesOf = (taken: Taken) => Readonly<Record<string, string>>

/** Whose data is asked for: the asker’s own. The contract keeps out who acts for another. */
export async function whose(
  given: Given,
  asker: Asker,
  { personOf }: Pick<Known, 'personOf'>,
): Promise<{ person: PersonId; street: StreetCode } | Fault> {
  if (asker.kind === 'person') return { person: asker.person, street: asker.street }
  if (asker.kind !== 'account') return fault('not-allowed')
  const { account } = asker
  return (await given.db.asOwner((tx) => personOf(tx, account))) ?? fault('level-too-low')
}

export async function aboutOf(
  tx: Tx,
  { person, street }: { person: PersonId; street: StreetCode },
): Promise<About> {
  return { person, street, consents: await store.consentIds(tx, person) }
}

/** What this room itself has of somebody. */
export const own: Keeper = {
  async copyOut(given, tx, { person }) {
    const now = given.clock.now()
    return [
      ...partOf('consents', await store.consentsOf(tx, person)),
      ...partOf('refusals', await store.refusalsOf(tx, person)),
      ...partOf('looks', await store.looksAt(tx, person, now)),
      ...partOf('looks-asked', await store.questionsOf(tx, person)),
      ...partOf('requests', await store.requestsBy(tx, person)),
      ...partOf('authorities', await store.authoritiesAbout(tx, person, now)),
      ...partOf('own-requests', await store.ownRequestsOf(tx, person)),
    ]
  },
  async forget(_given, tx, { person }) {
    await store.emptyRequests(tx, person)
    return store.forgetRefusals(tx, person)
  },
}

/**
 * Everything of one person, room after room, in the order of the list of parts. As the owner of the
 * database: the walls between committees and rooms hold back others, never somebody's own rows.
 */
export async function copyOut(
  given: Given,
  tx: Tx,
  about: About,
  { keepers }: Pick<Known, 'keepers'>,
): Promise<Part[]> {
  const found: Part[] = []
  for (const { copyOut: ofRoom } of keepers) {
    if (ofRoom) found.push(...(await ofRoom(given, tx, about)))
  }
  return partKeys.flatMap((part) => {
    const rows = found.filter((one) => one.part === part).flatMap((one) => one.rows)
    return rows.length === 0 ? [] : [{ part, rows }]
  })
}

export async function holdsOf(
  tx: Tx,
  about: About,
  { keepers }: Pick<Known, 'keepers'>,
  now: Instant,
): Promise<Hold[]> {
  const holds: Hold[] = []
  for (const { holds: ofRoom } of keepers) if (ofRoom) holds.push(...(await ofRoom(tx, about, now)))
  return holds
}

type Shown = Output<typeof api.myData>
const requestsShown = 50

/** What a page shows of somebody, and all of it for a copy. */
export async function readAll(
  given: Given,
  whom: { person: PersonId; street: StreetCode },
  known: Pick<Known, 'keepers'>,
): Promise<{ all: Part[]; shown: Shown }> {
  const now = given.clock.now()
  return given.db.asOwner(async (tx) => {
    const about = await aboutOf(tx, whom)
    const all = await copyOut(given, tx, about, known)
    const parts = all.map(({ part, rows }) => ({
      ...{ part, count: rows.length, rows: rows.slice(0, shownRows) },
    }))
    const requests = await store.requestsOf(tx, whom.person, requestsShown)
    const holds = await holdsOf(tx, about, known, now)
    const shown = { parts, holds, requests: requests.map((one) => requestShown(one, now)), now }
    return { all, shown }
  })
}

export async function myData(
  given: Given,
  asker: Asker,
  known: Known,
): Promise<Seen<Shown> | Fault> {
  const whom = await whose(given, asker, known)
  if (isFault(whom)) return whom
  const { shown } = await readAll(given, whom, known)
  return { answer: shown, looks: [] }
}

function requestShown(request: OwnRequest, now: Instant): Shown['requests'][number] {
  const { endedAt, state, because, answer } = request
  return { ...askedShown(request, now), endedAt, state, because, answer }
}

export function askedShown(
  { request, kind, part, says, at, dueAt, atStation, state }: OwnRequest,
  now: Instant,
) {
  const late = state === 'open' && isLate(dueAt, now)
  return { request, kind, part, says, at, dueAt, isLate: late, atStation }
}
