import type { Asker, SignedIn } from '../../../kernel/asker.ts'
import type { Look, Seen } from '../../../kernel/book.ts'
import { dayOf } from '../../../kernel/calendar.ts'
import type { Input, Output, Sees } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { lastClosed, openTaskOf, type Task } from '../../../desks/tasks/index.ts'
import { ageOn, numberOf, residentOf } from '../../../ground/people/index.ts'
import { findConsent } from '../../../ground/privacy/index.ts'
import { careSilence } from '../../scenarios/index.ts'
import type * as api from '../api.ts'
import { planOf } from '../store.ts'

const purpose = 'agreed-care'
const fieldsOfCard = [
  ...(['name', 'age', 'address', 'contacts', 'care-plan', 'consents'] as const),
  'visit-outcome',
] as const satisfies Sees[]

type Card = Exclude<Awaited<ReturnType<typeof behindTask>>, Fault>

/** The gate of every card: nobody sees anything of one who did not come through it. */
async function withCard<T>(
  given: Given,
  asker: Asker,
  task: Task['task'],
  show: (tx: Tx, card: Card) => Promise<T | Fault>,
): Promise<T | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  // The task opens the door, wherever its home lies.
  return given.db.inStreet({ street: asker.street, committees: '*' }, async (tx) => {
    const card = await behindTask(given, tx, asker, task)
    return isFault(card) ? card : show(tx, card)
  })
}

/** An open visit of one's own, about somebody who still agrees. */
async function behindTask(given: Given, tx: Tx, asker: SignedIn, id: Task['task']) {
  const task = await openTaskOf(tx, id, asker.person)
  if (!task?.person || task.kind !== 'care-visit') return fault('no-open-task')
  const consent = await findConsent(tx, purpose, { person: task.person }, given.clock.now())
  const person = await residentOf(tx, task.person)
  const plan = await planOf(given, tx, { person: task.person })
  return consent && person && plan ? { task, consent, person, plan } : fault('no-consent')
}

function lookAt(task: Task, person: PersonId, fields: Sees[]): Look {
  const matter = { kind: 'task', id: task.task, label: task.kind } as const
  return { street: task.street, person, fields, matter }
}

export async function personCard(
  { given }: { given: Given },
  asker: Asker,
  input: Input<typeof api.personCard>,
): Promise<Seen<Output<typeof api.personCard>> | Fault> {
  return withCard(given, asker, input.task, async (tx, { task, consent, person, plan }) => {
    const last = await lastClosed(tx, person.person, careSilence)
    const answer = {
      name: person.name,
      age: person.bornOn === null ? null : ageOn(person.bornOn, dayOf(given.clock.now())),
      livesAlone: person.livesAlone,
      hasPhone: (await numberOf(given, tx, person.person, 'phone')) !== null,
      contacts: plan.contacts.map(({ relation, hasKey = false }, i) => {
        return { contact: i + 1, relation, hasKey }
      }),
      way: plan.way,
      agreedUntil: consent.until,
      lastVisit: last ? { at: last.at, outcome: last.outcome } : null,
    }
    const fields: Sees[] = [...fieldsOfCard]
    return { answer, looks: [lookAt(task, person.person, fields)] }
  })
}

export async function showPhone(
  { given }: { given: Given },
  asker: Asker,
  input: Input<typeof api.showPhone>,
): Promise<Seen<Output<typeof api.showPhone>> | Fault> {
  return withCard(given, asker, input.task, async (tx, { task, person, plan }) => {
    const own = { name: person.name, phone: await numberOf(given, tx, person.person, 'phone') }
    const whose = input.contact === 0 ? own : plan.contacts[input.contact - 1]
    if (!whose?.phone) return fault('not-found', 'contact')
    const fields: Sees[] = input.contact === 0 ? ['name', 'phone'] : ['contacts', 'phone']
    const answer = { name: whose.name, phone: whose.phone }
    return { answer, looks: [lookAt(task, person.person, fields)] }
  })
}
