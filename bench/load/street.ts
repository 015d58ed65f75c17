import { createHash, randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'

/** A device of the load: who it signs in as, and what it may say. */
export type LoadDevice = {
  device: string
  password: string
  topic: string
  states: [string, string]
}
/** A gateway and the devices that speak through it, many in one message. */
export type LoadGateway = {
  gateway: string
  password: string
  topic: string
  devices: LoadDevice[]
}
export type LoadStreet = { devices: LoadDevice[]; gateways: LoadGateway[] }
/** Each home has one device of each of these kinds. */
export type StreetWish = {
  devices: number
  gateways: number
  devicesPerGateway: number
  kinds: readonly LoadKind[]
}
type LoadKind = { kind: string; purpose: string; states: [string, string] }

const street = '310104011'
const committee = '310104011013'
export const doorKinds: readonly LoadKind[] = [
  { kind: 'door-contact', purpose: 'agreed-care', states: ['open', 'closed'] },
  { kind: 'motion', purpose: 'agreed-care', states: ['occupied', 'clear'] },
  { kind: 'door-access', purpose: 'agreed-care', states: ['granted', 'refused'] },
]
export const alarmKinds: readonly LoadKind[] = [
  { kind: 'smoke', purpose: 'home-safety', states: ['alarm', 'clear'] },
]

/**
 * A street with so many devices, one of each kind in a home, and in each home somebody who agreed
 * and is watched. Written straight into the migrated database, before the program starts: it reads
 * all this at its start. The only place of the benches that knows the registry's tables.
 */
export async function fillStreet(
  url: string,
  wish: StreetWish,
  since: number,
): Promise<LoadStreet> {
  const forwarded = wish.gateways * wish.devicesPerGateway
  const made = Array.from({ length: wish.devices + forwarded }, (_, at) => deviceAt(at, wish.kinds))
  const gateways = Array.from({ length: wish.gateways }, (_, at) => {
    const from = wish.devices + at * wish.devicesPerGateway
    const devices = made.slice(from, from + wish.devicesPerGateway)
    const gateway = randomUUID()
    const topic = `lilong/${street}/${gateway}/batch`
    return { gateway, password: newPassword(), topic, devices }
  })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('begin')
    await fillHomes(client, Math.ceil(made.length / wish.kinds.length), since)
    await fillDevices(client, { devices: made, gateways }, since)
    await client.query('commit')
    await client.query('analyze')
  } finally {
    await client.end()
  }
  return { devices: made.slice(0, wish.devices), gateways }
}

function deviceAt(at: number, kinds: readonly LoadKind[]) {
  const device = randomUUID()
  const like = kinds[at % kinds.length]
  if (!like) throw new Error('a street needs kinds')
  const { kind, purpose, states } = like
  const topic = `lilong/${street}/${device}/event`
  const home = homeCode(Math.floor(at / kinds.length))
  return { device, password: newPassword(), topic, kind, purpose, states, home }
}

function newPassword(): string {
  return randomBytes(32).toString('base64url')
}

function homeCode(at: number): string {
  return `${committee}-01-1-${at + 1}`
}

async function fillDevices(
  client: pg.Client,
  { devices, gateways }: { devices: ReturnType<typeof deviceAt>[]; gateways: LoadGateway[] },
  since: number,
): Promise<void> {
  const gatewayOf = new Map(
    gateways.flatMap((one) => one.devices.map(({ device }) => [device, one.gateway] as const)),
  )
  const boxes = gateways.map(({ gateway, password }, at) => {
    return { id: gateway, name: `gateway-${at}`, digest: digestOf(password) }
  })
  const given = [street, new Date(since)]
  await client.query(addGateways, [JSON.stringify(boxes), ...given, committee])
  const rows = devices.map(({ device: id, password, kind, purpose, home }) => {
    const gateway = gatewayOf.get(id) ?? null
    return { id, kind, purpose, home, digest: digestOf(password), gateway }
  })
  await client.query(addDevices, [JSON.stringify(rows), ...given])
}

function digestOf(password: string): string {
  return createHash('sha256').update(password).digest('hex')
}

const addGateways = `
  insert into devices.gateway
    (street, id, name, maker, format, place, password_sha256, installed_at)
  select $2, id, name, 'bench', 'canonical', $4, decode(digest, 'hex'), $3::timestamptz
  from json_to_recordset($1::json) as row (id uuid, name text, digest text)`

/** The limit for each minute is so high that it counts every message and never stops one. */
const addDevices = `
  insert into devices.device
    (street, id, kind, place, heartbeat_seconds, password_sha256, installed_at, gateway,
     name_at_gateway, purpose, per_minute_max)
  select $2, id, kind, home, 3600, decode(digest, 'hex'), $3::timestamptz, gateway,
    case when gateway is null then null else id::text end, purpose, 1000000
  from json_to_recordset($1::json)
    as row (id uuid, kind text, purpose text, home text, digest text, gateway uuid)`

async function fillHomes(client: pg.Client, homes: number, since: number): Promise<void> {
  const [compound, building] = [`${committee}-01`, randomUUID()]
  await client.query(`insert into places.division values
    ('310104', '徐汇区', 'district', null, 'bench'),
    ('${street}', '试验街道', 'street', '310104', 'bench'),
    ('${committee}', '试验居委会', 'committee', '${street}', 'bench')`)
  await client.query('insert into places.compound values ($1, $2, $3, $4)', [
    ...[compound, street, committee, '试验小区'],
  ])
  await client.query('insert into places.building values ($1, $2, $3, $4)', [
    ...[street, building, compound, '1幢'],
  ])
  const rows = JSON.stringify(
    Array.from({ length: homes }, (_, at) => ({
      ...{ home: homeCode(at), person: randomUUID(), consent: randomUUID(), plan: randomUUID() },
      ...{ floor: 1 + Math.floor(at / 4), room: `${at + 1}`, name: `试验老人${at}` },
    })),
  )
  await client.query(addHomes, [rows, street, committee, compound, building])
  await client.query(addPeople, [rows, street])
  await client.query(switchCareOn, [street, new Date(since)])
  for (const statement of addCare) await client.query(statement, [rows, street, new Date(since)])
}

const given = `from json_to_recordset($1::json)
  as row (home text, person uuid, consent uuid, plan uuid, floor int, room text, name text)`
const addHomes = `
  insert into places.home select home, $2, $3, $4, $5, '1', floor, room ${given}`
const addPeople = `
  insert into people.person select $2, person, name, '1944-05-01', null ${given}`
const switchCareOn = `
  with thought as (
    insert into privacy.impact values ($1, gen_random_uuid(), 'agreed-care', 1, $2,
      gen_random_uuid(), gen_random_uuid(), '试验', '试验', '试验用，这里没有真人居住。',
      '试验用，这里没有真人居住。', '试验用，这里没有真人居住。') returning id)
  insert into privacy.purpose_switch
    select $1, 'agreed-care', 1, true, id, $2, gen_random_uuid(), gen_random_uuid(), '试验', '试验'
    from thought`
const addCare = [
  `insert into people.residence select $2, person, home, $3::timestamptz, null, true ${given}`,
  `insert into privacy.consent select $2, consent, person, home, 'agreed-care', 2,
     $3::timestamptz, $3::timestamptz + interval '1 year', null, 'person', false ${given}`,
  `insert into scenarios.watch (street, subject, purpose, person, home, consent, since)
     select $2, plan, 'agreed-care', person, home, consent, $3::timestamptz ${given}`,
]
