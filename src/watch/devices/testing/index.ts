/** For tests: a registry on a real database, and two streets that know nothing of each other. */
import type { QueryResultRow } from 'pg'
import { type Asker, type Post, vouchedFor } from '../../../kernel/asker.ts'
import type { Event } from '../../../kernel/event.ts'
import type {
  CommitteeCode,
  HomeCode,
  PersonId,
  PlaceCode,
  PostId,
  StreetCode,
} from '../../../kernel/ids.ts'
import type { MovableClock } from '../../../platform/clock.ts'
import type { Given } from '../../../platform/given.ts'
import { idsBy } from '../../../platform/ids.ts'
import { newRing, sealWith } from '../../../platform/seal/index.ts'
import { openDatabase } from '../../../platform/sql.ts'
import { openDatabase as openTestDatabase } from '../../../../tests/rig/database.ts'
import { switchOnAsOwner } from '../../../../tests/rig/purposes.ts'

export const street = '310104011' as StreetCode
export const committee = '310104011013' as CommitteeCode
export const neighbours = '310104011014' as CommitteeCode
export const stair = `${committee}-01-26` as PlaceCode
export const home = `${stair}-101` as HomeCode
export const secondHome = `${stair}-102` as HomeCode
export const otherStreet = '310115005' as StreetCode
export const otherHome = '310115005001-01-26-101' as HomeCode

export type Registry = AsyncDisposable & {
  given: Given
  clock: MovableClock
  /** Every event told so far. */
  events: Event[]
  officer: Asker
  otherOfficer: Asker
  worker: Asker
  neighbourWorker: Asker
  operator: Asker
  /** A statement as the owner of the database: for what no act shows. */
  rows<Row extends QueryResultRow>(statement: string, values?: unknown[]): Promise<Row[]>
}

const start = Date.parse('2026-07-07T08:00:00+08:00')

export async function openRegistry(): Promise<Registry> {
  const database = await openTestDatabase()
  const db = openDatabase(database)
  let now = start
  // Each look at the clock is a millisecond later, so that what came second is second.
  const clock: MovableClock = {
    now: () => now++,
    speed: 1,
    set: ({ at }) => void (now = at ?? now),
  }
  const events: Event[] = []
  const newId = idsBy(clock)
  const tell: Given['tell'] = async (_tx, event) => void events.push(event)
  const ring = newRing()
  const seal = sealWith(() => ring)
  const given: Given = { db, clock, newId, tell, log: { say: () => undefined }, seal }
  const rows: Registry['rows'] = async (statement, values = []) =>
    (await db.ownerPool.query(statement, values)).rows as never
  for (const code of [committee, neighbours, '310115005001']) await addCommittee(rows, code)
  for (const one of [street, otherStreet]) await switchOnAsOwner(rows, one, start)
  const asker = (of: StreetCode, role: Post['role'], area: CommitteeCode | null): Asker => ({
    ...{ kind: 'person', person: newId<PersonId>(), street: of, home: null },
    post: { id: newId<PostId>(), role, title: '岗位', unit: '单位', committee: area },
    signIn: vouchedFor,
  })
  return {
    ...{ given, clock, events, rows },
    officer: asker(street, 'street', null),
    otherOfficer: asker(otherStreet, 'street', null),
    worker: asker(street, 'committee', committee),
    neighbourWorker: asker(street, 'committee', neighbours),
    operator: { kind: 'operator' },
    async [Symbol.asyncDispose]() {
      await db.close()
      await database[Symbol.asyncDispose]()
    },
  }
}

/** One compound with stair 26 and homes 101 and 102, without the longer way through the API. */
async function addCommittee(rows: Registry['rows'], code: string): Promise<void> {
  const parents = [
    [code.slice(0, 6), 'district', null],
    [code.slice(0, 9), 'street', code.slice(0, 6)],
    [code, 'committee', code.slice(0, 9)],
  ]
  for (const [each, kind, parent] of parents) {
    await rows(
      `insert into places.division values ($1, $1, $2, $3, 'test') on conflict do nothing`,
      [each, kind, parent],
    )
  }
  const of = code.slice(0, 9)
  await rows(`insert into places.compound values ($1, $2, $3, '新村')`, [`${code}-01`, of, code])
  await rows(
    `with one as (insert into places.building values ($1, gen_random_uuid(), $2, '1幢') returning id)
     insert into places.home (code, street, committee, compound, building, stair, floor, room)
     select $2 || '-26-' || room, $1, $3, $2, one.id, '26', 1, room
     from one, unnest(array['101', '102']) as room`,
    [of, `${code}-01`, code],
  )
}
