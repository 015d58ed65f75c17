import { countTasks, openLedger, tally, type Duty } from './ledger.ts'
import { killUnderLoad } from './loud.ts'
import type { Trial } from './parts.ts'
import { promiseNone, say, sayTimes } from './report.ts'
import { townStart } from './scene.ts'
import { closeAll, openLines, untilUp, type Line } from './senders.ts'
import { dutiesOf, liveTwoDays, type Watched, type Way } from './silent.ts'
import { openStreet } from './street.ts'
import { Victim } from './victim.ts'

const homesLoud = 24
const ways: Way[] = [
  ...Array<Way>(16).fill('silent'),
  ...Array<Way>(4).fill('stuck'),
  ...Array<Way>(16).fill('lively'),
  ...Array<Way>(4).fill('flapping'),
  ...Array<Way>(10).fill('dead'),
  ...Array<Way>(3).fill('swapped-lively'),
  ...Array<Way>(3).fill('swapped-silent'),
]

const oddWays = {
  stuck: ['stuck'],
  flapping: ['flapping'],
  swapped: ['swapped-lively', 'swapped-silent'],
}

/**
 * Half of the kills fall while all devices send as fast as they can, half while two days pass in
 * which every silent elder must get one visit, every dead device one repair, and nobody else
 * anything.
 */
export async function proveKills({ kills, seed }: Trial): Promise<void> {
  await using victim = new Victim({ aheadMs: townStart - Date.now(), hasDisk: true })
  await victim.start()
  const isLoud = (index: number) => index < homesLoud
  const street = await openStreet(victim, homesLoud + ways.length, (index) =>
    isLoud(index) ? 'door-access' : 'door-contact',
  )
  await openLedger(victim)
  const { homes } = street
  const lines = openLines(
    homes.map((home) => home.sender),
    victim.ports.mqtt,
  )
  await untilUp(lines)
  const first = Math.ceil(kills / 2)
  await killUnderLoad(victim, lines.slice(0, homesLoud), first, seed)
  const watched = homes.map((home, index): Watched => {
    const line = lines[index] as Line
    return { home, line, way: ways[index - homesLoud] ?? 'lively' }
  })
  const quiet = watched.slice(homesLoud)
  await liveTwoDays({ victim, street }, quiet, kills - first, seed)
  await victim.untilHealthy()
  const all = [...lines, ...watched.map((one) => one.line)]
  closeAll(all)
  // The loud ones say nothing any more in these two days.
  const gone = watched.slice(0, homesLoud).map(({ line }): Duty => {
    return { rule: 'device-silence', subject: line.sender.device }
  })
  await report(victim, all, [...dutiesOf(quiet), ...gone])
  for (const [fault, those] of Object.entries(oddWays)) {
    const ours = quiet.filter(({ way }) => those.includes(way))
    const wrong = await wronglyVisited(victim, ours)
    promiseNone(`sensors_${fault}_visits_wrong`, wrong, ours.length)
  }
}

async function report(victim: Victim, lines: Line[], due: Duty[]): Promise<void> {
  const { kills, restartMs, undone } = victim
  const count = Object.values(kills).reduce((sum, n) => sum + n, 0)
  say('kills', count, 1)
  for (const [blow, n] of Object.entries(kills)) say(`kills_${blow}`, n, count)
  if (victim.disk) {
    for (const [what, n] of Object.entries(undone)) say(`unsynced_${what}_cut`, n, kills.power)
  } else say('unsynced_cut_skipped', 1, 0)
  const events = await tally(victim, lines)
  say('events_acknowledged', events.acknowledged, count)
  say('duplicates_sent', events.copies, events.acknowledged)
  promiseNone('acknowledged_events_lost', events.lost + events.refused, events.acknowledged)
  promiseNone('events_doubled', events.doubled, events.acknowledged)
  const tasks = await countTasks(victim, due)
  promiseNone('duplicates_acted_on', events.doubled + tasks.doubled, events.copies)
  say('tasks_due', tasks.due, count)
  promiseNone('tasks_lost', tasks.lost, tasks.due)
  promiseNone('tasks_doubled', tasks.doubled, tasks.due)
  promiseNone('tasks_without_cause', tasks.withoutCause, tasks.due)
  sayTimes('restart_s', restartMs)
}

/** In how many of these homes somebody was sent without cause, or nobody with one, or twice. */
async function wronglyVisited(victim: Victim, watched: Watched[]): Promise<number> {
  const due = new Set(dutiesOf(watched).map((duty) => duty.subject))
  const rows = await victim.query<{ subject: string; n: number }>(
    "select subject, count(*)::int as n from tasks.task where rule = 'care-silence' group by 1",
  )
  const visits = new Map(rows.map((row) => [row.subject, row.n]))
  const wrong = watched.filter(({ home: { plan } }) => {
    return (visits.get(plan) ?? 0) !== (due.has(plan) ? 1 : 0)
  })
  for (const { home, way } of wrong) {
    const asked = `${way} ${visits.get(home.plan) ?? 0}`
    const known = `select state from scenarios.subject join scenarios.watch
      on watch.home = subject.subject where watch.subject = $1 and rule = 'care-silence'`
    const [watch] = await victim.query(known, [home.plan])
    console.error(`visits ${asked}: ${JSON.stringify(watch)}`)
  }
  return wrong.length
}
