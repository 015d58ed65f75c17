import type { PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { hurryTask, openTasks, withdraw, type Task } from '../../../desks/tasks/index.ts'
import { endFindings, sendHelp, waitingAbout, type Scenarios } from '../../scenarios/index.ts'
import type { Plan } from '../types.ts'
import { answerAll, tellEnd } from './asking.ts'

type Rooms = { given: Given; scenarios: Scenarios }
type Who = Pick<Plan, 'street' | 'plan' | 'person' | 'home'>
/** What a human answer ends; `question` as in the event. */
type Matter = { question: string; rule: string; ruleVersion: number }

/**
 * "All is well", by the person or a contact: a human answer ends whatever step it is at, in this
 * transaction. Nothing is asked any more, and a visit is taken back while nobody set out for it.
 * Whoever is on the way, or was called for help, goes on. Answers how many matters that were.
 */
export async function saidFine({ given }: Rooms, tx: Tx, who: Who): Promise<number> {
  const matters = await endAsking({ given }, tx, who, 'fine')
  for (const task of await visitsTo(tx, who.person)) {
    if (!isNotBegun(task)) continue
    const { rule, ruleVersion, subject } = task
    await withdraw(given, tx, rule, subject)
    matters.set(rule, { question: task.task, rule, ruleVersion })
  }
  await tellAnswered({ given }, tx, who, [...matters.values()])
  return matters.size
}

/**
 * "Help is needed": a worker is asked at once, in this transaction. Of several matters one opens
 * the visit; the others have had a human answer. False: nothing is open.
 */
export async function saidHelp(
  { given, scenarios }: Rooms,
  tx: Tx,
  who: Who,
  { by, question: asked }: { by: 'person' | 'contact'; question?: string },
): Promise<boolean> {
  const { street, plan, person } = who
  const waiting = await waitingAbout(tx, plan)
  const first = waiting.find(({ id }) => id === asked) ?? waiting[0]
  await answerAll(given, tx, person, 'help')
  if (!first) return hurryVisits({ given }, tx, person, by)
  await sendHelp(scenarios, tx, street, { question: first.id, person, by })
  const others = waiting.filter(({ rule }) => rule !== first.rule)
  for (const { rule } of others) await endFindings(tx, rule, plan, given.clock.now())
  const matters = others.map(({ id: question, rule, ruleVersion }) => {
    return { question, rule, ruleVersion }
  })
  await tellAnswered({ given }, tx, who, matters)
  return true
}

/** Somebody was asked to come already: they hear that it is urgent. */
async function hurryVisits(
  { given }: Pick<Rooms, 'given'>,
  tx: Tx,
  person: PersonId,
  by: 'person' | 'contact',
): Promise<boolean> {
  const visits = await visitsTo(tx, person)
  for (const { task } of visits) await hurryTask(given, tx, task, by)
  return visits.length > 0
}

async function endAsking(
  { given }: Pick<Rooms, 'given'>,
  tx: Tx,
  { plan, person }: Who,
  answer: 'fine',
): Promise<Map<string, Matter>> {
  const asked = await answerAll(given, tx, person, answer)
  const waiting = await waitingAbout(tx, plan)
  const matters = [...asked, ...waiting.map(({ id: question, ...one }) => ({ ...one, question }))]
  const byRule = new Map<string, Matter>()
  for (const { question, rule, ruleVersion } of matters) {
    byRule.set(rule, { question, rule, ruleVersion })
  }
  for (const rule of byRule.keys()) await endFindings(tx, rule, plan, given.clock.now())
  return byRule
}

async function visitsTo(tx: Tx, person: PersonId): Promise<Task[]> {
  return (await openTasks(tx, { person })).filter(({ kind }) => kind === 'care-visit')
}

/** Nobody set out yet, and nobody called for help: a human answer takes it back. */
export function isNotBegun({ state, urgency }: Task): boolean {
  return urgency === 'usual' && (state === 'raised' || state === 'acknowledged')
}

async function tellAnswered(
  { given }: Pick<Rooms, 'given'>,
  tx: Tx,
  who: Who,
  matters: readonly Matter[],
): Promise<void> {
  const at = given.clock.now()
  for (const matter of matters) await tellEnd(given, tx, 'care.answered', { ...who, ...matter }, at)
}
