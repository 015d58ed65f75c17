/** What nobody may reach, asked for by everybody: by the table of objects, and by chance. */
import { fuzzScope } from '../../tests/attacks/scope.ts'
import { every } from '../../tests/rig/contracts.ts'
import { uncovered, walkForeign, walkOwn, type Leak } from '../../tests/rig/matrix.ts'
import { openWorld } from '../../tests/rig/world.ts'
import { promiseAtLeast, promiseNone, say } from './report.ts'

export async function proveMatrix(): Promise<void> {
  await using world = await openWorld()
  let asked = 0
  const leaks: Leak[] = []
  for (const walk of [walkForeign, walkOwn]) {
    for (const one of every) {
      const walked = await walk(world, one)
      asked += walked.asked
      leaks.push(...walked.leaks)
    }
  }
  const open = uncovered(every)
  promiseNone('endpoints_uncovered', open, every.length, 'without a line on what its fields name')
  const told = leaks.map(
    ({ endpoint, role, field, side, what }) => `${endpoint} ${role} ${field} ${side}: ${what}`,
  )
  promiseNone('leaks', told, asked, 'answers that tell of what is beyond: every endpoint and role')
}

export async function proveFuzz(cases: number, seed: number, inFlight: number): Promise<string[]> {
  await using world = await openWorld()
  const before = process.cpuUsage()
  const found = await fuzzScope(world, { cases, seed, inFlight })
  const { user, system } = process.cpuUsage(before)
  const { leaks, canaries, endpoints, seconds, answers } = found
  promiseAtLeast(
    'fuzz_cases',
    found.cases,
    cases,
    `by chance from seed ${seed}, each beside its like of nothing`,
  )
  promiseNone('fuzz_leaks', leaks, found.cases, 'answered otherwise than what is not there')
  say('fuzz_endpoints', endpoints, found.cases)
  say('fuzz_per_second', found.cases / seconds, found.cases, '1/s')
  const says = 'of this program and the fuzz; the database has its own'
  say('fuzz_cpu_us_per_case', (user + system) / found.cases, found.cases, 'µs', says)
  for (const [what, n] of [...answers].toSorted(([, a], [, b]) => b - a).slice(0, 12)) {
    say(`fuzz_answered_${what.replaceAll(/[^a-z0-9]+/g, '_')}`, n, found.cases)
  }
  return canaries
}
