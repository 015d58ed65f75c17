/** What the book's reviewing and its public numbers ask of the rooms above it. */
import * as identity from './desks/identity/index.ts'
import * as tasks from './desks/tasks/index.ts'
import * as duties from './ground/duties/index.ts'
import * as people from './ground/people/index.ts'
import type * as privacy from './ground/privacy/index.ts'
import type { TaskId } from './kernel/ids.ts'

/** What is known around a look when it is judged. */
export const around: privacy.Around = {
  async kinOf(tx, looker, whom, now) {
    const [atHome, byGrant] = [
      await people.kinOf(tx, looker, whom),
      await identity.grantedWith(tx, looker, whom, now),
    ]
    return new Set([...atHome, ...byGrant])
  },
  async isOpenTask(tx, task) {
    const found = await tasks.taskNamed(tx, task as TaskId)
    return found !== undefined && found.state !== 'closed'
  },
  wasOnDuty: duties.wasOnDuty,
}

/** Who reviews, and who answers for what they find. */
export const reviewDuties: privacy.ReviewDuties = {
  reviewerOf: duties.reviewerOf,
  bodiesOf: duties.bodiesOf,
  postsUnder: duties.postsUnder,
}

/** What is counted of a street for everybody to read. */
export const counted: privacy.Counted = {
  streetsOpen: duties.streetsOpen,
  async peopleIn(tx) {
    const held = await duties.heldPosts(tx, 'all')
    return { register: await people.countPeople(tx), duty: held.length }
  },
  rolesOf: duties.rolesOf,
  reviewerBodies: duties.reviewerBodies,
  bodiesOf: duties.bodiesOf,
}
