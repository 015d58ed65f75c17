import { Client } from 'pg'
import { expect, test } from 'vitest'
import { openDatabase } from './database.ts'

test('two tests never share rows, and nothing is left of either', async () => {
  let name = ''
  {
    await using one = await openDatabase()
    await using two = await openDatabase()
    await ask(one.ownerUrl, 'create table mine (here int)')
    name = new URL(one.ownerUrl).pathname.slice(1)
    await expect(ask(two.ownerUrl, 'select * from mine')).rejects.toThrow(/does not exist/)
  }
  await using later = await openDatabase()
  const found = await ask(later.ownerUrl, `select 1 from pg_database where datname = '${name}'`)
  expect(found).toEqual([])
})

test('the role of requests owns nothing and cannot step past row level security', async () => {
  await using database = await openDatabase()
  const [role] = await ask(
    database.appUrl,
    'select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user',
  )
  expect(role).toEqual({
    rolsuper: false,
    rolbypassrls: false,
    rolcreatedb: false,
    rolcreaterole: false,
  })
  await expect(ask(database.appUrl, 'create table here (x int)')).rejects.toThrow(/denied/)
})

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
