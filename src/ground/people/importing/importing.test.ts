import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStreets, type Streets } from '../../../../tests/rig/streets.ts'
import { numberOf } from '../numbers/index.ts'
import { bring, dry, nextId, table, wrong, type Row } from './testing/index.ts'

let town: Streets
beforeAll(async () => {
  town = await openStreets()
})
afterAll(() => town[Symbol.asyncDispose]())

const compound = '新村甲'
const counts = async () =>
  (
    await town.owner(`select
      (select count(*) from people.person) as people,
      (select count(*) from people.residence) as residences,
      (select count(*) from people.household) as households,
      (select count(*) from people.number) as numbers,
      (select count(*) from people.ownership) as shares,
      (select count(*) from people.home_area) as areas,
      (select count(*) from people.search_entry) as entries,
      (select count(*) from people.import) as imports,
      (select count(*) from places.home) as homes,
      (select count(*) from places.building) as buildings,
      (select count(*) from places.compound) as compounds,
      (select count(*) from duties.body) as bodies,
      (select count(*) from duties.post) as posts`)
  )[0]

describe('residents', () => {
  test('come in with numbers sealed, homes found however they are written', async () => {
    const number = nextId('19431111').toLowerCase()
    const before = await counts()
    const done = await bring(town.a.officer, 'residents', [
      { compound, stair: '２６号', room: '101室', name: '单雄信', reading: 'Shan xiong xin' },
      { compound, door: '二十六号一〇二', name: '阿依古丽·买买提', phone: '+86 139 1000 0001' },
      {
        ...{ home: town.a.homes[2]!, name: '𠮷䶮', idNumber: number, relation: '户主' },
        ...{ tenure: '租客', movedIn: '2020年2月29日', livesAlone: '是' },
      },
    ])
    expect(done).toMatchObject({ state: 'done', done: 3, good: 3, bad: 0 })
    expect(await counts()).toMatchObject({ people: before.people + 3 })
    const rows = await town.owner(`
      select name, reading, born_on, home, relation, tenure, lives_alone,
        to_char(from_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') as since, person.id
      from people.person join people.residence on residence.person = person.id
      where name in ('单雄信', '阿依古丽·买买提', '𠮷䶮') order by home`)
    expect(rows).toMatchObject([
      { name: '单雄信', reading: 'shan xiong xin', home: town.a.homes[0] },
      { name: '阿依古丽·买买提', home: town.a.homes[1] },
      {
        ...{ name: '𠮷䶮', born_on: '1943-11-11', relation: 'head', tenure: 'tenant' },
        ...{ home: town.a.homes[2], since: '2020-02-29 00:00', lives_alone: true },
      },
    ])
    const { given } = town.program
    const kept = await given.db.inStreet({ street: town.a.street, committees: '*' }, (tx) =>
      numberOf(given, tx, rows[2].id, 'id-number'),
    )
    expect(kept).toBe(number.toUpperCase())
    expect(await town.tablesHolding(number.toUpperCase())).toEqual([])
    expect(await town.tablesHolding('13910000001')).toEqual([])
    expect(town.logged.join()).not.toContain('13910000001')
  })

  test('what is wrong is told by line and column, and nothing comes in', async () => {
    const good = { compound, stair: '26', room: '101' }
    const rows: Row[] = [
      { ...good, name: '' },
      { ...good, name: '王' },
      { ...good, name: '王😀五' },
      { ...good, name: '王\u202e五' },
      { ...good, name: '王五', idNumber: '310104196001010011' },
      { ...good, name: '王五', idNumber: '3.10104E+17' },
      { ...good, name: '王五', idNumber: '**************0011' },
      { ...good, name: '王五', phone: '12ab' },
      { ...good, name: '王五', bornOn: '2026-02-29' },
      { ...good, name: '王五', bornOn: '2026-07-08' },
      { ...good, name: '王五', movedIn: '2026-01-01 24:00' },
      { ...good, name: '王五', idNumber: nextId('19600102'), bornOn: '1960-01-03' },
      { ...good, name: '王五', relation: '邻居' },
      { ...good, name: '王五', livesAlone: '也许' },
      { ...good, name: '王五', movedIn: '2026-02-01', movedOut: '2026-01-01' },
      { ...good, room: '999', name: '王五' },
      { ...good, compound: '旧村', name: '王五' },
      { stair: '26', name: '王五' },
      { home: town.b.homes[0]!, name: '王五' },
      { ...good, committee: town.b.committee, name: '王五' },
    ]
    const before = await counts()
    expect(await wrong(town.a.officer, 'residents', rows)).toEqual([
      '2 姓名 This has to be filled in',
      '3 姓名 A name has 2 to 60 characters and no pictures in it',
      '4 姓名 A name has 2 to 60 characters and no pictures in it',
      '5 姓名 There are invisible control characters in this cell',
      '6 身份证号 Not an identity number',
      '7 身份证号 A table program has shortened this number (with an E)',
      '8 身份证号 This number is masked with stars',
      '9 电话 Not a telephone number',
      '10 出生日期 There is no such day',
      '11 出生日期 A birthday is not after today',
      '12 入住日期 There is no such day',
      '13 出生日期 The birthday is not the one in the identity number',
      '14 与户主关系 Not one of the words',
      '15 独居 Write yes or no',
      '16 搬离日期 It ends before it begins',
      '17 室号 The register has no such home',
      '18 小区 The register has no such compound',
      '19 室号 Write the code of the home',
      '20 住所编码 The register has no such home',
      '21 居委会 The street has no such committee',
    ])
    expect(
      await bring(town.a.officer, 'residents', [{ ...good, name: '好人' }, ...rows]),
    ).toMatchObject({
      ...{ state: 'refused', done: 0, bad: 20 },
    })
    expect(await counts()).toEqual(before)
  })
})

