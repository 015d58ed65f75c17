/**
 * `npm run prove:dispatch -- [--alarms N] [--from SEED] [--threads N] [--only simulated|real]
 * [--tasks N --kills N]`: no matter is without an owner, none waits past its time, none is doubled.
 * First in simulated streets, with the product's own decisions over rosters with gaps, leave, dead
 * telephones, failing providers, people who answer late or never, and a program that dies; then in
 * a real program on a real PostgreSQL, killed again and again while tasks climb. Prints one figure
 * a line and ends with status 1 where a promise is broken. `--seed` plays one street again, and
 * prints what went wrong there.
 */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { simulateMany } from './scenes/dispatch/many.ts'
import { proveReal } from './scenes/dispatch/real.ts'
import { brokenPromises, promiseFour, say } from './scenes/dispatch/report.ts'
import { simulate } from './scenes/dispatch/simulate.ts'

const { values } = parseArgs({
  options: {
    alarms: { type: 'string', default: '1000000' },
    street: { type: 'string', default: '10000' },
    days: { type: 'string', default: '10' },
    from: { type: 'string', default: '1' },
    threads: { type: 'string', default: String(Math.max(1, Math.min(8, availableParallelism()))) },
    seed: { type: 'string' },
    only: { type: 'string', default: '' },
    tasks: { type: 'string', default: '3000' },
    kills: { type: 'string', default: '6' },
    json: { type: 'boolean' },
  },
})

const days = Number(values.days)
const perStreet = Number(values.street)

async function proveSimulated(alarms: number, from: number): Promise<void> {
  const streets = Math.ceil(alarms / perStreet)
  const seeds = Array.from({ length: streets }, (_, i) => from + i)
  console.error(`seeds ${from} to ${from + streets - 1}, ${perStreet} alarms in each`)
  const wish = { alarms: perStreet, days }
  const found = await simulateMany(seeds, wish, Number(values.threads), ({ seed, found: one }) => {
    if (one.wrong.length === 0) return
    console.error(`seed ${seed}: npm run prove:dispatch -- --seed ${seed} --street ${perStreet}`)
  })
  say('seed', from, streets, 'seed', 'the first; one street each')
  promiseFour('', found, Math.min(alarms, streets * perStreet))
  say('steps', found.steps, found.alarms, 'count', 'climbed, come back, told again')
  const says = 'their time came while nothing ran; counted apart, from when it came'
  say('steps_after_downtime', found.downSteps, found.steps, 'count', says)
  say('downtime_lateness_s_max', Math.round(found.downMsMax / 1_000), found.downSteps, 's', says)
  for (const [what, n] of Object.entries(found.seen).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    say(`seen_${what.replaceAll(/[^a-z]+/gi, '_')}`, n, found.alarms)
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
if (values.seed !== undefined) {
  const found = simulate(Number(values.seed), { alarms: perStreet, days })
  for (const line of found.wrong) console.log(line)
  promiseFour('', found, perStreet)
} else {
  if (values.only !== 'real') await proveSimulated(Number(values.alarms), Number(values.from))
  if (values.only !== 'simulated') {
    const wish = { tasks: Number(values.tasks), kills: Number(values.kills) }
    await proveReal({ ...wish, seed: Number(values.from) })
  }
}
const broken = brokenPromises()
if (broken.length > 0) {
  console.error(`broken: ${broken.join(', ')}`)
  process.exitCode = 1
}
