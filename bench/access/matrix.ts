/** What nobody may reach, asked for by everybody: every endpoint, by the table of objects. */
import { every } from '../../tests/rig/contracts.ts'
import { walkEmptyTown, walkEnded, walkGates } from '../../tests/rig/gates.ts'
import { gently, uncovered, walkForeign, walkOwn } from '../../tests/rig/matrix.ts'
import type { Leak, Walked } from '../../tests/rig/matrix.ts'
import { openWorld } from '../../tests/rig/world.ts'
import { promiseNone, say } from './report.ts'

export async function proveMatrix(): Promise<void> {
  await using world = await openWorld()
  const leaks: Leak[] = []
  const asked: Record<string, number> = {}
  const add = (walk: string, walked: Walked) => {
    asked[walk] = (asked[walk] ?? 0) + walked.asked
    leaks.push(...walked.leaks)
  }
  add('gates', await walkGates(world))
  add('ended', await walkEnded(world))
  for (const one of every) add('foreign', await walkForeign(world, one))
  for (const one of gently) add('own', await walkOwn(world, one))
  add('empty_town', await walkEmptyTown())
  const open = uncovered(every)
  promiseNone('endpoints_uncovered', open, every.length, 'without a line on what its fields name')
  const told = leaks.map(
    ({ endpoint, role, field, side, what }) => `${endpoint} ${role} ${field} ${side}: ${what}`,
  )
  const all = Object.values(asked).reduce((sum, each) => sum + each, 0)
  promiseNone('leaks', told, all, 'answers that tell of what is beyond: every endpoint and role')
  for (const [walk, n] of Object.entries(asked)) say(`walks_${walk}`, n, all)
}