describe('homes', () => {
  const place = { committee: '', compound: '长岭小区', building: '１幢' }
  const home = (room: string, more: Row = {}): Row => ({
    ...{ ...place, committee: town.a.committee, stair: '一号', room, ...more },
  })

  test('make compounds, buildings and codes, and 1号 / １号 / 一号 are one stair', async () => {
    const before = await counts()
    const done = await bring(town.a.officer, 'homes', [
      home('501', { area: '98.5', areaSource: '产权登记' }),
      home('502', { stair: '1号', building: '一幢', area: '1.15', areaSource: 'survey' }),
      home('地下室1', { stair: '1号', floor: '地下1层', room: 'B01' }),
      home('101', { stair: '2号', building: '2号楼' }),
    ])
    expect(done).toMatchObject({ state: 'done', good: 4 })
    expect(await counts()).toMatchObject({
      ...{ compounds: before.compounds + 1, buildings: before.buildings + 2 },
      ...{ homes: before.homes + 4, areas: before.areas + 2 },
    })
    const rows = await town.owner(
      `
      select home.code, floor, area, source, building.name from places.home
      join places.building on building.id = home.building
      left join people.home_area on home_area.home = home.code
      where home.compound = $1 order by home.code`,
      [`${town.a.committee}-02`],
    )
    const code = (rest: string) => `${town.a.committee}-02-${rest}`
    expect(rows).toMatchObject([
      { code: code('1-501'), floor: 5, area: 9850, source: 'register', name: '１幢' },
      { code: code('1-502'), floor: 5, area: 115, source: 'survey', name: '１幢' },
      { code: code('1-B01'), floor: -1, area: null },
      { code: code('2-101'), floor: 1, area: null, name: '2号楼' },
    ])
  })

  test('that are there already are shown, refused, or left out', async () => {
    const rows = [home('501'), home('601'), home('601', { stair: '１号' })]
    expect(await dry(town.a.officer, 'homes', rows)).toMatchObject({
      ...{ lines: 3, good: 1, bad: 0, duplicateCount: 2 },
      duplicates: [
        { line: 2, like: 'home', other: null },
        { line: 4, like: 'home', other: 3 },
      ],
    })
    const before = await counts()
    expect(await bring(town.a.officer, 'homes', rows)).toMatchObject({ state: 'refused' })
    expect(await counts()).toEqual(before)
    const leave = { onDuplicate: 'leave-out' }
    expect(await bring(town.a.officer, 'homes', rows, leave)).toMatchObject({ state: 'done' })
    expect((await counts()).homes).toBe(before.homes + 1)
  })

  test('areas of three decimals, zero, negative or of no source, and strange doors', async () => {
    const area = (said: string, more: Row = {}) => home('701', { area: said, ...more })
    const source = { areaSource: '合同' }
    expect(
      await wrong(town.a.officer, 'homes', [
        ...[area('98.505', source), area('0', source), area('-3', source), area('1e3', source)],
        ...[area('98.5'), home('701', source), area('98.5', { areaSource: '听说' })],
        ...[home('701', { stair: '26甲' }), home('B', {}), home('701', { committee: '某居委' })],
        ...[
          home('702', { building: '2幢' }),
          home('703', { home: `${town.a.committee}-02-1-704` }),
        ],
      ]),
    ).toEqual([
      ...['2', '3', '4', '5'].map((line) => `${line} 面积 Write the area like 98`),
      '6 面积来源 An area needs its source',
      '7 面积 This has to be filled in',
      '8 面积来源 Not one of the words',
      '9 门牌号 A stair is up to 8 digits or letters',
      '10 楼层 Write the floor as a whole number',
      '11 居委会 The street has no such committee',
      '12 门牌号 Another building of this compound has this stair already',
      '13 住所编码 The code of the home is not that of this row’s committee',
    ])
  })

  test('a committee brings in its own only, and of another learns nothing', async () => {
    const own = [home('801')]
    expect(await dry(town.a.worker, 'homes', own)).toMatchObject({ good: 1, bad: 0 })
    const next = '310104011016'
    expect(await wrong(town.a.worker, 'homes', [home('801', { committee: next })])).toEqual([
      '2 居委会 This is another committee',
    ])
    const staff = await town.a.worker.post('/api/people/imports', table('staff', []))
    expect(staff.status).toBe(403)
  })
})

