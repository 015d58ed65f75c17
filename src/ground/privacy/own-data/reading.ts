import type { Asker } from '../../../kernel/asker.ts'
import type { Seen } from '../../../kernel/book.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { AccountId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import type { WhoIs } from '../requests/index.ts'
import type * as api from './api.ts'
import { isLate } from './decide.ts'
import { partOf } from './facts.ts'
import * as store from './store.ts'
import {
  copiedRows,
  partKeys,
  shownRows,
  type About,
  type Hold,
  type Keeper,
  type OwnRequest,
  type Part,
  type Whom,
} from './types.ts'

/** Who somebody is that has an account and no home here any more; `identity` knows it. */
export type PersonOf = (tx: Tx, account: AccountId) => Promise<Whom | undefined>

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
): Promise<Whom | Fault> {
  if (asker.kind === 'person') return { person: asker.person, street: asker.street }
  if (asker.kind !== 'account') return fault('not-allowed')
  const { account } = asker
  return (await given.db.asOwner((tx) => personOf(tx, account))) ?? fault('level-too-low')
}

export async function aboutOf(tx: Tx, { person, street }: Whom): Promise<About> {
  return { person, street, consents: await store.consentIds(tx, person) }
}

/** What this room itself has of somebody. */
export const own: Keeper = {
  async copyOut(given, tx, { person }, most) {
    const now = given.clock.now()
    const looks = await store.looksAt(tx, person, now, most)
    const requests = await store.requestsBy(tx, person, most)
    return [
      ...partOf('consents', await store.consentsOf(tx, person)),
      ...partOf('refusals', await store.refusalsOf(tx, person)),
      ...partOf('looks', looks.rows, looks.count),
      ...partOf('looks-asked', await store.questionsOf(tx, person)),
      ...partOf('requests', requests.rows, requests.count),
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
async function copyOut(
  given: Given,
  tx: Tx,
  about: About,
  { keepers }: Pick<Known, 'keepers'>,
  most: number,
): Promise<Part[]> {
  const found: Part[] = []
  for (const { copyOut: ofRoom } of keepers) {
    if (ofRoom) found.push(...(await ofRoom(given, tx, about, most)))
  }
  return partKeys.flatMap((part) => {
    const those = found.filter((one) => one.part === part)
    const rows = those.flatMap((one) => one.rows)
    const count = those.reduce((sum, one) => sum + one.count, 0)
    return rows.length === 0 ? [] : [{ part, count, rows }]
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

/** What a page shows of somebody: of each part the newest rows, and how many there are. */
export async function readShown(
  given: Given,
  whom: Whom,
  known: Pick<Known, 'keepers'>,
): Promise<Shown> {
  const now = given.clock.now()
  return given.db.asOwner(async (tx) => {
    const about = await aboutOf(tx, whom)
    const read = await copyOut(given, tx, about, known, shownRows)
    const parts = read.map(({ rows, ...part }) => ({ ...part, rows: rows.slice(0, shownRows) }))
    const requests = await store.requestsOf(tx, whom.person, requestsShown)
    const holds = await holdsOf(tx, about, known, now)
    return { parts, holds, requests: requests.map((one) => requestShown(one, now)), now }
  })
}

/** All of it, for a copy to take along. */
export async function readAll(
  given: Given,
  whom: Whom,
  known: Pick<Known, 'keepers'>,
): Promise<Part[]> {
  return given.db.asOwner(async (tx) =>
    copyOut(given, tx, await aboutOf(tx, whom), known, copiedRows),
  )
}

export async function myData(
  given: Given,
  asker: Asker,
  known: Known,
): Promise<Seen<Shown> | Fault> {
  const whom = await whose(given, asker, known)
  if (isFault(whom)) return whom
  return { answer: await readShown(given, whom, known), looks: [] }
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
