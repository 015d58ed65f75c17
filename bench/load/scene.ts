import { join } from 'node:path'
import { Child } from './child.ts'
import type { Opened, Place } from './program.ts'
import type { LineWish, Opened as Connected, Opening, Stopped } from './publisher.ts'
import type { Sent } from './ring.ts'
import type { LoadDevice, LoadGateway, LoadStreet, StreetWish } from './street.ts'
import { postgresPidIn, type Load } from './windows.ts'
import { aheadOfHour } from './workshop.ts'

/** The running program with its street, as the phases of a bench share it. */
export type Scene = LoadStreet & {
  port: number
  databaseUrl: string
  aheadMs: number
  program: Child
  postgresPid: number
  /** How often these devices have begun to speak. */
  phases: number
}

export async function openScene(
  opened: AsyncDisposableStack,
  folder: string,
  street: StreetWish,
): Promise<Scene> {
  const place: Place = { dataDir: join(folder, 'data'), aheadMs: aheadOfHour() }
  const made = await prepare(place, street)
  const program = opened.use(openProgram())
  const said = await program.ask<Opened>('open', place)
  const { aheadMs, dataDir } = place
  return { ...made, ...said, aheadMs, program, postgresPid: postgresPidIn(dataDir), phases: 0 }
}

async function prepare(place: Place, street: StreetWish): Promise<LoadStreet> {
  await using child = openProgram()
  return await child.ask<LoadStreet>('prepare', { ...place, street })
}

function openProgram(): Child {
  return new Child(join(import.meta.dirname, 'program.ts'), ['--expose-gc'])
}

export function openPublisher(): Child {
  return new Child(join(import.meta.dirname, 'publisher.ts'))
}

/** A device on a connection of its own. */
export function lineOf(one: LoadDevice): LineWish {
  return { ...signedIn(one.device, one), source: { devices: [one], batch: null } }
}

/** A gateway that sends an event of each of its devices in one message. */
export function batchLineOf({ gateway, devices, ...one }: LoadGateway): LineWish {
  return { ...signedIn(gateway, one), source: { devices, batch: one.topic } }
}

/** A device that signs in and says nothing. */
export function idleLineOf(one: LoadDevice): LineWish {
  return { ...signedIn(one.device, one), source: null }
}

function signedIn(username: string, { password }: { password: string }) {
  return { username, password }
}

/** Connects a publisher of its own, lets it work, and waits for what is in flight. */
export async function withLoad(
  scene: Scene,
  lines: LineWish[],
  window: number,
  work: (load: Load, connected: Connected) => Promise<void>,
  spreadMs = 500,
): Promise<Sent[]> {
  await using publisher = openPublisher()
  const { program, postgresPid, port, aheadMs } = scene
  const phase = ++scene.phases
  const opening = { port, lines, window, aheadMs, phase, spreadMs } satisfies Opening
  const connected = await publisher.ask<Connected>('open', opening)
  await work({ publisher, program, postgresPid }, connected)
  const { unacknowledged, sent } = await publisher.ask<Stopped>('stop')
  if (unacknowledged > 0) throw new Error(`${unacknowledged} messages were never acknowledged`)
  return sent
}
