/** A town that left a row in every table grows old: nothing is kept past its term. */
import { openAgeing } from '../../tests/rig/ageing.ts'
import { promiseNone, say } from './report.ts'

export async function proveKept(): Promise<void> {
  await using ageing = await openAgeing()
  const { late, recorded, rows } = await ageing.growOld()
  promiseNone('rows_past_retention', late, rows, 'after each term, from an hour to six years')
  const kinds = new Set(recorded.map(({ what }) => what))
  say('deletions_recorded', kinds.size, recorded.length, 'count', 'kinds, without any content')
}
