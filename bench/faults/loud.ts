import { setTimeout as pause } from 'node:timers/promises'
import { seededFor, shuffled, type Chance } from './chance.ts'
import { keepSending, sendUnruly, type Line } from './senders.ts'
import { blows, type Blow, type Victim } from './victim.ts'

/**
 * Kills at random moments while every device sends, doubled, late and out of order. The moments are
 * short: many fall into a start that is hardly over, others between a commit and its PUBACK.
 */
export async function killUnderLoad(
  victim: Victim,
  lines: readonly Line[],
  count: number,
  seed: number,
): Promise<void> {
  const chance = seededFor(seed, 'loud kills')
  const sending = seededFor(seed, 'loud sending')
  const stop = keepSending(lines, async (line) => {
    await sendUnruly(line, victim.now(), ['granted', 'granted'], sending)
    await pause(25)
  })
  for (const blow of blowsFor(victim, count, chance)) {
    await pause(50 + chance() * 600)
    await victim.strike(blow, chance() < 0.5 ? chance : undefined)
  }
  await pause(300)
  await stop()
}

/** Every kind equally often, in any order; where the power cannot be cut, all is killed at once. */
export function blowsFor(victim: Victim, count: number, chance: Chance): Blow[] {
  const all = Array.from({ length: count }, (_, i) => blows[i % blows.length] ?? 'both')
  const real = all.map((blow) => (blow === 'power' && !victim.disk ? 'both' : blow))
  return shuffled(chance, real)
}
