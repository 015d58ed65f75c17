/** The second wall inside a street: the register opens committee by committee. */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillPermission } from './rig/leavings.ts'
import { personTables } from './rig/person-columns.ts'
import { openStreets, type Streets } from './rig/streets.ts'
import { fillRegister } from './rig/world-rows.ts'
import { partsOf } from './rig/world.ts'

let town: Streets
let app: pg.Client

beforeAll(async () => {
  town = await openStreets({ neighbours: true })
  for (const part of Object.values(partsOf(town))) {
    await fillRegister(town.owner, part, town.clock.now())
    await fillPermission(town.owner, part)
  }
  app = new pg.Client({ connectionString: town.appUrl })
  await app.connect()
})
afterAll(async () => {
  await app.end()
  await town[Symbol.asyncDispose]()
})

type Scope = { street: string; committees: string }

async function as<T>({ street, committees }: Scope, work: () => Promise<T>) {
  await app.query('begin')
  try {
    await app.query(
      `select set_config('lilong.street', $1, true), set_config('lilong.committees', $2, true)`,
      [street, committees],
    )
    return await work()
  } finally {
    await app.query('rollback')
  }
}

describe('committee by committee', () => {
  const rowsIn = async (table: string) => (await app.query(`select * from ${table}`)).rows

  const byCommittee = () =>
    town.owner<{ name: string }>(
      `select distinct schemaname || '.' || tablename as name from pg_policies
       where policyname in ('own_committees', 'in_scope') order by 1`,
    )
  /** The committee of a row: of its home, or of where its person lives. */
  const committeeOfRow = async (row: any): Promise<string> => {
    if (row.home) return row.home.slice(0, 12)
    const [lives] = await town.owner(
      'select home from people.residence where person = $1 and to_at is null',
      [row.person],
    )
    return lives?.home.slice(0, 12) ?? ''
  }

  test('the register opens to the committees that a transaction names, and to no other', async () => {
    const { street, committee, next } = town.a
    const tables = await byCommittee()
    expect(tables.length).toBeGreaterThanOrEqual(7)
    for (const { name } of tables) {
      const all = await town.owner(`select * from ${name} where street = $1`, [street])
      const committees = await Promise.all(all.map(committeeOfRow))
      for (const one of [committee, next!.committee]) {
        const wanted = committees.filter((of) => of === one).length
        expect({ name, wanted }).not.toEqual({ name, wanted: 0 })
        const seen = await as({ street, committees: one }, () => rowsIn(name))
        expect({ name, seen: seen.length }).toEqual({ name, seen: wanted })
        const of = new Set(await Promise.all(seen.map(committeeOfRow)))
        expect({ name, of: [...of] }).toEqual({ name, of: [one] })
      }
      for (const wrong of ['', '310104', `${committee} `, '%', `${street}999`, town.b.committee]) {
        const seen = await as({ street, committees: wrong }, () => rowsIn(name))
        expect({ name, wrong, seen }).toEqual({ name, wrong, seen: [] })
      }
    }
  })

  /**
   * The others of a street are walled by it alone: who asks for them comes by a task, a request on
   * record or their own act, and names and homes are looked up for every one of these.
   */
  test('every table with a person in it says how far inside the street it opens', async () => {
    const walled = new Set((await byCommittee()).map(({ name }) => name))
    const byStreet = personTables.filter((name) => !walled.has(name))
    expect(byStreet).toEqual([
      ...['care.asked_contact', 'care.offer', 'care.plan', 'care.question'],
      ...['delivery.note', 'delivery.subscription', 'duties.post'],
      ...['ceremony', 'grant', 'grant_code', 'link', 'oidc_subject', 'opening', 'pass', 'passkey']
        .concat(['session', 'shown_code', 'standing', 'vouching'])
        .map((name) => `identity.${name}`),
      ...['people.person', 'people.residence', 'people.search_entry'],
      ...['authority_request', 'consent', 'look', 'own_request', 'question', 'refusal']
        .concat(['request'])
        .map((name) => `privacy.${name}`),
      ...['scenarios.watch', 'tasks.concerned', 'tasks.task'],
    ])
  })

  test('no row of it comes into another committee, and none is changed there', async () => {
    const { street, committee, next } = town.a
    const there = next!.homes[0]
    const scope = { street, committees: committee }
    for (const name of [
      'people.household',
      'people.ownership',
      'people.home_area',
      'identity.claim',
    ]) {
      const move = () => as(scope, () => app.query(`update ${name} set home = $1`, [there]))
      await expect(move(), name).rejects.toThrow(/row-level security/)
      const touched = await as(scope, () =>
        app.query(`update ${name} set street = street where left(home, 12) = $1`, [
          next!.committee,
        ]),
      )
      expect({ name, touched: touched.rowCount }).toEqual({ name, touched: 0 })
    }
    const add = () =>
      as(scope, () =>
        app.query('insert into people.household values ($1, gen_random_uuid(), $2, now())', [
          ...[street, there],
        ]),
      )
    await expect(add()).rejects.toThrow(/row-level security/)
  })

  test('a search goes no further than its transaction may see', async () => {
    const { street, committee, next } = town.a
    const search = (scope: Scope, of: string, committees: readonly string[] | null, most = 20) =>
      as(scope, () =>
        app.query('select * from people.search($1, $2, $3::text[], $4)', [
          ...[of, committees, committees?.map(() => `'${committee}:金丝雀'`) ?? null, most],
        ]),
      )
    const own = { street, committees: committee }
    await expect(rowsIn('people.search_entry')).rejects.toThrow(/permission denied/)
    expect((await search(own, street, [committee])).rowCount).toBeLessThanOrEqual(1)
    const beyond: [Scope, string, readonly string[] | null, number?][] = [
      [own, street, [next!.committee]],
      [own, street, [committee, next!.committee]],
      [own, town.b.street, [town.b.committee]],
      [own, street, []],
      [own, street, null],
      [own, street, [committee], 51],
      [own, street, [committee], 0],
      [{ street, committees: '' }, street, [committee]],
      [{ street: '', committees: '*' }, '', [committee]],
      [{ street, committees: '*' }, street, [town.b.committee]],
    ]
    for (const [scope, ...asked] of beyond) {
      await expect(search(scope, ...asked), JSON.stringify([scope, asked])).rejects.toThrow(
        /beyond its scope/,
      )
    }
    const [row] = await town.owner('select count(*)::int as n from people.search_entry')
    expect(row.n).toBeGreaterThan(2)
  })
})
