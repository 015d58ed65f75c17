import { hourMs, dayMs } from '../../src/kernel/clock.ts'
import { keepPromise, type Kept, type Size } from './care/promise.ts'
import { compareScene, compareSeed, shortest } from './compare.ts'
import { drawScene } from './draw-scene.ts'
import { promiseAtLeast, promiseAtMost, say } from './report.ts'

const troubles = { kills: true, changes: true, moves: false, late: false }
const beyond = { with_moves: { moves: true }, later_than_stated: { late: true } }
const beyondSeeds = 300
const seedsMin = 1_000
const yearMs = 365 * dayMs

/** Seed after seed, both judges; a seed in which they differ is named. */
export function proveJudges(from: number, seeds: number): void {
  const began = process.cpuUsage()
  const different: number[] = []
  const told = { raised: 0, joined: 0, cleared: 0, losses: 0 }
  let simulatedMs = 0
  for (let seed = from; seed < from + seeds; seed++) {
    const compared = compareSeed(seed, troubles)
    for (const line of compared.slow) count(told, line)
    simulatedMs += compared.simulatedMs
    if (compared.isSame) continue
    different.push(seed)
    console.error(`seed ${seed} differs: npm run prove:scenarios -- --seed ${seed}`)
  }
  promiseAtLeast('seeds', seeds, seeds, seedsMin)
  promiseAtMost('differences', different.length, seeds, 0)
  // Beyond what is promised: devices that change their place while a matter is open, and messages
  // that come later than the stated lateness.
  for (const [more, trouble] of Object.entries(beyond)) {
    let differing = 0
    for (let seed = from; seed < from + beyondSeeds; seed++) {
      if (!compareSeed(seed, { ...troubles, ...trouble }).isSame) differing++
    }
    say(`differences_${more}`, differing, beyondSeeds, 'count', 'said, not promised')
  }
  for (const [what, times] of Object.entries(told)) say(`findings_${what}`, times, seeds)
  const cpuHours = cpuMs(began) / hourMs
  const says = 'both judges, most of it the slow one'
  say('judged_twice_years_per_cpu_hour', simulatedMs / yearMs / cpuHours, seeds, 'years', says)
}

function count(
  told: { raised: number; joined: number; cleared: number; losses: number },
  line: string,
) {
  const is = /"is":"([a-z-]+)"/.exec(line)?.[1]
  if (is === 'raised' || is === 'joined' || is === 'cleared') told[is]++
  else told.losses++
}

function cpuMs(began: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(began)
  return (user + system) / 1_000
}

/** The care promise in simulated streets. */
export function proveCare(from: number, streets: number, size: Size): void {
  const began = process.cpuUsage()
  const kept = Array.from({ length: streets }, (_, i) => keepPromise(from + i, size))
  const used = cpuMs(began)
  const sum = (of: (one: Kept) => number) => kept.reduce((all, one) => all + of(one), 0)
  const planted = sum((one) => one.planted)
  promiseAtLeast('planted', planted, planted, 1)
  promiseAtMost(
    'planted_missed',
    sum((one) => one.plantedMissed),
    planted,
    0,
  )
  const visits = sum((one) => one.visits)
  promiseAtMost(
    'early',
    sum((one) => one.early),
    visits,
    0,
  )
  promiseAtMost(
    'told_of_another_moment',
    sum((one) => one.elsewhen),
    visits,
    0,
  )
  const late = kept.flatMap((one) => one.latenessMs)
  promiseAtMost('lateness_s', Math.max(0, ...late) / 1_000, late.length, 60, 's')
  const homeWeeks = sum((one) => one.homeWeeks)
  const perWeek = (sum((one) => one.falseVisits) * 1_000) / homeWeeks
  say('false_visits_per_1000_homes_week', perWeek, homeWeeks, 'visits', falseSays(perWeek))
  const asked = sum((one) => one.asked)
  promiseAtMost(
    'shown_fine_though_unknown',
    sum((one) => one.fineThoughUnknown),
    asked,
    0,
  )
  say(
    'program_deaths',
    sum((one) => one.downtimes),
    streets,
  )
  const years = sum((one) => one.simulatedMs) / yearMs
  const perHour = years / (used / hourMs)
  say('simulated_years_per_cpu_hour', perHour, streets, 'years', `a street of ${size.homes} homes`)
}

function falseSays(perWeek: number): string {
  const aim = perWeek <= 1 ? 'within' : 'above'
  return `simulated, not measured in homes; ${aim} the aim of 1; trips, forgetting and faults are parameters in bench/scenes/care/elders.ts`
}

/** One seed alone: what both found, and the shortest calls that part them. True: they agree. */
export function explain(seed: number): boolean {
  const scene = drawScene(seed, troubles)
  const { fast, slow, isSame } = compareScene(scene, troubles.kills)
  for (const line of fast.filter((one) => !slow.includes(one))) console.log(`kernel only  ${line}`)
  for (const line of slow.filter((one) => !fast.includes(one))) console.log(`second only  ${line}`)
  for (const line of slow.filter((one) => fast.includes(one))) console.log(`both         ${line}`)
  if (isSame) return true
  const short = shortest(scene, troubles.kills)
  console.log(`the shortest calls that part them, from ${new Date(scene.start).toISOString()}:`)
  for (const act of short.acts) console.log(JSON.stringify(act))
  const again = compareScene(short, troubles.kills)
  for (const line of again.fast) console.log(`kernel  ${line}`)
  for (const line of again.slow) console.log(`second  ${line}`)
  return false
}
