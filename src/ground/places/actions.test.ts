import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operatorKey } from '../../../tests/rig/program.ts'
import { openStreets, type Streets } from '../../../tests/rig/streets.ts'

let town: Streets
const register = JSON.parse(readFileSync('data/shanghai-divisions.json', 'utf8'))
const { source, districts } = register

beforeAll(async () => {
  town = await openStreets()
})
afterAll(() => town[Symbol.asyncDispose]())

const take = (body: unknown) => town.call(operatorKey, 'POST', '/api/places/divisions', body)
const divisions = () => town.owner('select * from places.division order by code')

describe('the register', () => {
  test('has 16 districts, 234 streets and 6,509 committees, however often it is taken', async () => {
    const before = await divisions()
    expect(before).toHaveLength(16 + 234 + 6_509)
    const answer = await take({ source, districts })
    expect(answer.body).toEqual({ districts: 16, streets: 234, committees: 6_509 })
    expect(await divisions()).toEqual(before)
  })

  test('a newer one renames and adds; nothing goes', async () => {
    const before = await divisions()
    const [one] = districts
    const streets = [
      { ...one.streets[0], name: '改名街道', committees: [] },
      { code: `${one.code}999`, name: '新设街道', committees: [] },
    ]
    const newer = { source: 'newer', districts: [{ ...one, streets }] }
    expect((await take(newer)).status).toBe(200)
    const after = new Map((await divisions()).map((row) => [row.code, row]))
    expect(after.size).toBe(before.length + 1)
    expect(after.get(streets[0]!.code)).toMatchObject({ name: '改名街道', source: 'newer' })
    expect(after.get(`${one.code}999`)).toMatchObject({ name: '新设街道', parent: one.code })
  })

  test('with a code that strays nothing is taken, and the code is named', async () => {
    const before = await divisions()
    const [one] = districts
    const stray = { code: '310199001', name: '错放街道', committees: [] }
    const answer = await take({ source, districts: [{ ...one, name: '改名', streets: [stray] }] })
    expect(answer).toMatchObject({ status: 400, body: { fault: 'bad-input', field: '310199001' } })
    expect(await divisions()).toEqual(before)
  })

  test('is listed level by level, and codes lead where names repeat', async () => {
    const list = async (query: string) =>
      (await town.call('', 'GET', `/api/places/divisions${query}`)).body.divisions
    expect(await list('')).toHaveLength(16)
    expect((await list('?under=310104')).map((each: any) => each.kind)).toContain('street')
    const committees = await list(`?under=${town.a.street}`)
    expect(committees.some((each: any) => each.code === town.a.committee)).toBe(true)
    expect(await list('?under=999999')).toEqual([])
  })
})

describe('a building', () => {
  const build = (stairs: object[], compound = town.a.compound) =>
    town.a.officer.post('/api/places/buildings', { compound, name: '2幢', stairs })
  const stair = (number: string, floors = 1, homesPerFloor = 1) => ({
    number,
    floors,
    homesPerFloor,
  })
  const homes = () => town.owner('select code from places.home order by code')
  const grid = async (place: string) =>
    (await town.a.worker.get(`/api/places/stairs?place=${place}`)).body

  test.each(['１', '1号', '一', '①', '26－1', '26-1', ' 26', '26\u200b', '', 'І', '123456789'])(
    'has no stair %j: only plain letters and digits, so that no two look alike',
    async (number) => {
      const before = await homes()
      const { status, body } = await build([stair('71'), stair(number)])
      expect({ status, field: body.field }).toEqual({ status: 400, field: 'stairs.1.number' })
      expect(await homes()).toEqual(before)
    },
  )

  test('has each stair once', async () => {
    const before = await homes()
    const answer = await build([stair('72'), stair('72')])
    expect(answer).toMatchObject({ status: 400, body: { fault: 'bad-input', field: 'stairs' } })
    expect(await homes()).toEqual(before)
  })

  test('does not take homes that are there, though two ask at once', async () => {
    const both = await Promise.all([build([stair('73')]), build([stair('74'), stair('73')])])
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
    const again = await build([stair('73', 2), stair('75')])
    expect(again).toMatchObject({ status: 409, body: { fault: 'already-so', field: 'stairs' } })
    const stairs = await town.owner("select 1 from places.home where stair = '75'")
    expect(stairs).toEqual([])
    const buildings = await town.owner('select 1 from places.building where street = $1', [
      town.a.street,
    ])
    expect(buildings).toHaveLength(2)
  })

  test('may be as large as the contract says', async () => {
    const stairs = Array.from({ length: 10 }, (_, i) => stair(`L${i}`, 99, 20))
    const { status, body } = await build(stairs)
    expect(status).toBe(200)
    expect(new Set(body.homes).size).toBe(10 * 99 * 20)
  })

  test('shows its stairs in the order of their numbers, the top floor first', async () => {
    const made = await build([stair('9', 2), stair('10'), stair('9A')])
    const body = await grid(made.body.homes[0])
    expect(body.stairs.map((each: any) => each.number)).toEqual(['9', '9A', '10'])
    expect(body.stairs[0].homes.map((each: any) => each.room)).toEqual(['201', '101'])
    expect(body).toMatchObject({ compound: '新村甲', building: '2幢' })
    // a stair is in the same building as its homes
    expect(await grid(`${town.a.compound}-9A`)).toEqual(body)
  })

  test('is one of its compound’s, of which only stairs and counts are told', async () => {
    const body = await grid(town.a.compound)
    expect(body.building).toBe(null)
    expect(body.stairs.every((each: any) => each.homes.length === 0)).toBe(true)
    const ours = body.stairs.filter((each: any) => ['9', '9A', '10'].includes(each.number))
    expect(ours.map(({ place, building, homeCount }: any) => [place, building, homeCount])).toEqual(
      ['9', '9A', '10'].map((n, at) => [`${town.a.compound}-${n}`, '2幢', at === 0 ? 2 : 1]),
    )
  })

  test('is not there for a place that is in none', async () => {
    const ask = (place: string) => town.a.worker.get(`/api/places/stairs?place=${place}`)
    const nowhere = { status: 404, body: { fault: 'not-found', field: 'place' } }
    expect(await ask(town.a.committee)).toMatchObject(nowhere)
    expect(await ask(`${town.a.compound}-404`)).toMatchObject(nowhere)
    expect(await ask(`${town.a.committee}-98`)).toMatchObject(nowhere)
  })
})

test('compounds are counted in their committee, also when five come at once', async () => {
  const { committee, officer } = town.a
  const made = await Promise.all(
    ['二', '三', '四', '五', '六'].map((name) =>
      officer.post('/api/places/compounds', { committee, name: `${name}村` }),
    ),
  )
  const codes = made.map(({ body }): string => body.compound).toSorted()
  expect(codes).toEqual([2, 3, 4, 5, 6].map((n) => `${committee}-0${n}`))
})

test('a building needs a compound that is there', async () => {
  const answer = await town.a.officer.post('/api/places/buildings', {
    ...{ compound: `${town.a.committee}-99`, name: '1幢' },
    stairs: [{ number: '1', floors: 1, homesPerFloor: 1 }],
  })
  expect(answer).toMatchObject({ status: 404, body: { field: 'compound' } })
})
