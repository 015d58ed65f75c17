import { hourMs, type Instant } from '../../../kernel/clock.ts'
import type { PersonId, PlaceCode, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { committeeOf } from '../../../ground/places/index.ts'
import { findConsent } from '../../../ground/privacy/index.ts'
import {
  joinTask,
  openTasks,
  withdraw,
  type Asked,
  type Facts,
} from '../../../desks/tasks/index.ts'
import {
  askedBefore,
  kindOf,
  notBefore,
  stepAfter,
  type AskStep,
  type Known,
  type Wanted,
} from '../decide.ts'
import type { Definition } from '../definition/index.ts'
import {
  addFinding,
  askedAtOnce,
  dropFindings,
  endFindings,
  findingsWithoutTask,
  giveTask,
  openFinding,
  type Found,
} from '../found/index.ts'
import * as store from '../store.ts'
import type { Watch } from '../types.ts'
import { addShadowFinding } from '../workshop/index.ts'
import { ask, send } from './chain.ts'
import { keyIn } from './memory.ts'

/** One street's transaction, and what is known in it. */
export type Saving = {
  given: Given
  tx: Tx
  street: StreetCode
  now: Instant
  known: Known
  /** Who agreed in a home: a look at the task of a device there is a look at them. */
  whoAt(place: PlaceCode): PersonId | null
}

type Opening = Extract<Wanted, { do: 'open' }>

/** Makes a finding true: a row, a task, a question, a line in an open task's history. */
export async function fulfil(saving: Saving, wanted: Wanted): Promise<void> {
  const { given, tx, street } = saving
  const { rule, version, subject, at } = wanted
  switch (wanted.do) {
    case 'count': {
      const committee = committeeOf(wanted.place)
      const counted = { street, id: given.newId<string>(), rule, version, committee }
      return addShadowFinding(tx, counted, at)
    }
    case 'withdraw':
      await withdraw(given, tx, rule, subject)
      return dropFindings(tx, rule, subject)
    case 'over': {
      const open = await openTasks(tx, { rule, subject })
      if (open.every(({ state }) => state === 'raised')) await withdraw(given, tx, rule, subject)
      return dropWaiting(saving, rule, subject)
    }
    case 'join':
      await joinTask(given, tx, rule, subject, wanted.facts)
      return
    case 'open':
      return open(saving, wanted)
    default:
      return wanted satisfies never
  }
}

/** Nothing more is asked for it: neither a task nor the person. */
export async function dropWaiting(saving: Saving, rule: string, subject: string): Promise<void> {
  const { given, tx, street, now } = saving
  for (const question of await endFindings(tx, rule, subject, now)) {
    await given.tell(tx, { name: 'scenarios.question-dropped', street, question })
  }
}

async function open(saving: Saving, wanted: Opening): Promise<void> {
  const { given, tx, street, now } = saving
  const { definition, rule, version, subject, place, watch, facts, at } = wanted
  // The last gate: the consent's row is locked, so an ending one either waits or has won.
  if (watch && !(await isAgreed(saving, watch))) return
  const id = given.newId<string>()
  const found = { street, id, rule, ruleVersion: version, subject, place, foundAt: at, facts }
  const asked = askedOf(saving, wanted)
  const waits = notBefore(definition, place, now)
  const next = stepAfter(definition, place, 0)
  const opened =
    asked === undefined || next.do !== 'send' || waits !== null
      ? undefined
      : await send(saving, asked, next)
  await addFinding(tx, {
    ...found,
    // Whoever lives where a device failed is no part of what was found.
    facts: watch && asked ? asked : asked ? { ...asked, person: null } : facts,
    task: opened ?? null,
    ...{ notBefore: waits, step: 0 },
  })
  if (!watch || next.do !== 'ask' || waits !== null) return
  await ask(saving, { question: id, rule, ruleVersion: version, watch, taken: 0 }, next)
}

function askedOf(saving: Saving, wanted: Opening): Asked | undefined {
  const { definition, rule, version, subject, place, watch, facts } = wanted
  const kind = kindOf(definition)
  if (kind === undefined) return undefined
  const person = watch ? watch.person : whoOf(saving, kind, place, facts)
  return { kind, rule, ruleVersion: version, subject, place, person, facts }
}

/**
 * A gateway is nobody's. A lead is of a home and names nobody: who agreed to care there has nothing
 * to do with it.
 */
function whoOf({ whoAt }: Saving, kind: Asked['kind'], place: PlaceCode, { gateway }: Facts) {
  return gateway !== null || kind === 'home-check' ? null : whoAt(place)
}

async function isAgreed({ given, tx }: Saving, watch: Watch): Promise<boolean> {
  const { consent, purpose } = watch
  return (await findConsent(tx, purpose, { consent }, given.clock.now())) !== undefined
}

/**
 * What nobody was responsible for, or waited for the end of quiet hours or for an answer, is asked
 * again at every tick; where there is much of it, some of it at each, the oldest first. Answers
 * after which one the next look goes on.
 */
export async function askAgain(
  saving: Saving,
  after: string | undefined,
): Promise<string | undefined> {
  const waiting = await findingsWithoutTask(saving.tx, saving.now, after)
  for (const found of waiting) await askOnce(saving, found)
  return waiting.length < askedAtOnce ? undefined : waiting.at(-1)?.id
}

async function askOnce(saving: Saving, found: Found): Promise<void> {
  const { tx, street, now, known } = saving
  const { id: question, rule, ruleVersion, place, subject, step: taken } = found
  const judged = known.inForce(rule) ?? known.judged(keyIn(street, { rule, version: ruleVersion }))
  const stored = found.facts as Asked | Facts
  const definition = judged?.definition
  const isOnlyAsked = !('kind' in stored) || definition?.act === 'ask'
  const next = definition && nextFor(definition, found, isOnlyAsked)
  if (!definition || !next || next.do === 'nothing') return expire(saving, found)
  const watch = definition.consent
    ? (await store.watches(tx, { subject })).find(({ purpose }) => purpose === definition.consent)
    : null
  if (watch === undefined || (watch && !(await isAgreed(saving, watch)))) return
  if (notBefore(definition, place, now) !== null) return
  // An answer may have ended it a moment ago, or gone on with it.
  if (!(await isStillSo(saving, found))) return
  if (watch && next.do === 'ask') {
    return ask(saving, { question, rule, ruleVersion, watch, taken }, next)
  }
  if (next.do === 'ask' || !('kind' in stored)) return expire(saving, found)
  const person = watch ? watch.person : whoOf(saving, stored.kind, place, stored.facts)
  const facts = { ...stored.facts, ...askedBefore(definition, place, taken) }
  const task = await send(saving, { ...stored, person, facts }, next)
  if (task !== undefined) await giveTask(tx, found.id, task)
}

async function isStillSo({ tx }: Saving, { id, step, notBefore: at }: Found) {
  const found = await openFinding(tx, id)
  return found?.task === null && found.step === step && found.notBefore === at
}

/** What was found to be asked about sends nobody, whatever the rule says by now. */
function nextFor(definition: Definition, { place, step }: Found, isOnlyAsked: boolean) {
  const next = stepAfter(definition, place, step)
  if (!isOnlyAsked || next.do === 'ask') return next
  return step === 0 ? askPersonFirst : undefined
}
const askPersonFirst: AskStep = {
  ...{ do: 'ask', tell: 'person', withinMinutes: 15, isUrgent: false, isLast: true },
}

/** A question nobody answered, of a rule that only asks, ends with its time; it sends nobody. */
async function expire({ tx, now }: Saving, found: Found): Promise<void> {
  if (found.notBefore !== null && found.notBefore + hourMs > now) return
  await endFindings(tx, found.rule, found.subject, now)
}
