import type { Asker } from '../../../kernel/asker.ts'
import { dayOf } from '../../../kernel/calendar.ts'
import { basisFor } from '../../../kernel/counts.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { CommitteeCode, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { divisionsUnder } from '../../places/index.ts'
import type * as api from './api.ts'
import { figureOf, totalOf } from './decide.ts'
import * as store from './store.ts'
import { ageBands, tenures, type Cell } from './types.ts'

/**
 * The month's figures of a street, made by whoever asks first in it. Another's street is answered
 * as one that is not there.
 */
export async function counts(
  given: Pick<Given, 'db' | 'clock'>,
  asker: Asker,
  input: Input<typeof api.counts>,
): Promise<Output<typeof api.counts> | Fault> {
  const own = asker.kind === 'person' ? asker.street : undefined
  const street = input.street ?? own
  if (street === undefined) return fault('bad-input', 'street')
  if (own !== undefined && street !== own) return fault('not-found', 'street')
  const day = dayOf(given.clock.now())
  const month = day.slice(0, 7)
  return given.db.inStreet({ street, committees: '*' }, async (tx) => {
    const committees = await divisionsUnder(tx, street)
    if (committees.length === 0) return fault('not-found', 'street')
    const shown = await shownIn(tx, street, month, day)
    const byCell = new Map(shown.map((one) => [keyOf(one), one]))
    const answer = committees.map(({ code, name }) => ({
      ...ofCommittee(code as CommitteeCode, byCell),
      name,
    }))
    return { month, committees: answer, total: totalOf(answer.flatMap(({ cells }) => cells)) }
  })
}

const grid = ageBands.flatMap((ageBand) => tenures.map((tenure) => ({ ageBand, tenure })))

function ofCommittee(committee: CommitteeCode, byCell: ReadonlyMap<string, store.Used>) {
  const cells = grid.map(({ ageBand, tenure }) => {
    const cell = { committee, ageBand, tenure }
    return { ageBand, tenure, shown: figureOf(cell, byCell.get(keyOf(cell))).shown }
  })
  return { committee, total: totalOf(cells), cells }
}

async function shownIn(
  tx: Tx,
  street: StreetCode,
  month: string,
  day: string,
): Promise<readonly store.Used[]> {
  const newest = await store.newestShown(tx, street, month)
  if (newest[0]?.month === month) return newest
  await store.holdMonth(tx, street)
  const before = await store.newestShown(tx, street, month)
  if (before[0]?.month === month) return before
  const used = Map.groupBy(await store.basesUsed(tx, street), keyOf)
  const inUse = new Map(before.map((one) => [keyOf(one), one]))
  const counted = new Map((await store.countCells(tx, street, day)).map((one) => [keyOf(one), one]))
  // Whoever was shown and is gone altogether is a count too: nobody.
  const gone = before.filter((one) => !counted.has(keyOf(one)))
  const cells = [...counted.values(), ...gone.map((one) => ({ ...one, counted: 0 }))]
  const made: store.Used[] = []
  const shown = cells.map((cell) => {
    const key = keyOf(cell)
    const { basis, isNew } = basisFor(cell.counted, used.get(key) ?? [], inUse.get(key))
    const { committee, ageBand, tenure } = cell
    const one = { committee, ageBand, tenure, counted: basis.counted, shown: basis.shown }
    if (isNew) made.push(one)
    return one
  })
  await store.addMonth(tx, street, month, { made, shown })
  return shown
}

function keyOf({ committee, ageBand, tenure }: Cell): string {
  return `${committee} ${ageBand} ${tenure}`
}
