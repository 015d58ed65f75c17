import { sql, type Selectable } from 'kysely'
import type { Instant } from '../../kernel/clock.ts'
import type {
  CommitteeCode,
  DeviceId,
  GatewayId,
  PlaceCode,
  PostId,
  StreetCode,
} from '../../kernel/ids.ts'
import { maybeInstant, tables, toDate, toInstant, type Tx } from '../../platform/sql.ts'
import type { DevicesTables } from './tables.gen.ts'
import { perMinuteMaxUsual } from './types.ts'
import type { Device, DeviceKind, DevicePurpose, Format, Gateway, StepAct } from './types.ts'

function deviceOf(row: Selectable<DevicesTables['devices.device']>): Device {
  const kind = row.kind as DeviceKind
  return {
    device: row.id as DeviceId,
    street: row.street as StreetCode,
    kind,
    place: row.place as PlaceCode,
    purpose: row.purpose as DevicePurpose,
    model: row.model,
    gateway: row.gateway as GatewayId | null,
    nameAtGateway: row.name_at_gateway,
    heartbeatSeconds: row.heartbeat_seconds,
    perMinuteMax: row.per_minute_max ?? perMinuteMaxUsual[kind],
    label: row.label,
    keeper: row.keeper,
    lentUntil: row.lent_until,
    replaces: row.replaces as DeviceId | null,
    installedAt: toInstant(row.installed_at),
    revokedAt: maybeInstant(row.revoked_at),
  }
}

function gatewayOf(row: Selectable<DevicesTables['devices.gateway']>): Gateway {
  return {
    gateway: row.id as GatewayId,
    street: row.street as StreetCode,
    name: row.name,
    maker: row.maker,
    format: row.format as Format,
    place: row.place as PlaceCode,
    installedAt: toInstant(row.installed_at),
    revokedAt: maybeInstant(row.revoked_at),
  }
}

/** Devices with their password digests, revoked ones too: all, one, or those behind a gateway. */
export async function devicesWithDigests(
  tx: Tx,
  where?: { device: DeviceId } | { gateway: GatewayId },
): Promise<{ device: Device; passwordDigest: Buffer }[]> {
  let query = tables<DevicesTables>(tx).selectFrom('devices.device').selectAll()
  if (where && 'device' in where) query = query.where('id', '=', where.device)
  if (where && 'gateway' in where) query = query.where('gateway', '=', where.gateway)
  const rows = await query.execute()
  return rows.map((row) => ({ device: deviceOf(row), passwordDigest: row.password_sha256 }))
}

/** Gateways with their password digests, revoked ones too: all, or one. */
export async function gatewaysWithDigests(
  tx: Tx,
  gateway?: GatewayId,
): Promise<{ gateway: Gateway; passwordDigest: Buffer }[]> {
  let query = tables<DevicesTables>(tx).selectFrom('devices.gateway').selectAll()
  if (gateway) query = query.where('id', '=', gateway)
  const rows = await query.execute()
  return rows.map((row) => ({ gateway: gatewayOf(row), passwordDigest: row.password_sha256 }))
}

export async function deviceNamed(tx: Tx, device: DeviceId): Promise<Device | undefined> {
  const row = await tables<DevicesTables>(tx)
    .selectFrom('devices.device')
    .selectAll()
    .where('id', '=', device)
    .executeTakeFirst()
  return row && deviceOf(row)
}

export async function devicesNamed(tx: Tx, devices: readonly DeviceId[]): Promise<Device[]> {
  if (devices.length === 0) return []
  const rows = await tables<DevicesTables>(tx)
    .selectFrom('devices.device')
    .selectAll()
    .where('id', 'in', [...devices])
    .execute()
  return rows.map(deviceOf)
}

export async function gatewayNamed(tx: Tx, gateway: GatewayId): Promise<Gateway | undefined> {
  const row = await tables<DevicesTables>(tx)
    .selectFrom('devices.gateway')
    .selectAll()
    .where('id', '=', gateway)
    .executeTakeFirst()
  return row && gatewayOf(row)
}

/** The gateways that are not revoked, by name: a street's, or all. */
export async function gatewaysIn(tx: Tx, street?: StreetCode): Promise<Gateway[]> {
  let query = tables<DevicesTables>(tx)
    .selectFrom('devices.gateway')
    .selectAll()
    .where('revoked_at', 'is', null)
  if (street) query = query.where('street', '=', street)
  return (await query.orderBy('street').orderBy('name').execute()).map(gatewayOf)
}

