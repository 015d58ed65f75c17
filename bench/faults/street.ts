/** Everything of the trial that speaks to the program's API. */
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { Victim } from './victim.ts'

/** A device of the trial: where it publishes, and as whom. */
export type Sender = { device: string; username: string; password: string; topic: string }
export type Home = { home: string; plan: string; sender: Sender }
/** `batch`: its own credential and topic, for many messages at once. */
export type Gateway = { senders: Sender[]; batch: Sender }
export type Kind = 'door-access' | 'door-contact'

type DeviceMore = { gateway?: string; heartbeatSeconds?: number }

export type Street = {
  homes: Home[]
  addDevice(home: string, kind: Kind, more?: DeviceMore): Promise<Sender>
  addGateway(name: string, homes: readonly string[]): Promise<Gateway>
  /** Each of the two stands where the other stood. Answers who speaks for them from now on. */
  swap(a: Home, b: Home): Promise<[Sender, Sender]>
  /** Moves the town's clock forward, and judges. */
  moveClock(at: number): Promise<void>
  /** Judges now. */
  judge(): Promise<void>
}

const street = '310104011'
const committee = '310104011013'
/** The most that a device may be allowed: these say in minutes what others say in days. */
const perMinuteMax = 6_000

type Answer = Record<string, string>
type Call = (token: string, path: string, body?: unknown) => Promise<Answer>

/**
 * A caller that keeps asking while the program is down: what is asked here is asked until it holds.
 */
export function callerOf(url: string): Call {
  return async (token, path, body) => {
    for (;;) {
      const answer = await fetch(`${url}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).catch(() => undefined)
      const said = (await answer?.json().catch(() => undefined)) as Answer
      if (answer?.ok) return said
      if (answer && answer.status < 500) throw new Error(`${path}: ${JSON.stringify(said)}`)
      await pause(50)
    }
  }
}

/**
 * A street with one worker and so many homes, in each an elder who agreed and one door sensor:
 * `kindOf` says which, by the home's place in the list.
 */
export async function openStreet(
  { httpUrl, key }: Pick<Victim, 'httpUrl' | 'key'>,
  homes: number,
  kindOf: (index: number) => Kind = () => 'door-contact',
  heartbeatSeconds = 300,
): Promise<Street> {
  const call = callerOf(httpUrl)
  const { source, districts } = JSON.parse(
    readFileSync('data/shanghai-divisions.json', 'utf8'),
  ) as Record<string, unknown>
  await call(key, '/api/places/divisions', { source, districts })
  const officer = '试验值班长'
  await call(key, '/api/duties/streets', { street, officer, phone: '021-5550-0100' })
  const { token = '' } = await call(key, '/api/identity/tokens', { name: officer })
  const necessity = '试验用，这里没有真人居住。'
  const thought = { purpose: 'agreed-care', necessity, risks: necessity, measures: necessity }
  const { impact } = await call(token, '/api/privacy/impacts', thought)
  const turn = { purpose: 'agreed-care', isOn: true, impact }
  await call(token, '/api/privacy/purposes/switch', turn)
  const hours = { opensAt: '08:30', closesAt: '17:30' }
  const { body } = await call(token, '/api/duties/bodies', {
    ...{ committee, phone: '021-5550-0101', ...hours },
  })
  const worker = { name: '试验社工', bornOn: null, phone: null, home: null, livesAlone: false }
  const { person } = await call(token, '/api/people', worker)
  await call(token, '/api/duties/posts', { body, title: '居委社工', person, rank: 1 })
  const name = '试验小区（示例）'
  const { compound } = await call(token, '/api/places/compounds', { committee, name })
  const stairs = [{ number: '1', floors: Math.ceil(homes / 10), homesPerFloor: 10 }]
  const built = await call(token, '/api/places/buildings', { compound, name: '1幢', stairs })
  const codes = (built['homes'] as unknown as string[]).slice(0, homes)
  const registry = registryOf(call, token)
  const settled = codes.map((home, i) => {
    const adding = () => registry.addDevice(home, kindOf(i), { heartbeatSeconds })
    return settle(call, { key, token, home, i }, adding)
  })
  return {
    homes: await Promise.all(settled),
    ...registry,
    moveClock: async (at) => void (await call(key, '/api/demo/clock', { at: Math.round(at) })),
    judge: async () => void (await call(key, '/api/demo/clock', { speed: 1 })),
  }
}

type Registry = Pick<Street, 'addDevice' | 'addGateway' | 'swap'>

async function settle(
  call: Call,
  { key, token, home, i }: { key: string; token: string; home: string; i: number },
  addDevice: () => Promise<Sender>,
): Promise<Home> {
  const name = `试验老人${i}`
  const elder = { name, bornOn: '1944-05-01', phone: null, home, livesAlone: true }
  await call(token, '/api/people', elder)
  const sender = await addDevice()
  const { token: own = '' } = await call(key, '/api/identity/tokens', { name })
  const { plan = '' } = await call(own, '/api/care/agree', { textVersion: 2, contacts: [] })
  return { home, plan, sender }
}

function registryOf(call: Call, token: string): Registry {
  const addDevice = async (place: string, kind: Kind, more: DeviceMore = {}) =>
    (await call(token, '/api/devices/add', {
      ...{ kind, place, perMinuteMax, ...more },
    })) as unknown as Sender
  const move = (device: string, place: string) =>
    call(token, '/api/devices/move', { device, place })
  return {
    addDevice,
    async addGateway(name, homes) {
      const asked = { name, format: 'canonical', place: committee }
      const made = await call(token, '/api/devices/gateways', asked)
      const { gateway = '', username = '', password = '', topic = '' } = made
      const adding = homes.map((home) => addDevice(home, 'door-contact', { gateway }))
      const batch = { device: gateway, username, password, topic: `${topic}/batch` }
      return { senders: await Promise.all(adding), batch }
    },
    async swap(a, b) {
      await move(a.sender.device, b.home)
      await move(b.sender.device, a.home)
      return [a.sender, b.sender]
    },
  }
}
