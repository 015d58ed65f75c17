import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { hourMs, type Instant } from '../../../kernel/clock.ts'
import { isFault } from '../../../kernel/fault.ts'
import type { PersonId, PlanId } from '../../../kernel/ids.ts'
import { giveConsent } from '../../../ground/privacy/index.ts'
import { home, openRegistry, street, type Registry } from '../../devices/testing/index.ts'
import type { Scenarios } from '../../scenarios/index.ts'
import {
  askPerson,
  dropQuestion,
  dropQuestions,
  expireQuestions,
  forgetQuestions,
  questionOf,
  saidFine,
} from './index.ts'
import type { AskingPurpose } from './types.ts'

let town: Registry
beforeAll(async () => {
  town = await openRegistry()
})
afterAll(() => town[Symbol.asyncDispose]())
beforeEach(async () => {
  town.events.splice(0)
  await town.rows('delete from care.question')
})

const inStreet: Registry['given']['db']['inStreet'] = (...args) => town.given.db.inStreet(...args)

async function somebody(purpose: AskingPurpose = 'agreed-care') {
  const { given } = town
  const person = given.newId<PersonId>()
  const plan = given.newId<PlanId>()
  const consent = await inStreet({ street }, (tx) =>
    giveConsent(given, tx, { street, person, home, purpose }),
  )
  if (!consent || isFault(consent)) throw new Error('no consent')
  town.events.splice(0)
  const ask = (question: string, until: Instant, rule = 'care-habit') =>
    inStreet({ street }, (tx) =>
      askPerson(given, tx, { plan, home }, consent, {
        ...{ street, question, rule, ruleVersion: 3, until, isUrgent: false },
      }),
    )
  const shown = () => inStreet({ street }, (tx) => questionOf(tx, person))
  const well = async () => {
    const who = { street, plan, person, home }
    return inStreet({ street }, (tx) => saidFine({ given, scenarios: nobodyJudges }, tx, who))
  }
  return { person, plan, ask, shown, well }
}

/** Only "help" asks the judge. */
const nobodyJudges = undefined as unknown as Scenarios
const id = () => town.given.newId<string>()
const rows = (person: string) =>
  town.rows<{ rule: string; answered_at: Date | null; ended_at: Date | null }>(
    'select * from care.question where person = $1 order by until',
    [person],
  )
const told = (name: string) => town.events.filter((event) => event.name === name)

test('one tap answers, tells the clock that it starts anew, and a second tap answers nothing', async () => {
  const { plan, ask, shown, well } = await somebody()
  const question = id()
  const until = town.clock.now() + hourMs
  expect(await ask(question, until)).toBe(true)
  expect(await shown()).toMatchObject({ rule: 'care-habit', ruleVersion: 3, until })
  expect(await well()).toBe(1)
  expect(town.events).toEqual([
    {
      ...{ name: 'care.answered', street, question, subject: plan, home },
      ...{ rule: 'care-habit', ruleVersion: 3, at: expect.any(Number) },
    },
  ])
  expect(await shown()).toBeUndefined()
  expect(await well()).toBe(0)
  expect(town.events).toHaveLength(1)
})

test('told twice, asked once, though it was answered meanwhile', async () => {
  const { person, ask, well } = await somebody()
  const question = id()
  const until = town.clock.now() + hourMs
  expect(await ask(question, until)).toBe(true)
  expect(await ask(question, until)).toBe(false)
  await well()
  expect(await ask(question, until)).toBe(false)
  expect(await rows(person)).toHaveLength(1)
})

test('a rule asks once at a time; of two rules the person sees one question and answers both', async () => {
  const { person, ask, shown, well } = await somebody()
  const now = town.clock.now()
  expect(await ask(id(), now + 2 * hourMs)).toBe(true)
  expect(await ask(id(), now + 3 * hourMs)).toBe(false)
  expect(await ask(id(), now + hourMs, 'another-rule')).toBe(true)
  expect(await shown()).toMatchObject({ rule: 'another-rule' })
  expect(await well()).toBe(2)
  const rules = told('care.answered').map((event) => ('rule' in event ? event.rule : ''))
  expect(new Set(rules)).toEqual(new Set(['another-rule', 'care-habit']))
  expect((await rows(person)).every((row) => row.answered_at !== null)).toBe(true)
})

test('nobody answered: told once, at the time at which it was over, and not a moment before', async () => {
  const { person, plan, ask, shown } = await somebody()
  const question = id()
  const until = town.clock.now() + hourMs
  await ask(question, until)
  town.clock.set({ at: until - 10 })
  expect(await expireQuestions(town.given)).toBe(0)
  town.clock.set({ at: until + 15_000 })
  expect(await expireQuestions(town.given)).toBe(1)
  expect(await expireQuestions(town.given)).toBe(0)
  expect(town.events).toEqual([
    {
      ...{ name: 'care.unanswered', street, question, subject: plan, home },
      ...{ rule: 'care-habit', ruleVersion: 3, at: until },
    },
  ])
  expect(await shown()).toBeUndefined()
  expect((await rows(person))[0]?.answered_at).toBeNull()
})

test('of an answer and the end of its time at once, one happens', async () => {
  const { ask, well } = await somebody()
  const until = town.clock.now() + hourMs
  await ask(id(), until)
  town.clock.set({ at: until })
  const [answered, expired] = await Promise.all([well(), expireQuestions(town.given)])
  expect(answered + expired).toBe(1)
  expect(town.events).toHaveLength(1)
})

test('a question that needs no answer any more goes without a word', async () => {
  const { ask, shown, well } = await somebody()
  const question = id()
  await ask(question, town.clock.now() + hourMs)
  await inStreet({ street }, (tx) => dropQuestion(town.given, tx, question))
  expect(await shown()).toBeUndefined()
  expect(await well()).toBe(0)
  expect(town.events).toEqual([])
})

test('with the agreement all goes that was asked under it, and nothing of the other one', async () => {
  const { person, ask } = await somebody()
  await ask(id(), town.clock.now() + hourMs)
  await inStreet({ street }, (tx) => dropQuestions(town.given, tx, person, 'wandering-guard'))
  expect(await rows(person)).toHaveLength(1)
  await inStreet({ street }, (tx) => dropQuestions(town.given, tx, person))
  expect(await rows(person)).toEqual([])
})

test('what has ended is forgotten after its time, what is open never', async () => {
  const { person, ask, well } = await somebody()
  const until = town.clock.now() + hourMs
  await ask(id(), until)
  await well()
  await ask(id(), until)
  const forget = (at: Instant) => town.given.db.asOwner((tx) => forgetQuestions(tx, at))
  const [ended] = (await rows(person)).filter((row) => row.ended_at !== null)
  expect(await forget(ended?.ended_at?.getTime() ?? 0)).toBe(0)
  expect(await forget(until)).toBe(1)
  expect((await rows(person)).map((row) => row.ended_at)).toEqual([null])
})
