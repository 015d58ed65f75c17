import type { Asker } from '../../../kernel/asker.ts'
import { dayMs } from '../../../kernel/clock.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import { endStreamsOf } from '../../../platform/live.ts'
import type { Tx } from '../../../platform/sql.ts'
import {
  heldElsewhere,
  removeRows,
  stampsOf,
  type TakenFrom,
} from '../../../platform/taking-back.ts'
import { takenFrom as placesTaken } from '../../places/index.ts'
import { indexPeople } from '../searching/index.ts'
import type * as api from './api.ts'
import { isPoster, mayTouch, scopeOf, type Imports } from './run.ts'
import * as store from './store.ts'
import { undoDays } from './types.ts'

type Because = (typeof api.stayReasons)[number]
type Taken = { gone: number; stays: Map<number, Because>; renewed: PersonId[] }

const shownMax = 300
/** What tells of an import, or of people, without using what it brought in. */
const notUse = ['privacy.look', 'people.import', 'people.import_row', 'people.search_entry']

/**
 * Takes back exactly what one import made. A line stays as a whole where something of it was
 * changed since or is used by somebody else's row; what several share goes when nothing leans on
 * it.
 * Runs as the owner of the tables: the request role deletes nobody.
 */
export async function undoImport(
  { given, staff }: Imports,
  asker: Asker,
  { import: id }: Input<typeof api.undoImport>,
): Promise<Output<typeof api.undoImport> | Fault> {
  if (!isPoster(asker)) return fault('not-allowed')
  const now = given.clock.now()
  const tables = orderOf(staff.takenFrom)
  const taken = await given.db.asOwner(async (tx): Promise<Taken | Fault> => {
    const facts = await store.importHeld(tx, asker.street, id)
    if (!facts || !mayTouch(asker, facts.byPerson)) return fault('not-found', 'import')
    if (facts.undoneAt !== null) return fault('already-so', 'import')
    if (facts.at + undoDays * dayMs <= now) return fault('undo-over', 'import')
    const rows = await store.rowsOf(tx, id)
    const stays = await stayingLines(tx, tables, rows)
    const ofStaff = new Set<string>(staff.takenFrom.map(({ table }) => table))
    const posts = rows.flatMap(({ wentTo, key }) => (ofStaff.has(wentTo) ? [key] : []))
    endStreamsOf(tx, await staff.holdersOf(tx, posts))
    const renewed = await takeBack(tx, tables, rows, stays)
    await store.endImport(tx, id, asker.person, now)
    const own = new Set(rows.filter(({ isShared }) => !isShared).map(({ line }) => line))
    return { gone: own.size - stays.size, stays, renewed }
  })
  if (isFault(taken)) return taken
  await given.db.inStreet(scopeOf(asker), async (tx) => {
    const there = await store.stillThere(tx, taken.renewed)
    await indexPeople(given, tx, asker.street, there)
  })
  const stays = [...taken.stays].map(([line, because]) => ({ line, because }))
  return {
    ...{ gone: taken.gone, stayCount: stays.length },
    stays: stays.toSorted((a, b) => a.line - b.line).slice(0, shownMax),
  }
}

/** What leans on others first. */
function orderOf(ofStaff: readonly TakenFrom[]): readonly TakenFrom[] {
  const { entry, number, residence, ownership, area, person, household } = store.taken
  return [
    ...[...ofStaff, entry, number, residence, ownership, area, person, household],
    ...placesTaken,
  ]
}

type Row = store.ImportRow

/** Lines of which something was changed, or is used by a row that is not the import's. */
async function stayingLines(
  tx: Tx,
  tables: readonly TakenFrom[],
  rows: readonly Row[],
): Promise<Map<number, Because>> {
  const stays = new Map<number, Because>()
  const own = rows.filter(({ isShared }) => !isShared)
  const touched = new Set(rows.map(({ wentTo }) => wentTo))
  const besides = [...notUse, ...withFollowers(tables, touched)]
  for (const from of tables) {
    const some = own.filter(({ wentTo }) => wentTo === from.table)
    const keys = some.map(({ key }) => key)
    const stamps = await stampsOf(tx, from, keys)
    const held =
      from.key.length === 1 ? await heldElsewhere(tx, from.type, keys, besides) : new Set<string>()
    for (const { line, key, made } of some) {
      if (stamps.get(key)?.toString('hex') !== made) stays.set(line, 'changed')
      else if (held.has(key) && !stays.has(line)) stays.set(line, 'in-use')
    }
  }
  return stays
}

function withFollowers(tables: readonly TakenFrom[], touched: ReadonlySet<string>): string[] {
  const following = tables.filter(({ follows }) => follows !== undefined && touched.has(follows))
  return [...touched, ...following.map(({ table }) => table)]
}

/** Answers whose words to search by have changed: owners that the register knew before. */
async function takeBack(
  tx: Tx,
  tables: readonly TakenFrom[],
  rows: readonly Row[],
  stays: ReadonlyMap<number, Because>,
): Promise<PersonId[]> {
  const going = rows.filter(({ line, isShared }) => !isShared && !stays.has(line))
  const keysOf = (some: readonly Row[], table: string) =>
    some.filter(({ wentTo }) => wentTo === table).map(({ key }) => key)
  const renewed = await store.personsOwning(tx, keysOf(going, store.taken.ownership.table))
  for (const from of tables) {
    await removeRows(tx, from, keysOf(going, from.follows ?? from.table))
  }
  const shared = rows.filter(({ isShared }) => isShared)
  for (const from of tables) {
    if (from.follows !== undefined) continue
    const some = shared.filter(({ wentTo }) => wentTo === from.table)
    const stamps = await stampsOf(tx, from, keysOf(some, from.table))
    const unchanged = some.filter(({ key, made }) => stamps.get(key)?.toString('hex') === made)
    const keys = unchanged.map(({ key }) => key)
    const along = tables.filter(({ follows }) => follows === from.table)
    const besides = [...notUse, from.table, ...along.map(({ table }) => table)]
    const held =
      from.key.length === 1 ? await heldElsewhere(tx, from.type, keys, besides) : new Set<string>()
    const free = keys.filter((key) => !held.has(key))
    for (const follower of along) await removeRows(tx, follower, free)
    await removeRows(tx, from, free)
  }
  return renewed
}
