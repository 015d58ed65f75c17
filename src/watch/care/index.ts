/**
 * care: agreed care. The person agrees, chooses contacts, says when away, ends it with one tap.
 * Where a rule wants to know of the person, they are asked here first, then the contacts whom they
 * chose, by a link for one answer; a human answer ends every step. The wandering guard is a second,
 * separate agreement beside it. A worker sees the person's card only from an open visit of their
 * own, and the person sees that.
 * At eighty a visit asks how one wishes to be looked after: calls alone, sensors, or with a
 * key-holder; paper is worth the same.
 * Keeps: the plan and its contacts while the consent lives, questions and which contact was asked
 * three days after they ended, that somebody was asked at eighty three years.
 */
import { dayMs } from '../../kernel/clock.ts'
import type { Given } from '../../platform/given.ts'
import type { Keeps } from '../../ground/privacy/index.ts'
import { expireQuestions, forgetQuestions } from './asking/index.ts'
import { askNextContacts } from './contacts/index.ts'
import { deleteOffersBefore } from './offering/index.ts'
import type { CareGiven } from './actions.ts'

export { sealedParts, sealWhatIsClear } from './sealing/index.ts'
export { addressOfContact, answerLink, behindLink, type Behind } from './contacts/index.ts'
export { mayTell } from './asking/index.ts'
export { listens } from './listens.ts'
export { offerVisits } from './offering/index.ts'
export { openRoutes } from './routes.ts'
export { endAgreement, stopPurpose, type CareGiven } from './actions.ts'
export { keeper } from './own/index.ts'
export { answers } from './types.ts'

/** Time goes by: what nobody answered is told, and the next contact is asked. */
export async function lookOn(rooms: CareGiven): Promise<void> {
  await expireQuestions(rooms.given)
  await askNextContacts(rooms)
}

const endedDays = 3
const offerDays = 3 * 366

export function keeps(given: Given): Keeps[] {
  return [
    {
      purpose: 'agreed-care',
      what: 'questions that ended three days ago',
      expire: (now) => given.db.asOwner((tx) => forgetQuestions(tx, now - endedDays * dayMs)),
    },
    {
      purpose: 'register',
      what: 'that somebody was asked at eighty, three years ago',
      expire: (now) => given.db.asOwner((tx) => deleteOffersBefore(tx, now - offerDays * dayMs)),
    },
  ]
}
