import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'
import { template } from './template.ts'

/** A database of the test's own; it goes away with `await using`. */
export type TestDatabase = AsyncDisposable & {
  /** the owner: everything is allowed */
  ownerUrl: string
  /** the role of requests: row level security binds it */
  appUrl: string
}

let own: { ownerUrl: string; appUrl: string } | undefined

/** Databases come from this server, and not from the one that all tests share. */
export function useServer(server: typeof own): void {
  own = server
}

/** A clone of the migrated template (0.1–0.3 s), with roles and job tables, and no rows of ours. */
export async function openDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asOwner(`create database ${name} template ${template} strategy file_copy`)
  return {
    ownerUrl: at(own?.ownerUrl ?? inject('ownerUrl'), name),
    appUrl: at(own?.appUrl ?? inject('appUrl'), name),
    [Symbol.asyncDispose]: () => asOwner(`drop database ${name} with (force)`),
  }
}

function at(url: string, database: string): string {
  const made = new URL(url)
  made.pathname = `/${database}`
  return made.href
}

async function asOwner(statement: string): Promise<void> {
  const client = new Client({ connectionString: own?.ownerUrl ?? inject('ownerUrl') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
