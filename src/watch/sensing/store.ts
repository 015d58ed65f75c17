import type { Selectable } from 'kysely'
import type { Instant } from '../../kernel/clock.ts'
import type { DeviceId, HomeCode, StreetCode } from '../../kernel/ids.ts'
import { maybeInstant, tables, toDate, toInstant, type Tx } from '../../platform/sql.ts'
import type { SensingTables } from './tables.gen.ts'
import type { Device, DeviceKind, Refusal } from './types.ts'

function deviceOf(row: Selectable<SensingTables['sensing.device']>): Device {
  return {
    device: row.id as DeviceId,
    street: row.street as StreetCode,
    kind: row.kind as DeviceKind,
    home: row.home as HomeCode,
    gateway: row.gateway,
    heartbeatSeconds: row.heartbeat_seconds,
    installedAt: toInstant(row.installed_at),
    revokedAt: maybeInstant(row.revoked_at),
  }
}

export async function addDevice(tx: Tx, device: Device, passwordDigest: Buffer): Promise<void> {
  await tables<SensingTables>(tx)
    .insertInto('sensing.device')
    .values({
      id: device.device,
      street: device.street,
      kind: device.kind,
      home: device.home,
      gateway: device.gateway,
      heartbeat_seconds: device.heartbeatSeconds,
      password_sha256: passwordDigest,
      installed_at: toDate(device.installedAt),
    })
    .execute()
}

export async function revoke(tx: Tx, device: DeviceId, at: Instant): Promise<Device | undefined> {
  const row = await tables<SensingTables>(tx)
    .updateTable('sensing.device')
    .set({ revoked_at: toDate(at) })
    .where('id', '=', device)
    .where('revoked_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  return row && deviceOf(row)
}

export async function deviceNamed(tx: Tx, device: DeviceId): Promise<Device | undefined> {
  const row = await tables<SensingTables>(tx)
    .selectFrom('sensing.device')
    .selectAll()
    .where('id', '=', device)
    .executeTakeFirst()
  return row && deviceOf(row)
}

/** Devices with their password digests: the whole installation, or one; for intake's memory. */
export async function devicesWithDigests(tx: Tx, device?: DeviceId) {
  let query = tables<SensingTables>(tx).selectFrom('sensing.device').selectAll()
  if (device) query = query.where('id', '=', device)
  const rows = await query.execute()
  return rows.map((row) => ({ device: deviceOf(row), passwordDigest: row.password_sha256 }))
}

export async function devicesAt(tx: Tx, home: HomeCode): Promise<Device[]> {
  const rows = await tables<SensingTables>(tx)
    .selectFrom('sensing.device')
    .selectAll()
    .where('home', '=', home)
    .where('revoked_at', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(deviceOf)
}

export async function refusalsOf(tx: Tx, device: DeviceId, sinceDay: string) {
  const rows = await tables<SensingTables>(tx)
    .selectFrom('sensing.refusal')
    .select(['reason', 'count', 'last_at'])
    .select((eb) => eb.cast<string>('day', 'text').as('day'))
    .where('device', '=', device)
    .where('day', '>=', sinceDay)
    .orderBy('day', 'desc')
    .orderBy('reason')
    .execute()
  return rows.map((row) => ({
    day: row.day,
    reason: row.reason as Refusal,
    count: row.count,
    lastAt: toInstant(row.last_at),
  }))
}

export async function deleteRefusalsBefore(tx: Tx, day: string): Promise<number> {
  const done = await tables<SensingTables>(tx)
    .deleteFrom('sensing.refusal')
    .where('day', '<', day)
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}
