import { seededFor, shuffled, type Chance } from './chance.ts'
import { countTasks, tally } from './ledger.ts'
import type { Trial } from './parts.ts'
import { promiseNone, promiseSome, say } from './report.ts'
import { openScene, type Scene } from './scene.ts'
import { closeAll, lineOver, note, openLines, send, untilUp, wireOf, type Line } from './senders.ts'
import type { Gateway } from './street.ts'

const devices = 17
const stepMs = 3_600_000
/** The homes' own sensors promise little, so that three days are few messages. */
const heartbeatSeconds = 3 * 3_600
/** Three days and a little: the first hours are too old when they come. */
const hoursAway = 75
const termMs = 72 * 3_600_000
const batchMax = 20

/**
 * A gateway with 17 devices is away for three days, comes back and says everything that it kept, in
 * batches and some of it twice. One task names the gateway, nothing inside the term is lost,
 * nothing is asked for twice.
 */
export async function proveAway({ seed }: Trial): Promise<void> {
  const chance = seededFor(seed, 'away')
  await using scene = await openScene(devices + 3, { kind: 'door-contact', heartbeatSeconds })
  const { victim, street } = scene
  // The homes' own sensors tell that all is well with everybody else.
  const behind = street.homes.slice(0, devices).map((home) => home.home)
  const gateway = await street.addGateway('trial-gateway', behind)
  const lines = openLines(gateway.senders, victim.ports.mqtt)
  await untilUp(lines)
  await Promise.all(lines.map((line) => send(line, victim.now(), 'open')))
  const kept = await beAway(scene, lines)
  const found = await countTasks(victim, [], 'open')
  promiseNone('gateway_tasks_more_than_one', found.withoutCause - 1, devices)
  const copies = await replay(scene, gateway, lines, kept, chance)
  await street.judge()
  const result = await tally(victim, lines)
  const now = victim.now()
  const old = kept.filter(({ at }) => at < now - termMs).length
  say('gateway_replayed', kept.length, copies)
  promiseNone('gateway_replay_lost', result.lost + Math.max(0, result.refused - old), kept.length)
  promiseNone('gateway_replay_doubled', result.doubled, copies)
  promiseSome('gateway_too_old_refused', result.refused, old)
  const all = await countTasks(victim, [])
  promiseNone('gateway_tasks_doubled', all.doubled, devices)
  promiseNone('gateway_visits_without_cause', await visits(scene), devices)
  closeAll(lines)
}

type Kept = { line: Line; seq: number; at: number }

/** The gateway keeps a reading an hour for each device; the others go on speaking. */
async function beAway({ victim, street, lines: near }: Scene, lines: Line[]): Promise<Kept[]> {
  const kept: Kept[] = []
  for (let hour = 0; hour < hoursAway; hour++) {
    victim.aheadMs += stepMs
    const at = victim.now()
    await street.moveClock(at)
    const state = hour % 4 === 0 ? 'open' : 'heartbeat'
    await Promise.all(near.map((line) => send(line, at, state)))
    const moved = hour % 2 === 0 ? 'open' : 'closed'
    for (const line of lines) kept.push({ line, seq: note(line, at, moved), at })
  }
  return kept
}

/** In the order in which they were kept, batch by batch; one batch in ten twice. */
async function replay(
  { victim }: Scene,
  gateway: Gateway,
  lines: Line[],
  kept: Kept[],
  chance: Chance,
): Promise<number> {
  const batches: Kept[][] = []
  for (let at = 0; at < kept.length; at += batchMax) batches.push(kept.slice(at, at + batchMax))
  const twice = batches.filter(() => chance() < 0.1)
  const way = wayOf(gateway, victim.ports.mqtt)
  // Copies may overtake what they copy.
  for (const batch of [...batches, ...shuffled(chance, twice)]) await way.say(batch)
  await Promise.all(lines.map((line) => send(line, victim.now(), 'heartbeat')))
  way.end()
  return twice.flat().length
}

/** The gateway says a batch in one message, with its own credential. */
function wayOf({ batch }: Gateway, mqttPort: number) {
  const { wire } = lineOver(batch, wireOf(batch, mqttPort))
  return {
    say: async (some: Kept[]) => {
      const said = some.map(({ line, seq }) => ({
        device: line.sender.device,
        ...(JSON.parse(line.sent.get(seq) ?? '{}') as object),
      }))
      await wire.publish(batch.topic, JSON.stringify(said))
      for (const { line, seq } of some) line.acknowledged.add(seq)
    },
    end: () => wire.end(),
  }
}

async function visits({ victim }: Scene): Promise<number> {
  const rows = await victim.query<{ n: number }>(
    "select count(*)::int as n from tasks.task where kind = 'care-visit'",
  )
  return rows[0]?.n ?? 0
}
