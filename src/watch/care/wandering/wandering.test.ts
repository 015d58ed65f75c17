import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Asker, vouchedFor } from '../../../kernel/asker.ts'
import { dayMs } from '../../../kernel/clock.ts'
import { isFault } from '../../../kernel/fault.ts'
import type { PersonId, PlanId } from '../../../kernel/ids.ts'
import { endConsent, findConsent, giveConsent } from '../../../ground/privacy/index.ts'
import type { Consented } from '../../../ground/privacy/index.ts'
import { home, openRegistry, street, type Registry } from '../../devices/testing/index.ts'
import type { Scenarios } from '../../scenarios/index.ts'
import { addPlan } from '../store.ts'
import { endGuard, guardOf, setWandering } from './index.ts'

let town: Registry
beforeAll(async () => {
  town = await openRegistry()
})
afterAll(() => town[Symbol.asyncDispose]())
beforeEach(async () => {
  for (const table of ['care.plan', 'privacy.consent', 'scenarios.watch']) {
    await town.rows(`delete from ${table}`)
  }
  town.events.splice(0)
})

const inStreet: Registry['given']['db']['inStreet'] = (...args) => town.given.db.inStreet(...args)
const yes = { textVersion: 2, by: 'person' } as const

/** Somebody with agreed care, or without. */
async function resident(isAgreed = true) {
  const { given } = town
  const person = given.newId<PersonId>()
  const asker: Asker = { kind: 'person', person, street, home, post: null, signIn: vouchedFor }
  const scenarios = { given } as Scenarios
  const set = (agrees: { textVersion: number; by: 'person' | 'guardian' } | null) =>
    setWandering({ given, scenarios }, asker, { agrees })
  const guard = () => inStreet({ street }, (tx) => guardOf(tx, person, town.clock.now()))
  if (!isAgreed) return { person, set, guard }
  await inStreet({ street }, async (tx) => {
    const wish = { street, person, home, purpose: 'agreed-care' } as const
    const consent = await giveConsent(given, tx, wish)
    if (!consent) throw new Error('no consent')
    const plan = given.newId<PlanId>()
    const row = {
      plan,
      street,
      person,
      home,
      consent: consent.consent,
      contacts: [],
      way: 'sensor' as const,
      paper: null,
    }
    await addPlan(given, tx, row, consent.givenAt)
  })
  town.events.splice(0)
  return { person, set, guard }
}

const consents = (person: string) =>
  town.rows<{ purpose: string; given_by: string; ended_at: Date | null }>(
    'select * from privacy.consent where person = $1 order by purpose',
    [person],
  )

describe('the wandering guard', () => {
  test.each(['person', 'guardian'] as const)(
    'says that the %s agreed, as it was said',
    async (by) => {
      const { person, set, guard } = await resident()
      expect(await guard()).toBeUndefined()
      const answer = await set({ ...yes, by })
      expect(answer).toMatchObject({ wandering: { by } })
      expect(await guard()).toEqual('wandering' in answer ? answer.wandering : null)
      expect(await consents(person)).toMatchObject([
        { purpose: 'agreed-care', given_by: 'person', ended_at: null },
        { purpose: 'wandering-guard', given_by: by, ended_at: null },
      ])
      expect(town.events.map(({ name }) => name)).toContain('scenarios.watch-changed')
    },
  )

  test('is given beside agreed care only', async () => {
    const { set } = await resident(false)
    expect(await set(yes)).toEqual({ fault: 'no-consent' })
    const ended = await resident()
    await inStreet({ street }, (tx) => endConsent(town.given, tx, ended.person, 'agreed-care'))
    expect(await ended.set(yes)).toEqual({ fault: 'no-consent' })
    expect((await consents(ended.person)).map(({ purpose }) => purpose)).toEqual(['agreed-care'])
  })

  test('is asked anew with a text of its own, and is agreed to once', async () => {
    const { set } = await resident()
    const old = { fault: 'moved-on', field: 'textVersion' }
    expect(await set({ ...yes, textVersion: 1 })).toEqual(old)
    expect(isFault(await set(yes))).toBe(false)
    expect(await set(yes)).toEqual({ fault: 'already-so' })
  })

  test('ends with one tap, and leaves agreed care as it is', async () => {
    const { person, set, guard } = await resident()
    expect(await set(null)).toEqual({ fault: 'no-consent' })
    await set(yes)
    town.events.splice(0)
    expect(await set(null)).toEqual({ wandering: null })
    expect(await guard()).toBeUndefined()
    expect(town.events).toMatchObject([
      { name: 'privacy.consent-ended', purpose: 'wandering-guard', person },
    ])
    const live = (await consents(person)).filter((row) => row.ended_at === null)
    expect(live.map(({ purpose }) => purpose)).toEqual(['agreed-care'])
  })

  test('lasts a year at most', async () => {
    const { set, guard } = await resident()
    const answer = await set(yes)
    if (isFault(answer) || !answer.wandering) throw new Error('not agreed')
    expect(answer.wandering.agreedUntil - answer.wandering.since).toBe(365 * dayMs)
    town.clock.set({ at: answer.wandering.agreedUntil })
    expect(await guard()).toBeUndefined()
  })

  test('ends once, whoever ends it', async () => {
    const { person, set } = await resident()
    await set(yes)
    const end = () => inStreet({ street }, (tx) => endGuard(town.given, tx, person))
    expect([await end(), await end()]).toEqual([true, false])
  })
})

test('one agreement is no proof for the other, neither in the rows nor for the compiler', async () => {
  const { person, set } = await resident()
  await set(yes)
  const now = town.clock.now()
  const find = (purpose: 'agreed-care' | 'wandering-guard') =>
    inStreet({ street }, (tx) => findConsent(tx, purpose, { person }, now))
  const guard = await find('wandering-guard')
  const care = await find('agreed-care')
  expect(guard?.consent).not.toBe(care?.consent)
  const asCare = (proof: Consented<'agreed-care'>) => proof.purpose
  // @ts-expect-error the guard's proof opens nothing of agreed care
  expect(guard && asCare(guard)).toBe('wandering-guard')
  const crossed = guard?.consent
  const wrong =
    crossed &&
    (await inStreet({ street }, (tx) => findConsent(tx, 'agreed-care', { consent: crossed }, now)))
  expect(wrong).toBeUndefined()
})
