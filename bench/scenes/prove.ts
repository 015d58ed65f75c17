import { dayMs, hourMs, secondMs } from '../../src/kernel/clock.ts'
import { keepPromise, type Kept } from './care/promise.ts'
import type { Size } from './care/town.ts'
import { compareScene, compareSeed, shortest } from './compare.ts'
import { drawScene } from './draw-scene.ts'
import { promiseAtLeast, promiseAtMost, say } from './report.ts'

const seedsMin = 1_000
const yearMs = 365 * dayMs

/** Seed after seed, both judges; a seed in which they differ is named. */
export function proveJudges(from: number, seeds: number): void {
  const began = process.cpuUsage()
  const different: number[] = []
  const told = { raised: 0, joined: 0, cleared: 0, losses: 0 }
  let simulatedMs = 0
  for (let seed = from; seed < from + seeds; seed++) {
    const compared = compareSeed(seed)
    for (const line of compared.slow) count(told, line)
    simulatedMs += compared.simulatedMs
    if (compared.isSame) continue
    different.push(seed)
    console.error(`seed ${seed} differs: npm run prove:scenarios -- --seed ${seed}`)
  }
  promiseAtLeast('seeds', seeds, seeds, seedsMin)
  promiseAtMost('differences', different.length, seeds, 0)
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

/** The care promise in simulated streets. `isAsking`: with the draft on that asks the person. */
export function proveCare(from: number, streets: number, size: Size, isAsking: boolean): void {
  const began = process.cpuUsage()
  const all = Array.from({ length: streets }, (_, i) => keepPromise(from + i, size, isAsking))
  const years = sumOf(all, (one) => one.simulatedMs) / yearMs
  const perHour = years / (cpuMs(began) / hourMs)
  sayPlanted(all)
  sayFalseVisits(all, isAsking)
  const asked = sumOf(all, (one) => one.askedUnknown)
  const fine = sumOf(all, (one) => one.fineThoughUnknown)
  promiseAtMost('shown_fine_though_unknown', fine, asked, 0)
  say(
    'dead_sensors',
    sumOf(all, ({ faults }) => faults.deadSensors),
    all.length,
  )
  say(
    'dead_gateways',
    sumOf(all, ({ faults }) => faults.cutGateways),
    all.length,
  )
  say(
    'wrong_clocks',
    sumOf(all, ({ faults }) => faults.wrongClocks),
    all.length,
  )
  say(
    'program_deaths',
    sumOf(all, ({ faults }) => faults.deadPrograms),
    all.length,
  )
  const says = `a street of ${size.homes} homes`
  say('simulated_years_per_cpu_hour', perHour, all.length, 'years', says)
}

function sayPlanted(kept: readonly Kept[]): void {
  const planted = sumOf(kept, (one) => one.planted)
  promiseAtLeast('planted', planted, planted, 1)
  const missed = sumOf(kept, (one) => one.plantedMissed)
  promiseAtMost('planted_missed', missed, planted, 0)
  const unsure = sumOf(kept, (one) => one.plantedNotSure)
  const why = 'a sensor died before its home was known to be silent, or that is after the end'
  say('planted_not_sure', unsure, planted + unsure, 'count', why)
  const visits = sumOf(kept, (one) => one.visits)
  const early = sumOf(kept, (one) => one.early)
  promiseAtMost('early', early, visits, 0)
  const elsewhen = sumOf(kept, (one) => one.elsewhen)
  promiseAtMost('told_of_another_moment', elsewhen, visits, 0)
  const late = kept.flatMap((one) => one.latenessMs)
  const lateS = Math.max(0, ...late) / secondMs
  promiseAtMost('lateness_s', lateS, late.length, 60, 's', 'where sensors speak every 30 s')
  const after = kept.flatMap((one) => one.toldAfterMs)
  const afterS = after.reduce((most, ms) => Math.max(most, ms), 0) / secondMs
  const sure = 'after every sensor of the home had spoken, which is up to one heartbeat later'
  promiseAtMost('told_after_sure_s', afterS, after.length, 60, 's', sure)
}

function sayFalseVisits(kept: readonly Kept[], isAsking: boolean): void {
  const homeWeeks = sumOf(kept, (one) => one.homeWeeks)
  const perWeek = (sumOf(kept, (one) => one.falseVisits) * 1_000) / homeWeeks
  const rules = isAsking
    ? 'with the draft on that asks before'
    : 'by the rules in force as they ship'
  const aim = perWeek <= 1 ? 'within' : 'above'
  const says = `simulated, not measured in homes; ${rules}; ${aim} the aim of 1; trips, forgetting and faults are parameters in bench/scenes/care/elders.ts`
  say('false_visits_per_1000_homes_week', perWeek, homeWeeks, 'visits', says)
}

function sumOf(kept: readonly Kept[], of: (one: Kept) => number): number {
  return kept.reduce((all, one) => all + of(one), 0)
}

/** One seed alone: what both found, and the shortest calls that part them. True: they agree. */
export function explain(seed: number): boolean {
  const scene = drawScene(seed)
  const { fast, slow, isSame } = compareScene(scene)
  for (const line of fast.filter((one) => !slow.includes(one))) console.log(`kernel only  ${line}`)
  for (const line of slow.filter((one) => !fast.includes(one))) console.log(`second only  ${line}`)
  for (const line of slow.filter((one) => fast.includes(one))) console.log(`both         ${line}`)
  if (isSame) return true
  const short = shortest(scene)
  console.log(`the shortest calls that part them, from ${new Date(scene.start).toISOString()}:`)
  for (const act of short.acts) console.log(JSON.stringify(act))
  const again = compareScene(short)
  for (const line of again.fast) console.log(`kernel  ${line}`)
  for (const line of again.slow) console.log(`second  ${line}`)
  return false
}
