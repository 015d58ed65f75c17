import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { browserOf, newAccount, standsAs } from '../../../../tests/rig/callers.ts'
import { copied, staysOf } from '../../../../tests/rig/copied-tables.ts'
import { personTables } from '../../../../tests/rig/person-columns.ts'
import {
  longHeartbeat,
  openStreets,
  type Actor,
  type Streets,
} from '../../../../tests/rig/streets.ts'
import { openWorld, type World } from '../../../../tests/rig/world.ts'
import { languages } from '../../../../web/words/index.ts'
import { ownDataWordsOf } from '../../../../web/words/own-data.ts'
import { sayingKeys } from '../../../kernel/saying.ts'
import { dayMs } from '../../../kernel/clock.ts'
import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import { keepers, termsOf } from '../../../kept.ts'
import { readAll } from './reading.ts'
import { looksAt } from './store.ts'
import { answeredDays, fields, partKeys, shownRows, type Part } from './types.ts'

type Somebody = { person: string; street: string }

async function copyOf({ program }: Streets, { person, street }: Somebody): Promise<Part[]> {
  const whom = { person: person as PersonId, street: street as StreetCode }
  return readAll(program.given, whom, { keepers })
}

describe('a copy', () => {
  let world: World
  let everybody: (Somebody & { name: string; phone: string | null })[]

  beforeAll(async () => {
    world = await openWorld()
    const { town } = world
    const { given } = town.program
    const rows = await town.owner(
      'select person.id as person, person.street, name, number.sealed, number.key from people.person ' +
        "left join people.number on number.person = person.id and number.kind = 'phone'",
    )
    everybody = rows.map(({ person, street, name, sealed, key }) => ({
      ...{ person, street, name },
      phone: sealed ? given.seal.open(`people.number:${person}:phone`, sealed, key) : null,
    }))
  }, 120_000)
  afterAll(() => world[Symbol.asyncDispose]())

  test('every table that knows a person is told in one part, or it is said why not', async () => {
    expect(personTables.filter((table) => copied[table] === undefined)).toEqual([])
    for (const table of Object.keys(copied)) {
      const asked = 'select to_regclass($1) is not null as there'
      const [{ there }] = await world.town.owner(asked, [table])
      expect({ table, there }).toEqual({ table, there: true })
    }
  })

  test('holds all of one’s own, and no name, number or id of anybody else', async () => {
    expect(everybody.length).toBeGreaterThan(12)
    for (const who of everybody) {
      const text = JSON.stringify(await copyOf(world.town, who))
      expect(text).toContain(who.name)
      if (who.phone) expect(text).toContain(who.phone)
      const others = everybody.filter(
        ({ person, name }) => person !== who.person && name !== who.name,
      )
      const told = others.flatMap(({ person, name, phone }) =>
        [person, name, phone].filter(
          (one) => one !== null && one !== who.phone && text.includes(one),
        ),
      )
      expect({ of: who.name, told }).toEqual({ of: who.name, told: [] })
    }
  })

  test('tells something of each table in which somebody has a row', async () => {
    const { town } = world
    const missing: string[] = []
    for (const [table, part] of Object.entries(copied)) {
      if (typeof part !== 'string') continue
      const column = {
        'identity.grant': 'of_person',
        'people.person': 'id',
        'privacy.request': 'by_person',
      }[table]
      const accounts = [
        'identity.passkey',
        'identity.oidc_subject',
        'identity.vouching',
        'identity.claim',
      ]
      if (accounts.includes(table)) continue
      const due = table === 'privacy.authority_request' ? 'and disclosed_at is not null' : ''
      const [row] = await town.owner(
        `select ${column ?? 'person'} as person, street from ${table}
         where ${column ?? 'person'} is not null ${due} limit 1`,
      )
      if (!row) continue
      const parts = (await copyOf(town, row)).map((one) => one.part)
      if (!parts.includes(part)) missing.push(table)
    }
    expect(missing).toEqual([])
  })

  test('each choice in it has a word in both languages', async () => {
    const spoken = new Set<string>()
    for (const who of everybody) {
      for (const { rows } of await copyOf(world.town, who)) {
        for (const { field, value } of rows.flat()) {
          const values = fields[field] === 'choices' ? value.split(',') : [value]
          if (!fields[field].startsWith('choice')) continue
          for (const one of values) spoken.add(`${field}:${one}`)
        }
      }
    }
    expect(spoken.size).toBeGreaterThan(30)
    for (const language of languages) {
      const words = ownDataWordsOf(language)
      const known = (key: string) => {
        const one = key.slice(key.indexOf(':') + 1)
        const said: readonly string[] = [...sayingKeys, ...partKeys]
        return key in words.choices || one in words.choices || said.includes(one)
      }
      expect([...spoken].filter((key) => !known(key))).toEqual([])
    }
  })

  test('is one archive: pages in both languages without script or anything outside, and JSON', async () => {
    const { elder } = world.town.a
    const { status, body } = await elder.post('/api/privacy/my-data/copy', {})
    expect(status).toBe(200)
    expect(body.name).toMatch(/^lilong-\d{4}-\d\d-\d\d\.zip$/)
    const files = unzipSync(Buffer.from(body.base64, 'base64'))
    expect(Object.keys(files).toSorted()).toEqual(['data.json', 'index.en.html', 'index.html'])
    for (const name of ['index.html', 'index.en.html']) {
      const page = strFromU8(files[name]!)
      expect(page).toContain(elder.name)
      expect(page).not.toMatch(/<script|<img|<link|https?:|@import|url\(/i)
    }
    const data = JSON.parse(strFromU8(files['data.json']!))
    expect(data.parts.map((one: any) => one.part)).toEqual(
      expect.arrayContaining(['person', 'homes', 'consents', 'looks', 'contacts']),
    )
    expect(Object.keys(data.purposes).length).toBeGreaterThan(10)
    const { requests } = (await elder.get('/api/privacy/my-data')).body
    expect(requests).toContainEqual(expect.objectContaining({ kind: 'copy', state: 'done' }))
  })
})

describe('a part that is long', () => {
  test('is read for a page as far as it is shown, and counted; the copy has all of it', async () => {
    await using town = await openStreets()
    const { elder, street, posts } = town.a
    await town.owner(
      `insert into privacy.look (street, id, person, at, by_kind, by_post, title, unit, fields,
         matter_kind, label, how, why)
       select $1, gen_random_uuid(), $2, now(), 'post', $3, 'a', 'b', '{name}', 'unnamed', 'x',
         'list', 'register' from generate_series(1, 333)`,
      [street, elder.person, posts.worker],
    )
    const [{ n }] = await town.owner(
      'select count(*)::int as n from privacy.look where person = $1',
      [elder.person],
    )
    expect(n).toBeGreaterThan(332)
    const whom = { ...elder, street }
    const of = (parts: { part: string; count: number; rows: unknown[] }[]) => {
      const { count, rows } = parts.find(({ part }) => part === 'looks')!
      return { count, rows: rows.length }
    }
    const { parts } = (await elder.get('/api/privacy/my-data')).body
    expect(of(parts)).toEqual({ count: n, rows: shownRows })
    expect(of(await copyOf(town, whom))).toEqual({ count: n, rows: n })
    const read = await town.program.given.db.asOwner((tx) =>
      looksAt(tx, elder.person, town.clock.now(), shownRows),
    )
    expect({ ...read, rows: read.rows.length }).toEqual({ count: n, rows: shownRows })
  })
})

describe('what is asked', () => {
  let town: Streets
  let elder: Actor

  beforeAll(async () => {
    town = await openStreets({ ...longHeartbeat, neighbours: true })
    elder = town.a.elder
    await town.agrees(elder, [{ name: '金丝雀', relation: '女儿', phone: '13955550001' }])
    await town.owner(
      "update identity.session set stepped_up_until = now() + interval '20 years', " +
        "expires_at = now() + interval '20 years', idle_ms = 1000 * 86400000::bigint",
    )
  })
  afterAll(() => town[Symbol.asyncDispose]())

  const mine = async (who: Actor) => (await who.get('/api/privacy/my-data')).body
  const asks = (who: Actor, path: string, input: object) =>
    who.post(`/api/privacy/my-data/${path}`, input)

  test('a correction is due in thirty days, late from the moment after, and open to the last', async () => {
    const wish = { part: 'person', says: '名字写错了' }
    const { body } = await asks(elder, 'correct', wish)
    expect(body).toMatchObject({ state: 'open', dueAt: town.clock.now() + answeredDays * dayMs })
    town.clock.set({ at: body.dueAt })
    expect((await mine(elder)).requests[0]).toMatchObject({ state: 'open', isLate: false })
    town.clock.set({ at: body.dueAt + 1 })
    expect((await mine(elder)).requests[0]).toMatchObject({ state: 'open', isLate: true })
    const { body: list } = await town.a.worker.get('/api/privacy/own-requests')
    expect(list.requests).toMatchObject([{ name: elder.name, says: wish.says, isLate: true }])
    expect((await town.a.next!.worker.get('/api/privacy/own-requests')).body.requests).toEqual([])
    expect((await town.b.officer.get('/api/privacy/own-requests')).body.requests).toEqual([])
  })

  test('it is answered once, with a reason, and the person is told', async () => {
    const [{ request }] = (await town.a.worker.get('/api/privacy/own-requests')).body.requests
    const no = { is: 'refused', because: 'is-right', words: '核对过身份证，是对的' }
    const decide = (who: Actor, verdict: object) =>
      who.post('/api/privacy/own-requests/decide', { request, verdict })
    for (const who of [town.a.next!.worker, town.b.officer]) {
      expect(await decide(who, no)).toMatchObject({ status: 404 })
    }
    expect(await decide(town.a.worker, no)).toMatchObject({ status: 200 })
    expect(await decide(town.a.officer, no)).toMatchObject({ body: { fault: 'already-so' } })
    await town.settled()
    expect((await mine(elder)).requests[0]).toMatchObject({
      ...{ state: 'refused', because: 'is-right', answer: no.words },
    })
    const notes = await town.owner(
      "select says from delivery.note where person = $1 and says = 'own-request-decided'",
      [elder.person],
    )
    expect(notes).toHaveLength(1)
  })

  test('whoever asked takes it back; nobody else does', async () => {
    const { request } = (await asks(elder, 'correct', { part: 'homes', says: '门牌错了' })).body
    expect(await asks(town.a.neighbour, 'withdraw', { request })).toMatchObject({ status: 404 })
    expect((await asks(elder, 'withdraw', { request })).body).toEqual({ state: 'withdrawn' })
  })

  test('what is needed while one lives here says so at once; the book stays for its term', async () => {
    const living = {
      state: 'refused',
      because: 'kept',
      holds: [{ why: 'living-here', until: null }],
    }
    for (const part of ['person', 'everything', 'messages']) {
      expect((await asks(elder, 'erase', { part })).body).toMatchObject(living)
    }
    expect((await asks(elder, 'erase', { part: 'looks' })).body).toMatchObject({
      ...{ state: 'refused', holds: [] },
    })
    expect((await asks(town.a.worker, 'erase', { part: 'everything' })).body.holds).toContainEqual(
      expect.objectContaining({ why: 'post' }),
    )
  })

  test('what rests on an agreement alone goes at once, with the agreement', async () => {
    const { body } = await asks(elder, 'erase', { part: 'contacts' })
    expect(body).toMatchObject({ state: 'done', holds: [] })
    await town.settled()
    const parts = (await mine(elder)).parts.map((one: any) => one.part)
    for (const gone of ['contacts', 'care', 'watch', 'signals']) expect(parts).not.toContain(gone)
    expect(await town.tablesHolding('13955550001')).toEqual([])
  })

  test('at most ten wait at once, also for somebody who asks twice in one moment', async () => {
    const { neighbour } = town.a
    const wish = { part: 'person', says: '改一改' }
    const all = await Promise.all(
      Array.from({ length: 13 }, () => asks(neighbour, 'correct', wish)),
    )
    expect(all.filter(({ status }) => status === 200)).toHaveLength(10)
    expect(all.filter(({ body }) => body.fault === 'too-many')).toHaveLength(3)
  })

  test('at the station a clerk reads it out and takes a wish down, by a request on record', async () => {
    const { worker } = town.a
    const reason = { reason: 'at-the-counter' }
    const { request } = (await worker.post('/api/privacy/requests', reason)).body
    const at = { request, person: elder.person }
    const query = `request=${request}&person=${elder.person}`
    const { body } = await worker.get(`/api/privacy/data-of?${query}`)
    expect(body).toMatchObject({ name: elder.name })
    const ask = { kind: 'correct', part: 'person', says: '名字写错了' }
    expect(await worker.post('/api/privacy/data-of/ask', { ...at, ask })).toMatchObject({
      ...{ status: 200, body: { state: 'open' } },
    })
    expect((await mine(elder)).requests).toContainEqual(
      expect.objectContaining({ atStation: true, says: ask.says }),
    )
    const { looks } = (await elder.get('/api/privacy/looks')).body
    expect(looks.find((look: any) => look.how === 'print')).toMatchObject({
      fields: expect.arrayContaining(['name', 'phone', 'address', 'consents', 'looks']),
    })
    await town.owner('update identity.session set stepped_up_until = null')
    expect(await worker.get(`/api/privacy/data-of?${query}`)).toMatchObject({
      body: { fault: 'step-up-needed' },
    })
  })

  test('what was answered is let go three years after, and not a day before', async () => {
    const expire = termsOf(town.program).find(({ what }) => what.startsWith('what people asked'))!
    const answered = town.clock.now()
    const count = async () =>
      (await town.owner("select 1 from privacy.own_request where state <> 'open'")).length
    const before = await count()
    expect(before).toBeGreaterThan(0)
    await expire.expire(answered + 3 * 366 * dayMs - dayMs * 60)
    expect(await count()).toBe(before)
    await expire.expire(answered + 3 * 366 * dayMs + 1)
    expect(await count()).toBe(0)
  })
})

describe('everything', () => {
  test('goes when nothing holds it: no row and no word stays but what is named, with its reason', async () => {
    await using town = await openStreets(longHeartbeat)
    const { elder, officer, street } = town.a
    await town.agrees(elder, [{ name: '金丝雀', relation: '女儿', phone: '13955550001' }])
    const account = await newAccount(town)
    await standsAs(town, account, { street, person: elder.person })
    const cookie = await browserOf(town, account, { street })
    const asked = (input: object) =>
      fetch(`http://localhost:${town.program.httpPort}/api/privacy/my-data/erase`, {
        ...{ method: 'POST', body: JSON.stringify(input) },
        headers: { 'content-type': 'application/json', cookie },
      })
    const on = new Date(town.clock.now()).toISOString().slice(0, 10)
    const move = {
      what: 'moved-out',
      home: null,
      on,
      tenure: null,
      relation: null,
      livesAlone: false,
    }
    const moved = await officer.post('/api/people/moves', { ...move, person: elder.person })
    expect(moved).toMatchObject({ status: 200 })
    await town.settled()
    const answer = await asked({ part: 'everything' })
    expect({ status: answer.status, ...(await answer.json()) }).toMatchObject({
      ...{ status: 200, state: 'done', holds: [] },
    })
    await town.settled()
    const left = (await town.tablesHolding(elder.person)).filter(
      (one) => !one.startsWith('pgboss.'),
    )
    expect(left.filter((table) => staysOf[table] === undefined)).toEqual([])
    for (const word of [elder.name, '13955550001', '金丝雀']) {
      expect({ word, at: await town.tablesHolding(word) }).toEqual({ word, at: [] })
    }
    expect((await asked({ part: 'everything' })).status).toBe(401)
  })
})
