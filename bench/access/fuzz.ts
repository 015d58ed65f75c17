/** What nobody may reach, asked for by everybody: by chance. */
import { fuzzScope, type Fuzzed } from '../../tests/attacks/scope.ts'
import { openWorld } from '../../tests/rig/world.ts'
import { promiseAtLeast, promiseNone, say } from './report.ts'

/** What is asked for is not how often: the limit of a minute is not to be what answers. */
const callsPerMinuteMax = 1_000_000_000
const tellEvery = 50_000

export async function proveFuzz(cases: number, seed: number, inFlight: number): Promise<string[]> {
  await using world = await openWorld({ callsPerMinuteMax })
  const before = process.cpuUsage()
  const tell = { every: tellEvery, say: tellProgress }
  const found = await fuzzScope(world, { cases, seed, inFlight, tell })
  const { user, system } = process.cpuUsage(before)
  const { leaks, canaries, failures, endpoints, seconds, answers, byWay, requests } = found
  promiseAtLeast(
    'fuzz_cases',
    found.cases,
    cases,
    `requests over sockets by chance from seed ${seed}, each beside its like of nothing`,
  )
  promiseNone('fuzz_leaks', leaks, found.cases, 'answered otherwise than what is not there')
  promiseNone('fuzz_failures', failures, requests, 'answered 500 or above')
  say('fuzz_requests', requests, requests, 'count', 'with those about what is not there')
  say('fuzz_limited', found.limited, requests, 'count', 'refused for how often: no cases')
  say('fuzz_endpoints', endpoints.size, found.cases)
  say('fuzz_per_second', found.cases / seconds, found.cases, '1/s')
  const says = 'of this program and the fuzz; the database has its own'
  say('fuzz_cpu_us_per_case', (user + system) / found.cases, found.cases, 'µs', says)
  say('fuzz_memory', process.memoryUsage().rss / 2 ** 20, found.cases, 'MiB', 'at the end')
  for (const [way, n] of byWay) say(`fuzz_way_${way}`, n, found.cases)
  for (const [what, n] of [...answers].toSorted(([, a], [, b]) => b - a).slice(0, 12)) {
    say(`fuzz_answered_${what.replaceAll(/[^a-z0-9]+/g, '_')}`, n, found.cases)
  }
  return canaries
}

function tellProgress({ cases, seconds, leaks, canaries, failures }: Fuzzed): void {
  const found = leaks.length + canaries.length + failures.length
  const memory = Math.round(process.memoryUsage().rss / 2 ** 20)
  console.error(
    `fuzz: ${cases} cases, ${Math.round(cases / seconds)}/s, ${found} found, ${memory} MiB`,
  )
}
