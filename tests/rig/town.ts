import { minuteMs } from '../../src/kernel/clock.ts'
import { openWire, type Wire } from '../../simulator/wire.ts'
import {
  buildTown,
  townApi,
  type TownDevice,
  type TownElder,
  type TownMap,
} from '../../town/index.ts'
import { openTestProgram, operatorKey, type TestProgram } from './program.ts'

/** Less than the three heartbeats that a device may miss, so that time passing loses nobody. */
const stepMs = 20 * minuteMs
/** What tells of the person who lives there. */
const careKinds = new Set<string>(['door-access', 'door-contact', 'motion'])

/** A person of the town, who asks the API in their own name. */
export type Person = {
  name: string
  token: string
  get(path: string): Promise<any>
  post(path: string, body: unknown): Promise<{ status: number; body: any }>
}

/** The example town with its first neighbourhood, a standing clock, and real devices on MQTT. */
export type Town = TestProgram & {
  map: TownMap
  /** An elder who agreed. The one whose story is told. */
  elder: Person & TownElder
  /** An elder in the same neighbourhood who was only offered it. */
  unasked: Person & TownElder
  /** The worker who is responsible for the elder's home. */
  worker: Person
  /** A worker of the same neighbourhood who is not. */
  deputy: Person
  officer: Person
  person(name: string): Promise<Person>
  /** What a worker's phone shows: kind and place, by deadline. */
  inbox(who: Person): Promise<string[]>
  /** A device says something now. */
  says(device: TownDevice, state: string): Promise<void>
  /** Of the person's home, those by which they are looked after. */
  devicesOf(who: TownElder): TownDevice[]
  /** Time passes; every device but the dead says its heartbeat. The rules look after each step. */
  hoursPass(hours: number): Promise<void>
  /** Devices that say nothing any more. */
  dead: Set<string>
}

export async function openTown(wish: { distDir?: string } = {}): Promise<Town> {
  const rig = await openTestProgram(wish)
  const map = await buildTown(townApi(rig.program.url, operatorKey), { committees: 1 })
  const person = (name: string) => personOf(rig, name)
  const agreed = map.elders.find((elder) => elder.plan === 'agreed')!
  const offered = map.elders.find((elder) => elder.plan === 'offered')!
  const [worker, deputy] = map.workers.toSorted((a, b) => a.rank - b.rank)
  const dead = new Set<string>()
  let wire: Promise<Wire> | undefined
  const counted = new Map<string, number>()

  const say = async (devices: readonly TownDevice[], state: string) => {
    wire ??= openWire(`mqtt://127.0.0.1:${rig.program.mqttPort}`, map)
    const { publish } = await wire
    const at = rig.clock.now()
    const said = devices.map((device) => {
      const sequence = (counted.get(device.device) ?? 0) + 1
      counted.set(device.device, sequence)
      return { device, sequence, at, state }
    })
    await publish(said)
  }
  const says: Town['says'] = (device, state) => say([device], state)
  const unplug = async () => {
    await (await wire)?.close()
    wire = undefined
  }
  const beat = () =>
    say(
      map.devices.filter((device) => !dead.has(device.device)),
      'heartbeat',
    )
  await beat()
  return {
    ...rig,
    get program() {
      return rig.program
    },
    ...{ map, person, says, dead },
    elder: { ...agreed, ...(await person(agreed.name)) },
    unasked: { ...offered, ...(await person(offered.name)) },
    worker: await person(worker!.name),
    deputy: await person(deputy!.name),
    officer: await person(map.officer),
    async inbox(who) {
      const { tasks } = await who.get('/api/tasks/mine')
      return tasks.map((task: any) => `${task.kind} ${task.place?.stair}-${task.place?.room}`)
    },
    devicesOf: ({ home }) =>
      map.devices.filter(({ place, kind }) => place === home && careKinds.has(kind)),
    async hoursPass(hours) {
      for (let left = hours * 60 * minuteMs; left > 0; left -= stepMs) {
        rig.clock.set({ at: rig.clock.now() + Math.min(stepMs, left) })
        await beat()
        await rig.program.scenarios.tick()
      }
      await rig.settled()
    },
    async restart(downMs) {
      await unplug()
      await rig.restart(downMs)
    },
    async [Symbol.asyncDispose]() {
      await unplug()
      await rig[Symbol.asyncDispose]()
    },
  }
}

async function personOf(rig: TestProgram, name: string): Promise<Person> {
  const token = await rig.tokenOf(name)
  return {
    ...{ name, token },
    get: (path) => rig.ask(token, 'GET', path),
    post: (path, body) => rig.call(token, 'POST', path, body),
  }
}
