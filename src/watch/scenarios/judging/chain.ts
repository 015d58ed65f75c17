import { minuteMs } from '../../../kernel/clock.ts'
import { isFault } from '../../../kernel/fault.ts'
import type { PersonId, StreetCode, TaskId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { openTask, type Asked, type Facts } from '../../../desks/tasks/index.ts'
import { askedBefore, helpFor, type AskStep, type SendStep } from '../decide.ts'
import { giveTask, openFinding, takeStep } from '../found/index.ts'
import type { Watch } from '../types.ts'
import type { Saving } from './fulfil.ts'
import { keyIn, type Memory } from './memory.ts'

/** Who said so. */
type Help = NonNullable<Facts['help']>
type Where = Pick<Saving, 'given' | 'tx' | 'street' | 'now'>

/** `taken`: how many steps were asked before this one. */
export type Asking = {
  question: string
  rule: string
  ruleVersion: number
  watch: Watch
  taken: number
}

/** Whoever is asked has their time to answer; nothing else is done before it is over. */
export async function ask(
  { given, tx, street, now }: Where,
  { question, rule, ruleVersion, watch, taken }: Asking,
  { tell, withinMinutes, isUrgent, isLast }: AskStep,
): Promise<void> {
  const until = now + withinMinutes * minuteMs
  await takeStep(tx, question, { step: taken + 1, notBefore: until })
  const { subject, purpose } = watch
  const asked = { street, question, subject, purpose, rule, ruleVersion, until, isUrgent }
  await given.tell(
    tx,
    tell === 'person'
      ? { name: 'scenarios.person-asked', ...asked }
      : { name: 'scenarios.contact-asked', ...asked, isLast },
  )
}

/** Undefined where nobody is responsible: it is asked again. */
export async function send(
  { given, tx, street }: Where,
  asked: Asked,
  { tiers, within, urgency }: SendStep,
): Promise<TaskId | undefined> {
  const opened = await openTask(given, tx, street, { ...asked, tiers, urgency }, within)
  return isFault(opened) ? undefined : opened.task
}

/** The time to answer is over now: the rule goes on with its next step at the next look. */
export async function goOn(given: Given, tx: Tx, question: string): Promise<void> {
  const found = await openFinding(tx, question)
  if (!found || found.task !== null) return
  await takeStep(tx, question, { step: found.step, notBefore: given.clock.now() })
}

/**
 * The person or a contact said that help is needed: a worker is asked at once, in the transaction
 * of the answer, whatever the rule's own acts and hours are. `person` agreed: the caller looked.
 */
export async function sendHelp(
  { given, memory }: { given: Given; memory: Memory },
  tx: Tx,
  street: StreetCode,
  { question, person, by }: { question: string; person: PersonId; by: Help },
): Promise<TaskId | undefined> {
  const found = await openFinding(tx, question)
  if (!found) return undefined
  if (found.task !== null) return found.task as TaskId
  const { rule, ruleVersion, subject, place } = found
  const known = memory.knownIn(memory.streetOf(street))
  const judged = known.inForce(rule) ?? known.judged(keyIn(street, { rule, version: ruleVersion }))
  const stored = found.facts as Asked | Facts
  const heard = 'kind' in stored ? stored.facts : stored
  const facts = { ...heard, ...askedBefore(judged?.definition, place, found.step), help: by }
  const now = given.clock.now()
  const asked: Asked = {
    ...{ kind: 'care-visit', rule, ruleVersion, subject, place, person, facts },
  }
  const task = await send({ given, tx, street, now }, asked, helpFor(judged?.definition, place))
  if (task === undefined) await takeStep(tx, question, { step: found.step, notBefore: now })
  else await giveTask(tx, question, task)
  return task
}
