import { knownOf, postOf, type HeldPost } from '../../../ground/duties/index.ts'
import { namesOf } from '../../../ground/people/index.ts'
import type { Asker } from '../../../kernel/asker.ts'
import type { Look, Matter, Seen } from '../../../kernel/book.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import { capacities } from '../../../kernel/matter.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import type * as api from '../api.ts'
import { concernedIn } from '../changing/index.ts'
import { rosterOf, type Roster } from '../climbing/index.ts'
import { taskNamed } from '../store.ts'
import { handsOf } from './store.ts'

const shownMax = 100

export async function candidates(
  given: Given,
  asker: Asker,
  input: Input<typeof api.candidates>,
): Promise<Seen<Output<typeof api.candidates>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const now = given.clock.now()
  return given.db.inStreet(asker, async (tx) => {
    const task = await taskNamed(tx, input.task)
    if (!task || task.responsible !== asker.person || task.state === 'closed') {
      return fault('not-found', 'task')
    }
    const known = await knownOf(tx, { from: now, to: now + 1 })
    const roster = rosterOf(known, now)
    const ladders = roster.laddersAt(task.kind, task.place)
    const asked = new Set(capacities.flatMap((as) => ladders(as).map(({ person }) => person)))
    const posts = known.posts
      .filter(
        (post) =>
          post.person !== asker.person &&
          (post.role === 'street' || post.committee === task.committee || asked.has(post.person)),
      )
      .slice(0, shownMax)
    const concerned = (await concernedIn(tx, [task.task])).get(task.task) ?? []
    const parts = new Map(concerned.map(({ person, part }) => [person, part]))
    const shown = await shownOf(tx, posts, roster)
    const matter = { kind: 'task', id: task.task, label: task.kind } as const
    return {
      answer: {
        posts: shown.map(({ person, post, hand, ...one }) => ({
          ...{ ...one, post, open: hand.open },
          part: parts.get(person) ?? null,
        })),
      },
      looks: looksAt(posts, asker, matter),
    }
  })
}

export async function colleagues(
  given: Given,
  asker: Asker,
  { committee }: Input<typeof api.colleagues>,
): Promise<Seen<Output<typeof api.colleagues>> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  if (committee && asker.post.role !== 'street') return fault('not-allowed', 'committee')
  const now = given.clock.now()
  return given.db.inStreet(asker, async (tx) => {
    const own = await postOf(tx, asker.person)
    const known = await knownOf(tx, { from: now, to: now + 1 })
    const posts = known.posts
      .filter((post) =>
        committee ? post.committee === committee : own !== undefined && post.body === own.body,
      )
      .toSorted((a, b) => a.rank - b.rank)
      .slice(0, shownMax)
    const shown = await shownOf(tx, posts, rosterOf(known, now))
    const matter = { kind: 'operation', id: null, label: 'colleagues' } as const
    return {
      answer: {
        posts: shown.map(({ person, hand, title, unit, name, isOnDuty, isThere }) => ({
          ...{ title, unit, name, isOnDuty, isThere, ...hand },
          isMe: person === asker.person,
        })),
      },
      looks: looksAt(posts, asker, matter),
    }
  })
}

async function shownOf(tx: Tx, posts: readonly HeldPost[], roster: Roster) {
  const people = posts.map(({ person }) => person)
  const names = await namesOf(tx, people)
  const hands = await handsOf(tx, people)
  return posts.map(({ id, person, title, unit }) => {
    const { isOnDuty, isThere } = roster.ownerOf(person)
    const hand = hands.get(person) ?? { open: 0, now: null }
    const name = names.get(person) ?? null
    return { post: id, person, title, unit, name, isOnDuty, isThere, hand }
  })
}

function looksAt(
  posts: readonly HeldPost[],
  asker: Extract<Asker, { kind: 'person' }>,
  matter: Matter,
): Look[] {
  const people = new Set<PersonId>(posts.map(({ person }) => person))
  people.delete(asker.person)
  return [...people].map((person) => ({
    street: asker.street,
    person,
    fields: ['name', 'post'],
    matter,
  }))
}