describe('duplicates of residents', () => {
  const at = (room: string, name: string, more: Row = {}): Row => ({
    ...{ compound, stair: '26', room, name, ...more },
  })

  test('are the same ID, name and phone, or name and home; two IDs are two persons', async () => {
    const [first, second] = [nextId(), nextId()]
    const known = [at('201', '钱一', { idNumber: first, phone: '13700000001' }), at('201', '钱二')]
    expect(await bring(town.a.officer, 'residents', known)).toMatchObject({ state: 'done' })
    const rows = [
      at('202', '另一人', { idNumber: first }),
      at('202', '钱·一', { phone: '+86 137 0000 0001' }),
      at('201', '钱二'),
      at('201', '钱一', { idNumber: second }),
      at('202', '钱二'),
      at('202', '赵三', { phone: '13700000009' }),
      at('201', '赵三', { phone: '0086-13700000009' }),
    ]
    const { duplicates, bad } = await dry(town.a.officer, 'residents', rows)
    expect({ duplicates, bad }).toEqual({
      bad: 0,
      duplicates: [
        { line: 2, like: 'id-number', other: null },
        { line: 3, like: 'phone-and-name', other: null },
        { line: 4, like: 'name-and-home', other: null },
        { line: 8, like: 'phone-and-name', other: 7 },
      ],
    })
    const leave = { onDuplicate: 'leave-out' }
    expect(await bring(town.a.officer, 'residents', rows, leave)).toMatchObject({ done: 3 })
  })

  test('a worker of another committee does not learn that somebody is registered', async () => {
    const id = nextId()
    const known = [at('201', '孙一', { idNumber: id })]
    expect(await bring(town.a.officer, 'residents', known)).toMatchObject({ state: 'done' })
    const far = [{ home: town.b.homes[0]!, name: '孙一', idNumber: id }]
    expect(await dry(town.b.officer, 'residents', far)).toMatchObject({
      duplicateCount: 0,
      good: 1,
    })
  })

  test('two families in one flat are two households', async () => {
    const two = [
      ...['周甲', '周乙'].map((name) => at('202', name, { household: '第一户' })),
      ...['吴甲', '吴乙'].map((name) => at('202', name, { household: '2' })),
    ]
    expect(await bring(town.a.officer, 'residents', two)).toMatchObject({ state: 'done' })
    const rows = await town.owner(`
      select string_agg(name, ' ' order by name collate "C") as names from people.person
      join people.residence on person = id
      where name ~ '^[周吴][甲乙]$' group by household order by 1`)
    expect(rows.map(({ names }) => names)).toEqual(['吴乙 吴甲', '周乙 周甲'])
  })
})

