import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { endNotes, put, tellOfficers, tellPages, wasAcknowledged } from '../../delivery/index.ts'
import type { Change, Concerned, Step, Task } from '../types.ts'
import { saveChanges } from './store.ts'

/** A change, and who was concerned before it. */
export type Decided = { change: Change; concerned: readonly Concerned[] }

/** In the transaction that is open and holds the tasks' rows. Everybody concerned hears of it. */
export async function makeTrue(
  given: Given,
  tx: Tx,
  street: StreetCode,
  decided: readonly Decided[],
): Promise<void> {
  await saveChanges(
    tx,
    street,
    decided.map(({ change }) => change),
  )
  const told = new Set<PersonId>()
  for (const { change } of decided) {
    const { task, steps, notes, answered } = change
    if (steps.some(({ act }) => answers.has(act))) await endNotes(given, tx, task.task)
    for (const { person, says } of notes) {
      told.add(person)
      const { urgency } = task
      await put(given, tx, { street, person, topic: 'tasks', matter: task.task, urgency, says })
    }
    for (const person of answered) await wasAcknowledged(given, tx, task.task, person)
  }
  await tellEverybody(tx, decided, told)
  await tellOfficers(tx, street)
  for (const { change } of decided) await tellClosed(given, tx, change)
}

/** After these nobody else needs to be woken for it. */
const answers = new Set<Step['act']>([
  'acknowledge',
  'take',
  'set-out',
  'accept',
  'dispatch',
  'close',
  'withdraw',
])

/** Each page once, however many of its tasks changed. */
async function tellEverybody(
  tx: Tx,
  decided: readonly Decided[],
  told: ReadonlySet<PersonId>,
): Promise<void> {
  const staff = decided.flatMap(({ change, concerned }) => [...concerned, ...change.concerned])
  const people = new Set(staff.map(({ person }) => person))
  await tellPages(
    tx,
    [...people].filter((person) => !told.has(person)),
    'tasks',
  )
  const residents = new Set(decided.flatMap(({ change }) => change.task.person ?? []))
  await tellPages(tx, [...residents], 'care')
}

/** What was taken back scores no rule. */
async function tellClosed(given: Given, tx: Tx, { task, set, steps }: Change): Promise<void> {
  const after: Task = { ...task, ...set }
  const { outcome } = after
  const isTakenBack = steps.some(({ act }) => act === 'withdraw')
  if (task.state === 'closed' || after.state !== 'closed' || outcome === null || isTakenBack) return
  const { street, task: id, rule, ruleVersion, subject, committee } = task
  const at: Instant = after.closedAt ?? 0
  await given.tell(tx, {
    ...{ name: 'tasks.closed', street, task: id, rule, ruleVersion, subject, committee },
    ...{ outcome, at },
  })
}
