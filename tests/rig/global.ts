import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import type { TestProject } from 'vitest/node'
import { prepareJobs } from '../../src/platform/jobs.ts'
import { ensureRoles, migrate } from '../../src/platform/migrate.ts'
import { startPostgres, type Postgres } from '../../src/platform/postgres.ts'
import { unpackBrowser } from './shelf.ts'
import { template } from './template.ts'

let server: Postgres | undefined
let folder: string | undefined

/**
 * Once for all test files: a real server with the whole schema, and a real browser on the shelf.
 */
export async function setup(project: TestProject): Promise<void> {
  const shelf = await unpackBrowser()
  const { ownerUrl, appUrl } = await openServer()
  project.provide('ownerUrl', ownerUrl)
  project.provide('appUrl', appUrl)
  project.provide('shelf', shelf)
}

/**
 * `hear`: what the server writes to its log. One at a time; `teardown` ends it. `isNear`: it is
 * reached without the network, which costs half as much where a million requests are made.
 */
export async function openServer(
  hear: (words: string) => void = () => undefined,
  isNear = false,
): Promise<{ ownerUrl: string; appUrl: string }> {
  folder = mkdtempSync(join(tmpdir(), 'lilong-test-'))
  const socketDir = isNear ? { socketDir: join(folder, 'postgres') } : {}
  const wish = { dataDir: folder, say: () => undefined, hear, durable: false, ...socketDir }
  server = await startPostgres(wish)
  const { appUrl } = await ensureRoles(server.url, folder)
  await makeTemplate(server.url).catch(async (why: unknown) => {
    await teardown()
    throw why
  })
  const near = (url: string) =>
    isNear ? `${url}?host=${encodeURIComponent(socketDir.socketDir ?? '')}` : url
  return { ownerUrl: near(server.url), appUrl: near(appUrl) }
}

export async function teardown(): Promise<void> {
  await server?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
}

async function makeTemplate(ownerUrl: string): Promise<void> {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query(`create database ${template}`)
  await client.end()
  const url = new URL(ownerUrl)
  url.pathname = `/${template}`
  await migrate(url.href, 'migrations')
  await prepareJobs(url.href)
}