describe('owners', () => {
  const owns = (room: string, name: string, more: Row = {}): Row => ({
    ...{ compound, stair: '26', room, name, ...more },
  })

  test('own by shares, are met where the register knows them, and own twice as one', async () => {
    const id = nextId()
    const lives = { compound, stair: '26', room: '102', name: '冯一', idNumber: id }
    await bring(town.a.officer, 'residents', [lives], { onDuplicate: 'leave-out' })
    const before = await counts()
    const done = await bring(town.a.officer, 'owners', [
      owns('101', '冯一', { idNumber: id, share: '1/3', area: '88.08', areaSource: '登记' }),
      owns('101', '陈二', { share: '66.66%', area: '88.08', areaSource: 'register' }),
      owns('102', '冯一', { idNumber: id, standing: '合法占有', from: '2024/2/29' }),
      owns('201', '长岭置业', { kind: '开发商' }),
      owns('202', '旧主', { to: '2020-01-01', from: '2001-01-01' }),
    ])
    expect(done).toMatchObject({ state: 'done', done: 5 })
    expect(await counts()).toMatchObject({
      ...{ people: before.people + 2, shares: before.shares + 5, areas: before.areas + 1 },
    })
    const rows = await town.owner(`
      select right(home, 3) as room, coalesce(name, firm) as name, part, whole, is_registered,
        to_on::text, kind
      from people.ownership left join people.person on person.id = person
      order by home, part desc`)
    expect(rows).toMatchObject([
      { room: '101', name: '陈二', part: 3333, whole: 5000 },
      { room: '101', name: '冯一', part: 1, whole: 3 },
      { room: '102', name: '冯一', is_registered: false },
      { room: '201', name: '长岭置业', kind: 'developer' },
      { room: '202', name: '旧主', to_on: '2020-01-01' },
    ])
  })

  test('whose shares, sets or areas cannot be are refused', async () => {
    const half = { share: '1/2' }
    expect(
      await wrong(town.a.officer, 'owners', [
        owns('101', '外人'),
        ...[owns('202', '甲某', half), owns('202', '乙某', half), owns('202', '丙某', half)],
        owns('202', '丁公司', { kind: '单位', idNumber: nextId() }),
        owns('202', '丁某', { share: '3/2' }),
        owns('202', '丁某', { share: '0' }),
        owns('102', '戊某', { area: '90', areaSource: '登记', to: '2020-01-01' }),
        owns('102', '己某', { area: '91', areaSource: '登记', to: '2020-01-01' }),
      ]),
    ).toEqual([
      '2 业主 This home has its owners already',
      ...['3', '4', '5'].map(
        (line) => `${line} 份额 The shares of this home add up to more than the whole`,
      ),
      '6 身份证号 Only for owners who are persons',
      '7 份额 Write the share like 1/2 or 50%',
      '8 份额 Write the share like 1/2 or 50%',
      '10 面积 The register or another row has another area of this home from the same source',
    ])
    const mixed = [owns('202', '甲某', half), owns('202', '乙某', { ...half, standing: '占有' })]
    expect(await wrong(town.a.officer, 'owners', mixed)).toHaveLength(2)
    const twice = [owns('202', '甲某', half), owns('202', '甲某', half), owns('101', '陈二')]
    expect(await dry(town.a.officer, 'owners', twice)).toMatchObject({
      duplicates: [
        { line: 3, like: 'name-and-home', other: 2 },
        { line: 4, like: 'name-and-home', other: null },
      ],
    })
  })
})

describe('staff', () => {
  const post = (more: Row): Row => ({
    ...{ bodyKind: '物业', body: '长岭物业', title: '保安', name: '卫一', rank: '1', ...more },
  })

  test('fill posts of bodies that are there, and of new ones', async () => {
    const before = await counts()
    const done = await bring(town.a.officer, 'staff', [
      post({ bodyPhone: '110', opensAt: '8:00', closesAt: '24:00', phone: '13600000001' }),
      post({ name: '卫二', rank: '2', since: '2025-01-01' }),
      post({ name: '卫三', rank: '1', since: '2024-01-01', until: '2025-01-01' }),
      post({ bodyKind: '居委会', committee: town.a.committee, body: '', name: '卫四', rank: '9' }),
    ])
    expect(done).toMatchObject({ state: 'done', done: 4 })
    expect(await counts()).toMatchObject({ bodies: before.bodies + 1, posts: before.posts + 4 })
    const [body] = await town.owner(`select * from duties.body where name = '长岭物业'`)
    expect(body).toMatchObject({ phone: '110', opens_at: '08:00', closes_at: '24:00' })
    expect(
      await wrong(town.a.officer, 'staff', [
        post({ name: '魏一', rank: '2' }),
        post({ name: '卫一', phone: '13600000001', rank: '5' }),
        post({ name: '魏二', rank: '0' }),
        post({ name: '魏三', rank: '6', bodyKind: '学校' }),
        post({ name: '魏四', rank: '6', bodyKind: '居委会', body: '长岭' }),
        post({ name: '魏五', rank: '7', until: '2030-01-01' }),
      ]),
    ).toEqual([
      '2 顺位 Somebody has this rank in the body already',
      '3 姓名 This person holds a post already',
      '4 顺位 A rank is a whole number from 1 to 99',
      '5 单位类型 Not one of the words',
      '6 居委会 A committee needs its code',
      '7 离岗日期 This cannot be after today',
    ])
  })
})
