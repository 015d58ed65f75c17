import { seededFor, shuffled, type Chance } from './chance.ts'
import type { Duty } from './ledger.ts'
import { blowsFor } from './loud.ts'
import { note, openLines, send, sendAgain, type Line } from './senders.ts'
import type { Home, Sender, Street } from './street.ts'
import type { Victim } from './victim.ts'

export const stepMs = 10 * 60_000
const hours = 49
const stepsADay = 144
const signEverySteps = 36
const deadAfterSteps = 30
const swapAtStep = 2

/** How a home's sensor behaves in these two days. */
export type Way =
  /** Says that somebody is there, four times a day. */
  | 'lively'
  /** Its door does not move any more. */
  | 'silent'
  /** As silent, and sends its last message again and again. */
  | 'stuck'
  /** As lively, and sixty times open and closed each time. */
  | 'flapping'
  /** Falls silent altogether: unknown, never fine and no visit. */
  | 'dead'
  /** Lively, but changes places with the silent one beside it. */
  | 'swapped-lively'
  | 'swapped-silent'

export type Watched = { home: Home; line: Line; way: Way }

/**
 * What must be asked of people after two days: a visit each for the silent, a repair each for the
 * dead.
 */
export function dutiesOf(watched: readonly Watched[]): Duty[] {
  return watched.flatMap(({ home, line, way }) => {
    // The silent sensor hangs in the lively one's home now.
    const isSilent = ['silent', 'stuck', 'swapped-lively'].includes(way)
    if (isSilent) return [{ rule: 'care-silence', subject: home.plan }]
    return way === 'dead' ? [{ rule: 'device-silence', subject: line.sender.device }] : []
  })
}

/**
 * Two days of town time in steps; the kills fall on random steps. One message in ten is sent twice,
 * one in ten comes up to a day late, and old ones are sent again up to a day later.
 */
export async function liveTwoDays(
  { victim, street }: { victim: Victim; street: Street },
  watched: Watched[],
  kills: number,
  seed: number,
): Promise<void> {
  const killing = seededFor(seed, 'silent kills')
  const chance = seededFor(seed, 'silent sending')
  const speaks = (line: Line) => watched.some((one) => one.line === line)
  const steps = (hours * 3_600_000) / stepMs
  const random = shuffled(killing, [...Array(steps - 1).keys()])
  const blows = blowsFor(victim, kills, killing)
  const blowAt = new Map(blows.map((blow, index) => [1 + (random[index] ?? 0), blow]))
  const late: Late[] = []
  for (let step = 0; step <= steps; step++) {
    victim.aheadMs += stepMs
    await street.moveClock(victim.now())
    if (step === swapAtStep) await swapAll(street, watched, victim.ports.mqtt)
    const said = watched.map((one) => speak(one, step, victim.now(), late, chance))
    const due = late.filter((one) => one.step === step && speaks(one.line))
    said.push(...due.map(({ line, seq }) => sendAgain(line, seq)))
    const blow = blowAt.get(step)
    if (blow) await victim.strike(blow, killing() < 0.5 ? killing : undefined)
    await Promise.all(said)
  }
  await street.moveClock(victim.now() + 60_000)
}

type Late = { line: Line; seq: number; step: number }

async function speak(
  { line, way }: Watched,
  step: number,
  at: number,
  late: Late[],
  chance: Chance,
): Promise<void> {
  if (way === 'dead' && step > deadAfterSteps) return
  const isMoving = ['lively', 'flapping', 'swapped-lively'].includes(way)
  const isSign = step === 0 || (isMoving && step % signEverySteps === 0)
  const seq = note(line, at, isSign ? 'open' : 'heartbeat')
  const lateSteps = 1 + Math.floor(chance() * (stepsADay - 1))
  const isLate = isSign && step > 0 && chance() < 0.1
  if (isLate) late.push({ line, seq, step: step + lateSteps })
  else await sendAgain(line, seq)
  if (isSign && !isLate && chance() < 0.5) late.push({ line, seq, step: step + lateSteps })
  if (chance() < 0.1 && !isLate) await sendAgain(line, seq)
  if (way === 'stuck') await sendAgain(line, 1)
  if (way === 'flapping' && isSign) await flap(line, at)
  // Whoever is late is still alive.
  if (isLate) await send(line, at, 'heartbeat')
}

async function flap(line: Line, at: number): Promise<void> {
  const changes = Array.from({ length: 60 }, (_, i) =>
    send(line, at + i, i % 2 === 0 ? 'closed' : 'open'),
  )
  await Promise.all(changes)
}

/** The lively and the silent of each pair change places, as the registry is told. */
async function swapAll(street: Street, watched: Watched[], mqttPort: number): Promise<void> {
  const lively = watched.filter(({ way }) => way === 'swapped-lively')
  const silent = watched.filter(({ way }) => way === 'swapped-silent')
  for (const [index, a] of lively.entries()) {
    const b = silent[index]
    if (!b) continue
    const [first, second] = await street.swap(a.home, b.home)
    a.line = reopened(a.line, first, mqttPort)
    b.line = reopened(b.line, second, mqttPort)
  }
}

/** A registry that cannot move a device makes a new one of it. */
function reopened(line: Line, sender: Sender, mqttPort: number): Line {
  if (line.sender.device === sender.device) return line
  line.wire.end()
  return openLines([sender], mqttPort)[0] ?? line
}
