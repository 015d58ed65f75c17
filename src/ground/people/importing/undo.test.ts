import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStreets, type Streets } from '../../../../tests/rig/streets.ts'
import { dayMs } from '../../../kernel/clock.ts'
import { bring, nextId, type Row } from './testing/index.ts'

let town: Streets
beforeAll(async () => {
  town = await openStreets()
})
afterAll(() => town[Symbol.asyncDispose]())

/** What stands in every table that an import writes to, but that there was an import. */
const everything = async () => {
  const of = async (table: string) =>
    (await town.owner(`select t::text as row from ${table} t order by 1`)).map(({ row }) => row)
  const tables = ['people.person', 'people.residence', 'people.household', 'people.number']
  tables.push('people.search_entry', 'people.ownership', 'people.home_area', 'duties.body')
  tables.push('duties.post', 'places.compound', 'places.building', 'places.home')
  return Object.fromEntries(
    await Promise.all(tables.map(async (table) => [table, await of(table)] as const)),
  )
}

const undo = (id: string, by = town.a.officer) =>
  by.post('/api/people/imports/undo', { import: id })

const home = (room: string, more: Row = {}): Row => ({
  ...{ committee: town.a.committee, compound: '撤回小区', building: '1幢', stair: '1', room },
  ...more,
})

test('an import of each kind is taken back without a trace, in the order it came', async () => {
  const start = await everything()
  const at = { compound: '撤回小区', stair: '1号' }
  const id = nextId()
  const area = { area: '98.5', areaSource: '登记' }
  const imports = [
    await bring(town.a.officer, 'homes', [home('101', area), home('102')]),
    await bring(town.a.officer, 'residents', [
      { ...at, room: '101', name: '甲一', idNumber: id, phone: '13700000001' },
      { ...at, room: '101', name: '甲二', household: '2' },
    ]),
    await bring(town.a.officer, 'owners', [
      { ...at, room: '101', name: '甲一', idNumber: id, share: '1/2', ...area },
      { ...at, room: '101', name: '乙一', share: '1/2' },
      { ...at, room: '102', name: '乙一', idNumber: nextId(), areaSource: '合同', area: '50' },
    ]),
    await bring(town.a.officer, 'staff', [
      { bodyKind: '物业', body: '撤回物业', title: '保安', name: '丙一', rank: '1' },
    ]),
  ]
  expect(imports.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done'])
  expect(await everything()).not.toEqual(start)
  for (const each of imports.toReversed()) {
    const { body } = await undo(each.import)
    expect(body).toEqual({ gone: each.good, stayCount: 0, stays: [] })
  }
  expect(await everything()).toEqual(start)
  expect((await undo(imports[0]!.import)).body.fault).toBe('already-so')
  const { body } = await town.a.officer.get(`/api/people/imports/one?import=${imports[0]!.import}`)
  expect(body.state).toBe('undone')
})

test('what was changed or is used since stays with all of its line, and is named', async () => {
  const rows = ['在家', '改名', '上岗', '搬走', '改号'].map((name) => ({
    ...{ home: town.a.homes[3]!, name: `${name}的人`, phone: '13700000002' },
  }))
  const { import: id, state } = await bring(town.a.officer, 'residents', rows)
  expect(state).toBe('done')
  const people = new Map(
    (await town.owner(`select name, id from people.person where name like '%的人'`)).map(
      (row: any) => [row.name.slice(0, 2), row.id],
    ),
  )
  await town.owner(`update people.person set name = '改过的人' where id = $1`, [people.get('改名')])
  const post = { body: town.a.body, title: '社工', person: people.get('上岗'), rank: 8 }
  expect((await town.a.officer.post('/api/duties/posts', post)).status).toBe(200)
  await town.owner(`update people.residence set to_at = now() where person = $1`, [
    people.get('搬走'),
  ])
  await town.owner(
    `insert into people.number_change (street, id, person, kind, sealed, key, by_person, by_post,
      asked_at, until) values ($1, gen_random_uuid(), $2, 'phone', 'x', 'x', $2, $2, now(), now())`,
    [town.a.street, people.get('改号')],
  )
  expect((await undo(id)).body).toEqual({
    ...{ gone: 1, stayCount: 4 },
    stays: [
      { line: 3, because: 'changed' },
      { line: 4, because: 'in-use' },
      { line: 5, because: 'changed' },
      { line: 6, because: 'in-use' },
    ],
  })
  const left = await town.owner(`
    select name, (select count(*) from people.residence where person = id) as lives,
      (select count(*) from people.number where person = id) as numbers,
      (select count(*) from people.search_entry where person = id) as entries
    from people.person where name like '%的人' order by name collate "C"`)
  expect(left.map(({ name }) => name)).toEqual(['上岗的人', '搬走的人', '改号的人', '改过的人'])
  // Nothing half: whoever stays has all of it.
  expect(left.every(({ lives, numbers }) => lives === 1 && numbers === 1)).toBe(true)
  const [{ homes }] = await town.owner(
    `
    select count(*) as homes from people.household where home = $1`,
    [town.a.homes[3]],
  )
  expect(homes).toBe(1)
})

test('homes stay where somebody lives or something hangs in them by now', async () => {
  const { import: id } = await bring(town.a.officer, 'homes', [
    ...[home('301'), home('302'), home('303')],
  ])
  const code = (room: string) => ({ compound: '撤回小区', stair: '1', room })
  await bring(town.a.officer, 'residents', [{ ...code('301'), name: '住进来' }])
  const [{ place }] = await town.owner(
    `select code as place from places.home where code like '%-1-302' and street = $1`,
    [town.a.street],
  )
  await town.a.officer.post('/api/devices/add', { kind: 'motion', place, perMinuteMax: 10 })
  await town.settled()
  expect((await undo(id)).body).toEqual({
    ...{ gone: 1, stayCount: 2 },
    stays: [
      { line: 2, because: 'in-use' },
      { line: 3, because: 'in-use' },
    ],
  })
  const rest = await town.owner(`
    select home.room, building.name, compound.name as compound from places.home
    join places.building on building.id = home.building
    join places.compound on compound.code = home.compound
    where compound.name = '撤回小区' order by room`)
  expect(rest.map(({ room }) => room)).toEqual(['301', '302'])
})

test('only by an officer of the street or whoever brought it, and within 30 days', async () => {
  const row = { home: town.a.homes[3]!, name: '迟来' }
  const { import: id } = await bring(town.a.officer, 'residents', [row])
  expect((await undo(id, town.b.officer)).status).toBe(404)
  expect((await undo(id, town.a.worker)).status).toBe(404)
  const own = await bring(town.a.worker, 'residents', [{ ...row, name: '社工的' }])
  expect((await undo(own.import, town.a.deputy)).status).toBe(404)
  expect((await undo(own.import, town.a.worker)).body).toMatchObject({ gone: 1 })
  const mine = (await town.a.worker.get('/api/people/imports')).body.imports
  expect(mine).toMatchObject([{ import: own.import, byAsker: true, undoUntil: null }])
  const [listed] = (await town.a.officer.get('/api/people/imports')).body.imports.filter(
    (one: any) => one.import === id,
  )
  town.clock.set({ at: listed.undoUntil })
  await town.program.letGo()
  const token = await town.tokenOf(town.a.officer.name)
  const late = await town.call(token, 'POST', '/api/people/imports/undo', { import: id })
  expect(late.body.fault).toBe('undo-over')
  expect(listed.undoUntil - listed.at).toBe(30 * dayMs)
  const rows = await town.owner('select 1 from people.import_row where import = $1', [id])
  expect(rows).toEqual([])
})
