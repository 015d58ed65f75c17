/** What an older release leaves: people who agreed, in a street that never thought it through. */
import { readFileSync } from 'node:fs'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase, type TestDatabase } from '../../../../tests/rig/database.ts'

let database: TestDatabase
let client: Client

beforeAll(async () => {
  database = await openDatabase()
  client = new Client({ connectionString: database.ownerUrl })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await database[Symbol.asyncDispose]()
})

const tables = [
  'privacy.renewal',
  'privacy.words_in_use',
  'privacy.purpose_switch',
  'privacy.impact',
]

test('what lives goes on, is switched on by nobody, and says that it was carried over', async () => {
  const agreed = (street: string, purpose: string, endedAt: string | null) =>
    client.query(
      `insert into privacy.consent (street, id, person, home, purpose, text_version, given_at,
         until, ended_at, given_by, is_on_paper)
       values ($1, gen_random_uuid(), gen_random_uuid(), 'h', $2, 2, now(), now(), $3, 'person',
         false)`,
      [street, purpose, endedAt],
    )
  await agreed('310104011', 'agreed-care', null)
  await agreed('310104011', 'agreed-care', null)
  await agreed('310104011', 'agreed-calls', null)
  await agreed('310104012', 'wandering-guard', '2026-01-01')
  await client.query(
    `insert into scenarios.version (street, rule, version, state, definition, reason, made_at)
     values ('310104012', 'overcrowding', 1, 'in-force', '{}', 'r', now()),
       ('310104013', 'overcrowding', 1, 'draft', '{}', 'r', now())`,
  )
  for (const table of tables) await client.query(`drop table ${table}`)
  await client.query('drop function privacy.is_on')

  await client.query('begin')
  await client.query(readFileSync('migrations/0027-purposes.sql', 'utf8'))
  await client.query('commit')

  const { rows } = await client.query(
    `select s.street, s.purpose, turn, is_on, by_person.is_nobody, necessity
     from privacy.purpose_switch as s join privacy.impact on impact.id = s.impact
     cross join lateral (
       select s.by_person = '00000000-0000-0000-0000-000000000000' as is_nobody) as by_person
     order by 1, 2`,
  )
  expect(rows).toMatchObject([
    { street: '310104011', purpose: 'agreed-care', turn: 1, is_on: true, is_nobody: true },
    { street: '310104012', purpose: 'crowding-check', turn: 1, is_on: true, is_nobody: true },
  ])
  expect(rows[0].necessity).toContain('沿用')
  const on = await client.query(
    `select privacy.is_on('310104011', 'agreed-care') as care,
       privacy.is_on('310104011', 'wandering-guard') as guard,
       privacy.is_on('310104013', 'crowding-check') as crowding`,
  )
  expect(on.rows).toEqual([{ care: true, guard: false, crowding: false }])
})
