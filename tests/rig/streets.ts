import pg from 'pg'
import type { MqttClient } from 'mqtt'
import { settleMs } from '../../src/watch/scenarios/index.ts'
import { hourMs } from '../../src/kernel/clock.ts'
import type { CommitteeCode, HomeCode, PersonId, StreetCode } from '../../src/kernel/ids.ts'
import type { ProgramWish } from '../../src/program.ts'
import { switchOn } from './purposes.ts'
import { openTestProgram, operatorKey, type Answer, type TestProgram } from './program.ts'

export type Actor = {
  name: string
  token: string
  person: PersonId
  get(path: string): Promise<Answer>
  post(path: string, body: unknown): Promise<Answer>
}

export type OtherRole = 'property' | 'police' | 'clinic' | 'volunteer'
export type OtherStaff = { role: OtherRole; actor: Actor; post: string; body: string }

export type WiredDevice = { device: string; username: string; password: string; topic: string }
export type DeviceKind = 'door-access' | 'door-contact' | 'motion'

/** One street with everybody that a contract can name, in the smallest number. */
export type SmallStreet = {
  street: StreetCode
  committee: CommitteeCode
  compound: string
  /** The committee's body: posts are filled in it. */
  body: string
  officer: Actor
  worker: Actor
  deputy: Actor
  /** Lives in `homes[0]`, where a door contact and a motion sensor are. */
  elder: Actor
  /** Lives in `homes[1]`; has a door contact and never agreed to anything. */
  neighbour: Actor
  homes: HomeCode[]
  posts: { officer: string; worker: string; deputy: string }
  /** With `everyRole`: one post each of the other bodies, whose beat is the whole committee. */
  others: OtherStaff[]
  door: WiredDevice
  motion: WiredDevice
  neighbourDoor: WiredDevice
  /** With `neighbours`: another committee of the same street, whose names end in 邻 and its letter. */
  next: NextDoor | null
}

/** A committee of its own: nobody of it knows anything of the first, and the other way round. */
export type NextDoor = {
  committee: CommitteeCode
  compound: string
  body: string
  worker: Actor
  deputy: Actor
  /** Lives in `homes[0]`, where the door contact is. */
  resident: Actor
  homes: HomeCode[]
  post: string
  deputyPost: string
  door: WiredDevice
}

/** Two streets that must know nothing of each other; every name ends in its street's letter. */
export type Streets = TestProgram & {
  a: SmallStreet
  b: SmallStreet
  /** A statement as the owner of the database: for what no endpoint shows or breaks. */
  owner<Row extends pg.QueryResultRow = any>(statement: string, values?: unknown[]): Promise<Row[]>
  /** The tables of the whole database, the jobs' too, of which some row holds this text. */
  tablesHolding(text: string): Promise<string[]>
  /** The person agrees to be looked after, and everybody who must know of it does. */
  agrees(who: Actor, contacts?: object[]): Promise<void>
  /** Hours go by in which the street's devices live and nobody stirs. Needs long heartbeats. */
  silent(street: SmallStreet, hours: number): Promise<void>
  /** One message in the canonical form, now, acknowledged. */
  says(wire: MqttClient, device: WiredDevice, seq: number, state: string): Promise<void>
}

const codes = {
  a: { street: '310104011', committee: '310104011013' },
  b: { street: '310115005', committee: '310115005001' },
} as const

/** So that a device may be silent for three days before it is unknown. */
export const longHeartbeat = { heartbeatSeconds: 86_400 }

