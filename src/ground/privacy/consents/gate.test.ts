/** The gate by itself: what opens it, what shuts it, and for whom, in the database alone. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { randomUUID } from 'node:crypto'
import {
  openDatabase as openTestDatabase,
  type TestDatabase,
} from '../../../../tests/rig/database.ts'
import { switchOnAsOwner } from '../../../../tests/rig/purposes.ts'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import type { Event } from '../../../kernel/event.ts'
import type { ConsentId, HomeCode, PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import { idsBy } from '../../../platform/ids.ts'
import { openDatabase, type Database, type Tx } from '../../../platform/sql.ts'
import * as refusals from '../refusals/index.ts'
import * as consents from './consents.ts'
import * as store from './store.ts'

const street = '310104011' as StreetCode
const elsewhere = '310115005' as StreetCode
const offHere = '310104012' as StreetCode
const home = '310104011013-01-26-501' as HomeCode
const start: Instant = Date.parse('2026-07-07T00:00:00Z')
const year = 365 * dayMs

let database: TestDatabase
let db: Database
let now = start
let told: Event[] = []
let given: Given

beforeAll(async () => {
  database = await openTestDatabase()
  db = openDatabase(database)
  const clock = { now: () => now }
  const tell: Given['tell'] = async (_tx, event) => void told.push(event)
  given = {
    db,
    clock,
    newId: idsBy(clock),
    tell,
    log: { say: () => undefined },
    seal: null as never,
  }
  const ask = (statement: string, values: unknown[]) => db.ownerPool.query(statement, values)
  for (const on of [street, elsewhere]) await switchOnAsOwner(ask, on, start - dayMs)
  await consents.noteWords(given)
})
afterAll(async () => {
  await db.close()
  await database[Symbol.asyncDispose]()
})
beforeEach(async () => {
  now = start
  told = []
  await db.ownerPool.query('truncate privacy.consent, privacy.refusal, privacy.erasure cascade')
})

const here = <T>(work: (tx: Tx) => Promise<T>, of: StreetCode = street) =>
  db.inStreet({ street: of }, work)
const someone = () => randomUUID() as PersonId

function give(
  person: PersonId,
  more: Partial<Parameters<typeof consents.giveConsent>[2]> = {},
): ReturnType<typeof consents.giveConsent> {
  const wish = { street, person, home, purpose: 'agreed-care' as const, ...more }
  return here((tx) => consents.giveConsent(given, tx, wish), wish.street)
}
const find = (person: PersonId, at = now) =>
  here((tx) => store.findConsent(tx, 'agreed-care', { person }, at))
const all = (at = now) => db.asOwner((tx) => store.liveConsents(tx, 'agreed-care', at))
const rows = async (table: string) =>
  (await db.ownerPool.query(`select * from privacy.${table}`)).rows
const oldWords = () => db.ownerPool.query('update privacy.consent set text_version = 1')

describe('a yes', () => {
  test('is found by the person and by itself, and says all that it stands for', async () => {
    const person = someone()
    await give(person, { purpose: 'agreed-calls' })
    told = []
    const proof = await give(person, { givenBy: 'guardian', isOnPaper: true })
    const facts = {
      purpose: 'agreed-care',
      person,
      home,
      street,
      givenAt: start,
      until: start + year,
    }
    expect(proof).toEqual({ ...facts, consent: proof?.consent })
    expect(await find(person)).toEqual(proof)
    expect(await all()).toEqual([proof])
    if (!proof) throw new Error('no proof')
    const { consent } = proof
    expect(await here((tx) => store.findConsent(tx, 'agreed-care', { consent }, now))).toEqual(
      proof,
    )
    expect(await here((tx) => store.giverOf(tx, proof))).toBe('guardian')
    const row = (await rows('consent')).find(({ id }) => id === consent)
    expect(row).toMatchObject({ is_on_paper: true, text_version: 2, given_by: 'guardian' })
    expect(told).toEqual([
      { name: 'privacy.consent-given', street, consent, purpose: 'agreed-care', person, home },
    ])
  })

  test('is said to be the person’s own and not on paper where nothing else is said', async () => {
    await give(someone())
    expect((await rows('consent'))[0]).toMatchObject({ given_by: 'person', is_on_paper: false })
  })

  test('is of one person, one purpose and one consent', async () => {
    const [person, another] = [someone(), someone()]
    await give(person)
    await give(another, { purpose: 'wandering-guard' })
    await give(another, { purpose: 'agreed-calls' })
    expect(await find(another)).toBeUndefined()
    expect((await all()).map((one) => one.person)).toEqual([person])
    const consent = randomUUID() as ConsentId
    const byItself = (tx: Tx) => store.findConsent(tx, 'agreed-care', { consent }, now)
    expect(await here(byItself)).toBeUndefined()
  })

  test('is not given twice, and takes back the no before it, of this purpose alone', async () => {
    const [person, another] = [someone(), someone()]
    const refuse = (who: PersonId, purpose: 'agreed-care' | 'agreed-calls') =>
      here((tx) => consents.refuseConsent(given, tx, who, street, purpose))
    for (const who of [person, another]) await refuse(who, 'agreed-care')
    await refuse(person, 'agreed-calls')
    expect(await give(person)).toBeDefined()
    expect(await give(person)).toBeUndefined()
    expect(told).toHaveLength(1)
    const left = (await rows('refusal')).map((row) => [row.person, row.purpose])
    expect(new Set(left.map(String))).toEqual(
      new Set([[person, 'agreed-calls'].join(), [another, 'agreed-care'].join()]),
    )
  })

  test('is not seen from another street', async () => {
    const person = someone()
    await give(person)
    const abroad = (tx: Tx) => store.findConsent(tx, 'agreed-care', { person }, now)
    expect(await here(abroad, elsewhere)).toBeUndefined()
  })

  test('cannot be given where the purpose is not on; calls need no switch', async () => {
    const person = someone()
    expect(await give(person, { street: offHere })).toBeUndefined()
    expect(await rows('consent')).toEqual([])
    expect(told).toEqual([])
    const call = await give(person, { street: offHere, purpose: 'agreed-calls' })
    expect(call).toBeDefined()
    const callsOf = (tx: Tx) => store.findConsent(tx, 'agreed-calls', { person }, now)
    expect(await here(callsOf, offHere)).toEqual(call)
    const isOn = (of: StreetCode, purpose: 'agreed-care' | 'agreed-calls') =>
      here((tx) => store.isSwitchedOn(tx, of, purpose), of)
    expect(await isOn(street, 'agreed-care')).toBe(true)
    expect(await isOn(offHere, 'agreed-care')).toBe(false)
    expect(await isOn(offHere, 'agreed-calls')).toBe(true)
  })

  test('that lives where the purpose is off opens nothing', async () => {
    const person = someone()
    await give(person)
    await db.ownerPool.query('update privacy.consent set street = $1', [offHere])
    const find = (tx: Tx) => store.findConsent(tx, 'agreed-care', { person }, now)
    expect(await here(find, offHere)).toBeUndefined()
    expect(await all()).toEqual([])
  })
})

describe('opens until its date and no longer', () => {
  test('365 days', async () => {
    const person = someone()
    await give(person)
    const last = start + year - 1
    expect([await find(person, last), await all(last)]).toMatchObject([{ person }, [{ person }]])
    expect([await find(person, start + year), await all(start + year)]).toEqual([undefined, []])
  })

  test('past it, it is ended as if somebody had; another’s lives on', async () => {
    const [person, later] = [someone(), someone()]
    const proof = await give(person)
    now = start + dayMs
    await give(later)
    told = []
    now = start + year - 1
    expect(await consents.endExpired(given)).toBe(0)
    now = start + year
    expect(await consents.endExpired(given)).toBe(1)
    expect(await consents.endExpired(given)).toBe(0)
    const consent = proof?.consent
    expect(told).toEqual([
      { name: 'privacy.consent-ended', street, consent, purpose: 'agreed-care', person, home },
    ])
    expect(await rows('erasure')).toEqual([
      { street, kind: 'consent', id: consent, at: new Date(now) },
    ])
    expect((await all()).map((one) => one.person)).toEqual([later])
  })

  test('old words hold for thirty days after newer ones came, to the moment', async () => {
    const person = someone()
    await give(person)
    await oldWords()
    const over = start + 30 * dayMs
    expect([await find(person, over - 1), await all(over - 1)]).toMatchObject([
      ...[{ person }, [{ person }]],
    ])
    expect([await find(person, over), await all(over)]).toEqual([undefined, []])
    now = over - 1
    expect(await consents.endExpired(given)).toBe(0)
    now = over
    expect(await consents.endExpired(given)).toBe(1)
  })

  test('newer words are agreed to once, and keep it open', async () => {
    const person = someone()
    const [proof, other] = [await give(person), await give(someone())]
    if (!proof || !other) throw new Error('no proof')
    await oldWords()
    const renew = () => here((tx) => store.renew(tx, proof, 2, now))
    expect(await renew()).toBe(true)
    expect(await renew()).toBe(false)
    expect(await rows('renewal')).toEqual([
      { street, consent: proof.consent, text_version: 2, at: new Date(now) },
    ])
    expect((await all(start + 30 * dayMs)).map((one) => one.person)).toEqual([person])
    await here((tx) => consents.endConsent(given, tx, other.person, 'agreed-care'))
    expect(await here((tx) => store.renew(tx, other, 2, now))).toBe(false)
    const asCalls = { ...proof, purpose: 'agreed-calls' } as never
    await oldWords()
    expect(await here((tx) => store.renew(tx, asCalls, 2, now))).toBe(false)
  })
})

describe('an end', () => {
  test('shuts the gate at once, is told once, and stays on record', async () => {
    const [person, another] = [someone(), someone()]
    const proof = await give(person)
    await give(person, { purpose: 'agreed-calls' })
    await give(another)
    told = []
    now = start + 5
    const end = () => here((tx) => consents.endConsent(given, tx, person, 'agreed-care'))
    expect(await end()).toBe(true)
    expect(await end()).toBe(false)
    const consent = proof?.consent
    expect(told).toEqual([
      { name: 'privacy.consent-ended', street, consent, purpose: 'agreed-care', person, home },
    ])
    expect(await rows('erasure')).toEqual([
      { street, kind: 'consent', id: consent, at: new Date(now) },
    ])
    expect(await find(person)).toBeUndefined()
    expect((await all()).map((one) => one.person)).toEqual([another])
    const open = (await rows('consent')).filter((row) => row.ended_at === null)
    expect(open).toHaveLength(2)
  })

  test('that a backup forgot is made again at its own moment, once', async () => {
    const [person, another] = [someone(), someone()]
    const proof = await give(person)
    await give(another)
    const erasure = { street, kind: 'consent' as const, id: proof?.consent ?? '', at: start + 7 }
    now = start + dayMs
    const again = () => db.asOwner((tx) => store.endAgain(tx, erasure))
    const purpose = 'agreed-care'
    expect(await again()).toEqual({ street, id: erasure.id, person, home, purpose })
    expect(await again()).toBeUndefined()
    const ended = (await rows('consent')).filter((row) => row.ended_at !== null)
    expect(ended.map((row) => [row.id, row.ended_at])).toEqual([[erasure.id, new Date(start + 7)]])
  })

  test('of all in a street leaves other purposes and other streets as they are', async () => {
    const people = [someone(), someone(), someone(), someone()] as const
    await give(people[0])
    await give(people[1])
    await give(people[2], { purpose: 'agreed-calls' })
    await give(people[3], { street: elsewhere })
    await here((tx) => consents.endConsent(given, tx, people[1], 'agreed-care'))
    told = []
    const endAll = () => here((tx) => consents.endAllConsents(given, tx, street, 'agreed-care'))
    expect(await endAll()).toBe(1)
    expect(await endAll()).toBe(0)
    expect(told).toMatchObject([{ name: 'privacy.consent-ended', person: people[0] }])
    const ended = (await rows('consent')).filter((row) => row.ended_at !== null)
    expect(new Set(ended.map((row) => row.person))).toEqual(new Set(people.slice(0, 2)))
    expect(await rows('erasure')).toHaveLength(2)
  })

  test('asked for as the owner touches no street but the one that is named', async () => {
    const person = someone()
    await give(person, { street: elsewhere })
    const endAll = (tx: Tx) => store.endAllIn(tx, street, 'agreed-care', now)
    expect(await db.asOwner(endAll)).toEqual([])
    expect((await all()).map((one) => one.person)).toEqual([person])
  })

  test('is proof for as long as it is kept, and then goes', async () => {
    const [ended, living] = [someone(), someone()]
    await give(ended)
    await give(living)
    await here((tx) => consents.endConsent(given, tx, ended, 'agreed-care'))
    const before = (at: Instant) => db.asOwner((tx) => store.deleteConsentsBefore(tx, at))
    expect(await before(start)).toBe(0)
    expect(await before(start + 1)).toBe(1)
    expect((await rows('consent')).map((row) => row.person)).toEqual([living])
  })
})

describe('a no', () => {
  const refuse = (person: PersonId) =>
    here((tx) => consents.refuseConsent(given, tx, person, street, 'agreed-care'))

  test('is kept for twelve months from the last time it was said', async () => {
    const [person, another] = [someone(), someone()]
    const until = Date.parse('2027-07-07T00:00:00Z')
    expect(await refuse(person)).toBe(until)
    now = start + dayMs
    expect(await refuse(person)).toBe(until + dayMs)
    expect(await rows('refusal')).toEqual([
      {
        ...{ street, person, purpose: 'agreed-care', refused_at: new Date(now) },
        not_asked_until: new Date(until + dayMs),
      },
    ])
    const known = (who: PersonId, purpose: 'agreed-care' | 'agreed-calls') =>
      here((tx) => refusals.notAskedUntil(tx, who, purpose))
    expect(await known(person, 'agreed-care')).toBe(until + dayMs)
    expect(await known(person, 'agreed-calls')).toBeUndefined()
    expect(await known(another, 'agreed-care')).toBeUndefined()
  })

  test('keeps from being asked, to the moment, and for that purpose', async () => {
    const [person, another] = [someone(), someone()]
    const until = await refuse(person)
    now = start + 1
    await refuse(another)
    const asked = (at: Instant, purpose: 'agreed-care' | 'agreed-calls' = 'agreed-care') =>
      here((tx) => refusals.notAsked(tx, purpose, at))
    expect(await asked(until - 1)).toEqual(new Set([person, another]))
    expect(await asked(until)).toEqual(new Set([another]))
    expect(await asked(until - 1, 'agreed-calls')).toEqual(new Set())
    const goes = (at: Instant) => db.asOwner((tx) => refusals.deleteRefusalsOver(tx, at))
    expect(await goes(until - 1)).toBe(0)
    expect(await goes(until)).toBe(1)
    expect((await rows('refusal')).map((row) => row.person)).toEqual([another])
  })
})

test('whoever acts on a yes holds it: an end waits until they are done', async () => {
  const person = someone()
  await give(person)
  const acts = Promise.withResolvers<void>()
  const holds = Promise.withResolvers<void>()
  const acting = here(async (tx) => {
    await store.findConsent(tx, 'agreed-care', { person }, now)
    holds.resolve()
    await acts.promise
    return 'acted'
  })
  await holds.promise
  const order: string[] = []
  const ending = here((tx) => consents.endConsent(given, tx, person, 'agreed-care')).then(() =>
    order.push('ended'),
  )
  const waits = "select 1 from pg_stat_activity where wait_event_type = 'Lock'"
  while ((await db.ownerPool.query(waits)).rowCount === 0 && order.length === 0);
  order.push('still acting')
  acts.resolve()
  expect(await acting).toBe('acted')
  await ending
  expect(order).toEqual(['still acting', 'ended'])
})
