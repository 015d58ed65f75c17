import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { MqttClient } from 'mqtt'
import { startOfDay } from '../../src/kernel/calendar.ts'
import { dayMs, hourMs } from '../../src/kernel/clock.ts'
import type { WaysWish } from '../../src/desks/delivery/index.ts'
import { climb } from '../../src/desks/tasks/index.ts'
import { lookOn } from '../../src/watch/care/index.ts'
import { settleMs } from '../../src/watch/scenarios/index.ts'
import { longHeartbeat, openStreets } from './streets.ts'
import { openWorkshop } from './workshop.ts'

type Outgoing = { at: number; channel: string; says: string; link: string | null }

/** An elder who agreed to care, and a street that can switch on what it wants. */
export async function openHome(wish: { distDir?: string; contacts?: object[] } = {}) {
  const { distDir, contacts = [] } = wish
  const folder = mkdtempSync(join(tmpdir(), 'lilong-outbox-'))
  const outboxFile = join(folder, 'outbox.jsonl')
  const town = await openStreets({
    ...{ ...longHeartbeat, everyRole: true, ways: waysTo(outboxFile) },
    ...(distDir ? { distDir } : {}),
  })
  const { elder, worker, door, motion } = town.a
  const wires = new Map<string, MqttClient>()
  let sequence = 1
  const says = async (device: typeof door, state: string) => {
    const wire = wires.get(device.device) ?? (await town.connect(device))
    wires.set(device.device, wire)
    await town.says(wire, device, sequence++, state)
  }
  /** As the beat and its rounds do: judged, then whoever did not answer, then messages go out. */
  const look = async () => {
    const { scenarios, given, sending } = town.program
    await scenarios.tick()
    await lookOn(town.program)
    await town.settled()
    await climb(given)
    for (let rounds = 0; rounds < 3; rounds++) {
      await sending.tick()
      await sending.idle()
    }
    await town.settled()
  }
  const wait = async (ms = settleMs) => {
    town.clock.set({ at: town.clock.now() + ms })
    await look()
  }
  /** To a time of this day or of a later one. */
  const clockTo = (hours: number, days = 0) =>
    town.clock.set({ at: startOfDay(town.clock.now()) + days * dayMs + hours * hourMs })
  await town.agrees(elder, contacts)
  return {
    ...{ town, elder, worker, says, look, wait, clockTo, workshop: await openWorkshop(town) },
    at: async (hours: number, days = 0) => {
      clockTo(hours, days)
      await look()
    },
    moves: async () => {
      await says(motion, 'occupied')
      await says(motion, 'clear')
    },
    beats: async () => {
      await says(door, 'heartbeat')
      await says(motion, 'heartbeat')
    },
    mine: async () => (await elder.get('/api/care/mine')).body.plan,
    well: async () => {
      const answer = await elder.post('/api/care/well', {})
      await town.settled()
      return answer
    },
    /** Visits; that the neighbour's door is dead is another matter. */
    inbox: async (who = worker) =>
      (await who.get('/api/tasks/mine')).body.tasks.filter(
        ({ kind }: { kind: string }) => kind === 'care-visit',
      ),
    open: (table: string) =>
      town.owner(`select * from ${table} where rule like 'care-%' and ended_at is null`),
    tasks: () => town.owner("select * from tasks.task where rule like 'care-%'"),
    /** What would have been sent, oldest first. */
    sent: (): Outgoing[] => {
      const text = readOrNothing(outboxFile).trimEnd()
      return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line))
    },
    async [Symbol.asyncDispose]() {
      await town[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true })
    },
  }
}
export type Home = Awaited<ReturnType<typeof openHome>>

export async function pageOf(
  { town, elder }: Pick<Home, 'town' | 'elder'>,
  path: string,
): Promise<string> {
  const cookie = `lilong=${await town.tokenOf(elder.name)}`
  return (await fetch(`${town.program.url}${path}`, { headers: { cookie } })).text()
}

/** Messages become lines of a file; quiet hours as they ship. */
function waysTo(outboxFile: string): WaysWish {
  return {
    ...{
      pushSecret: randomBytes(32).toString('base64url'),
      pushContact: 'mailto:street@lilong.example',
    },
    ...{ isPushRehearsed: true, sms: null, wecom: null, voice: null, outboxFile },
    quiet: { from: '21:00', to: '07:00' },
  }
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
