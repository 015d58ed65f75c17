import { setTimeout as pause } from 'node:timers/promises'
import { countTasks, tally } from './ledger.ts'
import { promiseNone, say, sayFault } from './report.ts'
import { openScene, type Scene } from './scene.ts'
import { send, type Line } from './senders.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const edges = ['2026-07-08', '2026-08-01', '2027-01-01'].map((day) =>
  Date.parse(`${day}T00:00:00+08:00`),
)

/** The machine's clock and the devices' own go wrong; nobody is sent to a door for that. */
export async function proveClocks(): Promise<void> {
  await using scene = await openScene(20)
  const { victim, lines } = scene
  const jumps = (await jumpByHours(scene)) + (await crossEdges(scene))
  sayFault('clock_jumps', jumps, await tally(victim, lines))
  const wrong = lines.slice(0, 12)
  await wrongDevices(scene, wrong)
  const found = await tally(victim, wrong)
  sayFault('device_clocks_wrong', wrong.length, found)
  say('device_clocks_wrong_refused', found.refused, found.acknowledged)
  await scene.street.judge()
  const visits = await victim.query<{ n: number }>(
    "select count(*)::int as n from tasks.task where kind = 'care-visit'",
  )
  promiseNone('clock_visits_without_cause', visits[0]?.n ?? 0, jumps)
  promiseNone('clock_tasks_doubled', await openTwice(scene), jumps)
}

/**
 * Devices keep the true time: an hour late for a clock that ran ahead, in the future for one
 * behind.
 */
async function jumpByHours({ victim, street, lines }: Scene): Promise<number> {
  const trueAhead = victim.aheadMs
  const shifts = [0, hourMs, 0, -hourMs, 0]
  for (const shift of shifts) {
    victim.jump(trueAhead + shift)
    await pause(50)
    for (let i = 0; i < 5; i++) await sayAll(lines, () => Date.now() + trueAhead)
    await street.judge()
  }
  return shifts.length - 1
}

/** Over midnight, the month's and the year's end, with everybody speaking all the time. */
async function crossEdges({ victim, street, lines }: Scene): Promise<number> {
  for (const edge of edges) {
    victim.jump(edge - 1_200 - Date.now())
    await pause(50)
    await street.judge()
    while (victim.now() < edge + 1_000) {
      await sayAll(lines, () => victim.now())
      await pause(30)
    }
    await street.judge()
  }
  return edges.length
}

/** Days ahead, days behind, far behind; then they are set right. */
async function wrongDevices({ victim }: Scene, lines: readonly Line[]): Promise<void> {
  const shifts = [3 * dayMs, -2 * dayMs, -5 * dayMs, -400 * dayMs]
  for (let i = 0; i < 10; i++) {
    const said = lines.map((line, index) => {
      return send(line, victim.now() + (shifts[index % shifts.length] ?? 0), 'granted')
    })
    await Promise.all(said)
  }
  await sayAll(lines, () => victim.now())
}

async function sayAll(lines: readonly Line[], now: () => number): Promise<void> {
  await Promise.all(lines.map((line) => send(line, now(), 'granted')))
}

/** How many tasks are open more than once for the same thing. */
async function openTwice({ victim }: Scene): Promise<number> {
  return (await countTasks(victim, [], 'open')).doubled
}