/** Devices exactly there, not revoked. */
export async function devicesAt(tx: Tx, place: PlaceCode): Promise<Device[]> {
  const rows = await tables<DevicesTables>(tx)
    .selectFrom('devices.device')
    .selectAll()
    .where('place', '=', place)
    .where('revoked_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(deviceOf)
}

/** Devices of a street or of one committee's area, not revoked. */
export async function devicesIn(
  tx: Tx,
  where: {
    street: StreetCode
    committee?: CommitteeCode | undefined
    kind?: DeviceKind | undefined
  },
): Promise<Device[]> {
  let query = tables<DevicesTables>(tx)
    .selectFrom('devices.device')
    .selectAll()
    .where('street', '=', where.street)
    .where('revoked_at', 'is', null)
  const { committee, kind } = where
  if (committee)
    query = query.where((eb) => eb(eb.fn('left', ['place', eb.lit(12)]), '=', committee))
  if (kind) query = query.where('kind', '=', kind)
  const rows = await query.orderBy('id').execute()
  return rows.map(deviceOf)
}

/** The device that took this one's place. */
export async function replacementOf(tx: Tx, device: DeviceId): Promise<DeviceId | null> {
  const row = await tables<DevicesTables>(tx)
    .selectFrom('devices.device')
    .select('id')
    .where('replaces', '=', device)
    .executeTakeFirst()
  return (row?.id ?? null) as DeviceId | null
}

/** The device that works under a name behind a gateway. */
export async function namedAtGateway(
  tx: Tx,
  gateway: GatewayId,
  name: string,
): Promise<DeviceId | undefined> {
  const row = await tables<DevicesTables>(tx)
    .selectFrom('devices.device')
    .select('id')
    .where('gateway', '=', gateway)
    .where('name_at_gateway', '=', name)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return row?.id as DeviceId | undefined
}

/** `gateway name` of every device that works under a name behind a gateway of the street. */
export async function namesTaken(tx: Tx, street: StreetCode): Promise<Set<string>> {
  const rows = await tables<DevicesTables>(tx)
    .selectFrom('devices.device')
    .select(['gateway', 'name_at_gateway'])
    .where('street', '=', street)
    .where('name_at_gateway', 'is not', null)
    .where('revoked_at', 'is', null)
    .execute()
  return new Set(rows.map((row) => `${row.gateway} ${row.name_at_gateway}`))
}

/** False where the gateway has one of that name already. */
export async function addDevices(
  tx: Tx,
  added: readonly { device: Device; passwordDigest: Buffer }[],
): Promise<boolean> {
  const rows = added.map(({ device, passwordDigest }) => ({
    street: device.street,
    id: device.device,
    kind: device.kind,
    place: device.place,
    heartbeat_seconds: device.heartbeatSeconds,
    password_sha256: passwordDigest.toString('hex'),
    installed_at: toDate(device.installedAt),
    gateway: device.gateway,
    name_at_gateway: device.nameAtGateway,
    model: device.model,
    purpose: device.purpose,
    per_minute_max: device.perMinuteMax,
    label: device.label,
    keeper: device.keeper,
    lent_until: device.lentUntil,
    replaces: device.replaces,
  }))
  const done = await sql`
    insert into devices.device (street, id, kind, place, heartbeat_seconds, password_sha256,
      installed_at, gateway, name_at_gateway, model, purpose, per_minute_max, label, keeper,
      lent_until, replaces)
    select street, id, kind, place, heartbeat_seconds, decode(password_sha256, 'hex'),
      installed_at, gateway, name_at_gateway, model, purpose, per_minute_max, label, keeper,
      lent_until, replaces
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (street text, id uuid, kind text,
      place text, heartbeat_seconds int, password_sha256 text, installed_at timestamptz,
      gateway uuid, name_at_gateway text, model text, purpose text, per_minute_max int,
      label text, keeper text, lent_until date, replaces uuid)
    on conflict do nothing
  `.execute(tx)
  return Number(done.numAffectedRows ?? 0n) === added.length
}

/** What may change on a device that works. Undefined where it is revoked or not there. */
export async function changeDevice(
  tx: Tx,
  device: DeviceId,
  change: {
    place?: PlaceCode
    purpose?: DevicePurpose
    lentUntil?: string | null
    revokedAt?: Instant
    passwordDigest?: Buffer
  },
): Promise<Device | undefined> {
  const { place, purpose, lentUntil, revokedAt, passwordDigest } = change
  const row = await tables<DevicesTables>(tx)
    .updateTable('devices.device')
    .set({
      ...(place === undefined ? {} : { place }),
      ...(purpose === undefined ? {} : { purpose }),
      ...(lentUntil === undefined ? {} : { lent_until: lentUntil }),
      ...(revokedAt === undefined ? {} : { revoked_at: toDate(revokedAt) }),
      ...(passwordDigest === undefined ? {} : { password_sha256: passwordDigest }),
    })
    .where('id', '=', device)
    .where('revoked_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  return row && deviceOf(row)
}

/** The row is locked: two acts on one device come one after the other. */
export async function lockDevice(tx: Tx, device: DeviceId): Promise<Device | undefined> {
  const row = await tables<DevicesTables>(tx)
    .selectFrom('devices.device')
    .selectAll()
    .where('id', '=', device)
    .forUpdate()
    .executeTakeFirst()
  return row && deviceOf(row)
}

/** False where the street has a gateway of that name. */
export async function addGateway(
  tx: Tx,
  gateway: Gateway,
  passwordDigest: Buffer,
): Promise<boolean> {
  const done = await tables<DevicesTables>(tx)
    .insertInto('devices.gateway')
    .values({
      street: gateway.street,
      id: gateway.gateway,
      name: gateway.name,
      maker: gateway.maker,
      format: gateway.format,
      place: gateway.place,
      password_sha256: passwordDigest,
      installed_at: toDate(gateway.installedAt),
      revoked_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

export async function changeGateway(
  tx: Tx,
  gateway: GatewayId,
  change: { revokedAt?: Instant; passwordDigest?: Buffer },
): Promise<Gateway | undefined> {
  const { revokedAt, passwordDigest } = change
  const row = await tables<DevicesTables>(tx)
    .updateTable('devices.gateway')
    .set({
      ...(revokedAt === undefined ? {} : { revoked_at: toDate(revokedAt) }),
      ...(passwordDigest === undefined ? {} : { password_sha256: passwordDigest }),
    })
    .where('id', '=', gateway)
    .where('revoked_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  return row && gatewayOf(row)
}

export type Step = {
  at: Instant
  act: StepAct
  place: PlaceCode | null
  words: string
  byPost: PostId | null
  title: string | null
  unit: string | null
}
export type NewStep = Step & { street: StreetCode; id: string; source: DeviceId | GatewayId }

export async function addSteps(tx: Tx, steps: readonly NewStep[]): Promise<void> {
  const rows = steps.map(({ source, byPost, at, ...step }) => ({
    ...step,
    device: source,
    at: toDate(at),
    by_post: byPost,
  }))
  await sql`
    insert into devices.step (street, id, device, at, act, place, words, by_post, title, unit)
    select street, id, device, at, act, place, words, by_post, title, unit
    from json_to_recordset(${JSON.stringify(rows)}::json) as row (street text, id uuid,
      device uuid, at timestamptz, act text, place text, words text, by_post uuid, title text,
      unit text)
  `.execute(tx)
}

/** What was done to a device or gateway, newest first. */
export async function stepsOf(tx: Tx, source: DeviceId | GatewayId, limit = 200): Promise<Step[]> {
  const rows = await tables<DevicesTables>(tx)
    .selectFrom('devices.step')
    .selectAll()
    .where('device', '=', source)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    at: toInstant(row.at),
    act: row.act as StepAct,
    place: row.place as PlaceCode | null,
    words: row.words,
    byPost: row.by_post as PostId | null,
    title: row.title,
    unit: row.unit,
  }))
}

/** Devices behind a gateway that are not revoked. */
export async function devicesBehind(tx: Tx, gateway: GatewayId): Promise<Device[]> {
  const rows = await tables<DevicesTables>(tx)
    .selectFrom('devices.device')
    .selectAll()
    .where('gateway', '=', gateway)
    .where('revoked_at', 'is', null)
    .execute()
  return rows.map(deviceOf)
}