export async function openStreets({
  distDir,
  ways,
  organisation,
  callsPerMinuteMax,
  findsMax,
  ...wish
}: {
  heartbeatSeconds?: number
  distDir?: string
  ways?: ProgramWish['ways']
  organisation?: ProgramWish['organisation']
  everyRole?: boolean
  neighbours?: boolean
  callsPerMinuteMax?: number
  findsMax?: ProgramWish['findsMax']
} = {}): Promise<Streets> {
  const rig = await openTestProgram({
    ...(distDir === undefined ? {} : { distDir }),
    ...(ways ? { ways } : {}),
    ...(callsPerMinuteMax === undefined ? {} : { callsPerMinuteMax }),
    organisation: organisation ?? null,
    ...(findsMax ? { findsMax } : {}),
  })
  const pool = new pg.Pool({ connectionString: rig.ownerUrl, max: 4 })
  pool.on('error', () => undefined)
  const owner: Streets['owner'] = async (statement, values = []) =>
    (await pool.query(statement, values)).rows
  const a = await openStreet(rig, '甲', codes.a, wish)
  const b = await openStreet(rig, '乙', codes.b, wish)
  let sequence = 1_000_000
  const says: Streets['says'] = async (wire, { topic }, seq, state) => {
    const payload = JSON.stringify({ seq, at: rig.clock.now(), state })
    await wire.publishAsync(topic, payload, { qos: 1 })
  }
  const beat = async (street: SmallStreet) => {
    for (const device of [street.door, street.motion, street.neighbourDoor]) {
      const wire = await rig.connect(device)
      await says(wire, device, sequence++, 'heartbeat')
      await wire.endAsync()
    }
  }
  return {
    ...rig,
    get program() {
      return rig.program
    },
    ...{ a, b, owner },
    tablesHolding: (text) => tablesHolding(owner, text),
    async agrees(who, contacts = []) {
      await rig.ask(who.token, 'POST', '/api/care/agree', { textVersion: 2, contacts })
      await rig.settled()
    },
    says,
    async silent(street, hours) {
      await beat(street)
      rig.clock.set({ at: rig.clock.now() + hours * hourMs })
      await beat(street)
      await rig.program.scenarios.tick()
      // What is judged in the order of events is judged so long behind.
      rig.clock.set({ at: rig.clock.now() + settleMs })
      await rig.program.scenarios.tick()
      await rig.settled()
    },
    async [Symbol.asyncDispose]() {
      await pool.end()
      await rig[Symbol.asyncDispose]()
    },
  }
}

/** The tables of the whole database, the jobs' too, of which some row holds this text. */
export async function tablesHolding(owner: Streets['owner'], text: string): Promise<string[]> {
  const tables = await owner<{ name: string }>(`
    select oid::regclass::text as name from pg_class
    where relkind in ('r', 'p') and not relispartition
      and relnamespace::regnamespace::text !~ '^(pg_|information_schema$)' order by 1`)
  const holding: string[] = []
  for (const { name } of tables) {
    const like = `select 1 from ${name} as one where strpos(one::text, $1) > 0 limit 1`
    if ((await owner(like, [text])).length > 0) holding.push(name)
  }
  return holding
}

type StreetWish = { heartbeatSeconds?: number; everyRole?: boolean; neighbours?: boolean }

async function openStreet(
  rig: TestProgram,
  letter: string,
  { street, committee }: { street: string; committee: string },
  { everyRole = false, neighbours = false, ...wish }: StreetWish,
): Promise<SmallStreet> {
  const founded = await rig.ask(operatorKey, 'POST', '/api/duties/streets', {
    ...{ street, officer: `长官${letter}`, phone: '021-5550-0100' },
  })
  const officer = await actorOf(rig, `长官${letter}`, founded.person)
  const post = (path: string, body: unknown) => rig.ask(officer.token, 'POST', path, body)
  await switchOn(officer.post)
  const { body } = await post('/api/duties/bodies', {
    ...{ committee, phone: '021-5550-0101', opensAt: '08:30', closesAt: '17:30' },
  })
  const { compound } = await post('/api/places/compounds', { committee, name: `新村${letter}` })
  const stairs = [{ number: '26', floors: 2, homesPerFloor: 2 }]
  const { homes } = await post('/api/places/buildings', { compound, name: '1幢', stairs })
  const person = async (name: string, home: string | null): Promise<Actor> => {
    const register = { bornOn: '1943-02-01', phone: '13800000000', livesAlone: home !== null }
    const made = await post('/api/people', { name: `${name}${letter}`, home, ...register })
    return actorOf(rig, `${name}${letter}`, made.person)
  }
  const inPost = async (who: Actor, rank: number): Promise<string> => {
    const held = { body, title: '居委社工', person: who.person, rank }
    return (await post('/api/duties/posts', held)).post
  }
  const device = (kind: DeviceKind, home: string): Promise<WiredDevice> =>
    post('/api/devices/add', { kind, place: home, perMinuteMax: 6_000, ...wish })
  const worker = await person('社工', null)
  const deputy = await person('副手', null)
  const posts = {
    officer: founded.post,
    worker: await inPost(worker, 1),
    deputy: await inPost(deputy, 2),
  }
  const made: SmallStreet = {
    ...{ street: street as StreetCode, committee: committee as CommitteeCode },
    ...{ compound, body, officer, worker, deputy, homes, posts },
    others: everyRole ? await openOthers(committee, post, (name) => person(name, null)) : [],
    elder: await person('老人', homes[0]),
    neighbour: await person('邻居', homes[1]),
    door: await device('door-contact', homes[0]),
    motion: await device('motion', homes[0]),
    neighbourDoor: await device('door-contact', homes[1]),
    next: neighbours ? await openNext(rig, `邻${letter}`, { street, committee }, post) : null,
  }
  await rig.settled()
  return made
}

