import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PersonId } from '../../../kernel/ids.ts'
import { openStreets, type Actor, type Streets } from '../../../../tests/rig/streets.ts'
import { openNext, registered, requestOf, type Next } from '../keeping/testing/neighbourhood.ts'

let town: Streets
let next: Next
const known = new Map<string, PersonId>()
const requests = new Map<Actor, string>()

beforeAll(async () => {
  town = await openStreets()
  next = await openNext(town)
  const { homes } = town.a
  const phone = '13812345678'
  const here: { name: string; home: string; [more: string]: unknown }[] = [
    { name: '王小明', home: homes[1]!, phone, idNumber: '11010519491231002X' },
    { name: '王小明', home: homes[2]! },
    { name: '𠮷田䶮', home: homes[1]! },
    { name: '阿依古丽·买买提', home: homes[2]! },
    { name: '单雄信', home: homes[3]! },
    { name: '乐天', home: homes[3]!, reading: 'le tian' },
    { name: '王邻居', home: next.homes[0]!, phone: '13900005678' },
  ]
  const people = await registered(town, here)
  for (const [n, { name }] of here.entries()) known.set(name, people[n]!)
})
afterAll(() => town[Symbol.asyncDispose]())

async function search(who: Actor, words: string) {
  if (!requests.has(who)) requests.set(who, await requestOf(who))
  return who.post('/api/people/search', { words, request: requests.get(who) })
}

async function found(who: Actor, words: string): Promise<string[]> {
  const { status, body } = await search(who, words)
  expect([words, status]).toEqual([words, 200])
  return body.hits.map(({ name }: any) => name)
}

test.each([
  ['小明', ['王小明', '王小明']],
  ['王小', ['王小明', '王小明']],
  ['王', ['王小明', '王小明']],
  ['𠮷', ['𠮷田䶮']],
  ['田䶮', ['𠮷田䶮']],
  ['古丽买', ['阿依古丽·买买提']],
  ['阿依古丽·', ['阿依古丽·买买提']],
  ['wxm', ['王小明', '王小明']],
  ['wangxi', ['王小明', '王小明']],
  ['shanxx', ['单雄信']],
  ['danxiong', ['单雄信']],
  ['letian', ['乐天']],
  ['5678', ['王小明']],
  ['002x', ['王小明']],
  ['13812345678', ['王小明']],
  ['王小明 26-201', ['王小明']],
  ['新村甲26号202室 shan', ['单雄信']],
  ['二十六号202 王', []],
  ['没有这人', []],
])('a worker finds by %s: %j', async (words, names) => {
  expect(await found(town.a.worker, words)).toEqual(names)
})

test('a hit holds name and place, and a number masked where it was what was looked for', async () => {
  const { hits, hasMore } = (await search(town.a.worker, '5678')).body
  expect(hasMore).toBe(false)
  expect(hits).toEqual([
    {
      ...{ person: known.get('王小明') && expect.any(String), name: '王小明' },
      place: expect.objectContaining({ place: town.a.homes[1], stair: '26' }),
      matched: { kind: 'phone', masked: '138****5678' },
    },
  ])
  const [byName] = (await search(town.a.worker, '小明')).body.hits
  expect(byName.matched).toBe(null)
  expect(JSON.stringify(byName)).not.toContain('5678')
})

test('each hit is a look in the book of its person, for the request on record', async () => {
  const of = (name: string) =>
    town.owner(
      `select look.* from privacy.look join people.person on person.id = look.person
       where person.name = $1 order by look.id`,
      [name],
    )
  const before = await of('单雄信')
  await found(town.a.worker, '单')
  await found(town.a.worker, '没有这人')
  const [look, ...more] = (await of('单雄信')).slice(before.length)
  expect(more).toEqual([])
  expect(look).toMatchObject({
    ...{ how: 'search', fields: ['name', 'address'], by_person: town.a.worker.person },
    ...{ matter_kind: 'request', matter_id: requests.get(town.a.worker) },
  })
})

test('a committee meets its own people alone, the street those of all its committees', async () => {
  expect(await found(town.a.worker, '王邻居')).toEqual([])
  expect(await found(next.worker, '王')).toEqual(['王邻居'])
  expect(await found(town.a.officer, '王')).toEqual(['王邻居', '王小明', '王小明'])
  // Whoever has no home in the street is its officers' to find.
  expect(await found(town.a.officer, '邻社工')).toEqual(['邻社工'])
  expect(await found(next.worker, '邻社工')).toEqual([])
  expect(await found(town.b.officer, '王小明')).toEqual([])
})

test('the database itself refuses a search beyond the scope of its transaction', async () => {
  const { db } = town.program.given
  const street = town.a.street
  const ask = (committees: '*' | string[], asked: string[]) =>
    db.inStreet({ street, committees }, async (tx) => {
      const { sql } = await import('kysely')
      return sql`select * from people.search(${street}, ${asked}::text[],
        ${asked.map((one) => `'${one}n王'`)}::text[], 20)`.execute(tx)
    })
  expect((await ask([town.a.committee], [town.a.committee])).rows).toHaveLength(2)
  await expect(ask([town.a.committee], [next.committee])).rejects.toThrow('beyond its scope')
  await expect(ask([], [town.a.committee])).rejects.toThrow('beyond its scope')
  await expect(ask('*', [town.b.committee])).rejects.toThrow('beyond its scope')
})

test('nobody searches without a request of their own that is open', async () => {
  const nowhere = '00000000-0000-7000-8000-000000000000'
  const { worker, deputy } = town.a
  const ask = (request: string) => deputy.post('/api/people/search', { words: '王', request })
  const theirs = requests.get(worker) ?? (await requestOf(worker))
  for (const request of [nowhere, theirs]) {
    const { status, body } = await ask(request)
    expect([status, body.fault]).toEqual([403, 'request-needed'])
  }
  const own = await requestOf(deputy)
  expect((await ask(own)).status).toBe(200)
  town.clock.set({ at: town.clock.now() + 31 * 60_000 })
  expect((await ask(own)).body.fault).toBe('request-over')
  requests.clear()
})

test('more than twenty are said to be more, and no word is code', async () => {
  const people = Array.from({ length: 25 }, () => ({ name: '众多多', home: town.a.homes[3]! }))
  await registered(town, people)
  const { hits, hasMore } = (await search(town.a.worker, '众多')).body
  expect([hits.length, hasMore]).toEqual([20, true])
  for (const words of ["' | '", "王':* | ", '王 & !李', '(王', '王\\', '<->', "'';--"]) {
    const { status, body } = await search(town.a.worker, words)
    expect([words, [200, 400].includes(status)]).toEqual([words, true])
    expect(body.fault ?? 'bad-input').toBe('bad-input')
  }
})
