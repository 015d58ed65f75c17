/** Which database this program stands on: its own, or the one that `LILONG_DATABASE_URL` names. */
import { join } from 'node:path'
import pg from 'pg'
import { ensureRoles, migrate, schemasOf } from './platform/migrate.ts'
import { dropOurs, openOutside } from './platform/outside-postgres.ts'
import { startPostgres, type Postgres } from './platform/postgres.ts'
import { appRole, appRoleFor } from './platform/roles.ts'
import type { Config } from './config.ts'

export const migrationsDir = join(import.meta.dirname, '../migrations')

type Where = Pick<Config, 'dataDir' | 'databaseUrl'>

export async function openPostgres(
  { dataDir, databaseUrl }: Where,
  told: { say: (line: string) => void; hear: (words: string) => void },
): Promise<Postgres> {
  if (databaseUrl === null) return startPostgres({ dataDir, ...told })
  return openOutside({ url: databaseUrl, dataDir, schemas: schemasOf(migrationsDir) })
}

/** Its tables, and the role that requests run as. */
export async function prepareDatabase(
  { dataDir, databaseUrl }: Where,
  ownerUrl: string,
): Promise<{ ownerUrl: string; appUrl: string }> {
  const role = freshRole(databaseUrl)
  await migrate(ownerUrl, migrationsDir, undefined, role)
  return { ownerUrl, ...(await ensureRoles(ownerUrl, dataDir, role)) }
}

/** The request role of a database without one: on a server that others share, one of its own. */
export function freshRole(databaseUrl: string | null): string {
  if (databaseUrl === null) return appRole
  return appRoleFor(decodeURIComponent(new URL(databaseUrl).pathname.slice(1)))
}

/** Deletes everything of ours. What else a server holds, and every role, stays. */
export async function emptyDatabase({ databaseUrl }: Where, ownerUrl: string): Promise<void> {
  if (databaseUrl !== null) return dropOurs(ownerUrl, schemasOf(migrationsDir))
  const admin = new URL(ownerUrl)
  const name = admin.pathname.slice(1)
  admin.pathname = '/postgres'
  const client = new pg.Client({ connectionString: admin.href })
  await client.connect()
  try {
    await client.query(`drop database if exists ${name} with (force)`)
    await client.query(`create database ${name}`)
  } finally {
    await client.end()
  }
}