/** The second committee of the street, with phones that nobody else has. */
async function openNext(
  rig: TestProgram,
  letter: string,
  { street, committee: first }: { street: string; committee: string },
  post: (path: string, body: unknown) => Promise<any>,
): Promise<NextDoor> {
  const { divisions } = await rig.ask('', 'GET', `/api/places/divisions?under=${street}`)
  const committee = divisions
    .map(({ code }: any) => code)
    .findLast((code: string) => code !== first)
  const { body } = await post('/api/duties/bodies', {
    ...{ committee, phone: '021-5550-0707', opensAt: '08:30', closesAt: '17:30' },
  })
  const { compound } = await post('/api/places/compounds', { committee, name: `隔村${letter}` })
  const stairs = [{ number: '7', floors: 1, homesPerFloor: 2 }]
  const { homes } = await post('/api/places/buildings', { compound, name: '7幢', stairs })
  let phone = 13_977_770_000
  const person = async (name: string, home: string | null): Promise<Actor> => {
    const register = { bornOn: '1941-03-04', phone: `${++phone}`, livesAlone: home !== null }
    const made = await post('/api/people', { name: `${name}${letter}`, home, ...register })
    return actorOf(rig, `${name}${letter}`, made.person)
  }
  const inPost = async ({ person: who }: Actor, rank: number): Promise<string> =>
    (await post('/api/duties/posts', { body, title: '居委社工', person: who, rank })).post
  const worker = await person('社工', null)
  const deputy = await person('副手', null)
  return {
    ...{ committee, compound, body, worker, deputy, homes },
    ...{ post: await inPost(worker, 1), deputyPost: await inPost(deputy, 2) },
    resident: await person('住户', homes[0]),
    door: await post('/api/devices/add', {
      kind: 'door-contact',
      place: homes[0],
      perMinuteMax: 6_000,
    }),
  }
}

const otherBodies = [
  { role: 'property', kind: 'property', name: '物业' },
  { role: 'police', kind: 'police', name: '民警' },
  { role: 'clinic', kind: 'clinic', name: '医生' },
  { role: 'volunteer', kind: 'volunteers', name: '志愿者' },
] as const

async function openOthers(
  committee: string,
  post: (path: string, body: unknown) => Promise<any>,
  person: (name: string) => Promise<Actor>,
): Promise<OtherStaff[]> {
  const made: OtherStaff[] = []
  for (const { role, kind, name } of otherBodies) {
    const hours = { opensAt: '00:00', closesAt: '24:00', phone: '021-5550-0102' }
    const { body } = await post('/api/duties/bodies', { kind, name: `${name}站`, ...hours })
    const actor = await person(name)
    const held = { body, title: name, person: actor.person, rank: 1 }
    const { post: id } = await post('/api/duties/posts', held)
    const beats = [{ place: committee, matters: null }]
    await post('/api/duties/beats', { post: id, beats })
    made.push({ role, actor, post: id, body })
  }
  return made
}

async function actorOf(rig: TestProgram, name: string, person: PersonId): Promise<Actor> {
  const token = await rig.tokenOf(name)
  return {
    ...{ name, token, person },
    get: (path) => rig.call(token, 'GET', path),
    post: (path, body) => rig.call(token, 'POST', path, body),
  }
}
