import type { Asker } from '../../../kernel/asker.ts'
import type { Looker, Matter } from '../../../kernel/book.ts'
import type { How, Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { Given } from '../../../platform/given.ts'
import { deadline } from '../../rules/index.ts'
import { lookAt } from '../reading/index.ts'
import type * as api from './api.ts'
import { answerersOf } from './decide.ts'
import * as store from './store.ts'
import { answerDays, listed, openMax, type PostsHeld } from './types.ts'

/** Whoever has to answer is told in the same transaction. */
export async function askWhy(
  given: Given,
  asker: Asker,
  { look: id }: Input<typeof api.askWhy>,
  postsHeld: PostsHeld,
): Promise<Output<typeof api.askWhy> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street, person } = asker
  return given.db.inStreet(asker, async (tx) => {
    await store.holdAsker(tx, person)
    const at = given.clock.now()
    const look = await lookAt(tx, person, id, at)
    if (!look) return fault('not-found', 'look')
    if (await store.isAsked(tx, id)) return fault('already-so', 'look')
    if ((await store.countOpen(tx, person)) >= openMax) return fault('questions-open')
    const { at: dueAt } = await deadline(tx, at, { count: answerDays, kind: 'working_day' })
    const question = given.newId<string>()
    await store.addQuestion(tx, { street, question, look: id, person, at, dueAt })
    const told = answerersOf(await postsHeld(tx), store.askingOf({ person, ...look }))
    await given.tell(tx, { name: 'privacy.question-asked', street, question, told })
    return { question, dueAt }
  })
}

export async function questions(
  given: Given,
  asker: Asker,
  postsHeld: PostsHeld,
): Promise<Output<typeof api.questions> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  return given.db.inStreet(asker, async (tx) => {
    const posts = await postsHeld(tx)
    const theirs = (await store.openQuestions(tx)).filter((row) =>
      answerersOf(posts, store.askingOf(row)).includes(asker.person),
    )
    return { questions: theirs.slice(0, listed).map(shownOf), now: given.clock.now() }
  })
}

function shownOf(row: store.OpenQuestion): Output<typeof api.questions>['questions'][number] {
  return {
    question: row.id,
    askedAt: row.asked_at.getTime(),
    dueAt: row.due_at.getTime(),
    look: {
      at: row.at.getTime(),
      by: row.by_kind as Looker['kind'],
      ...{ title: row.title, unit: row.unit, rule: row.rule, ruleVersion: row.rule_version },
      ...{ fields: row.fields, matter: row.matter_kind as Matter['kind'], label: row.label },
      how: row.how as How,
    },
  }
}

/** Another's question is answered as one that is not there. */
export async function answerWhy(
  given: Given,
  asker: Asker,
  { question: id, answer: said }: Input<typeof api.answerWhy>,
  postsHeld: PostsHeld,
): Promise<Output<typeof api.answerWhy> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const answer = said.trim()
  if (answer.length < 4) return fault('bad-input', 'answer')
  const { street, person } = asker
  const { id: post, title, unit } = asker.post
  return given.db.inStreet(asker, async (tx) => {
    const held = await store.questionHeld(tx, id)
    if (!held) return fault('not-found', 'question')
    const { asking, look, answeredAt, answeredBy } = held
    if (answeredAt !== null) {
      return answeredBy === person
        ? fault('already-so', 'question')
        : fault('not-found', 'question')
    }
    if (!answerersOf(await postsHeld(tx), asking).includes(person)) {
      return fault('not-found', 'question')
    }
    const at = given.clock.now()
    await store.setAnswered(tx, id, { person, post, title, unit, at, answer })
    const told = { question: id, look, person: asking.asker }
    await given.tell(tx, { name: 'privacy.question-answered', street, ...told })
    return { answeredAt: at }
  })
}

/** The table has no street for whoever asks without one. */
export async function askedCounts(
  given: Given,
  asker: Asker,
): Promise<Output<typeof api.askedCounts>> {
  const now = given.clock.now()
  return given.db.asOwner(async (tx) => ({
    all: await store.countAsked(tx, now, null),
    street: asker.kind === 'person' ? await store.countAsked(tx, now, asker.street) : null,
  }))
}
