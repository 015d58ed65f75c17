/**
 * What is kept of people, room after room, in one list: what lets go at its term, what copies
 * somebody's data out and what forgets them all go by it.
 */
import { dayMs } from './kernel/clock.ts'
import type { Given } from './platform/given.ts'
import { dropReplaced } from './platform/backup/index.ts'
import * as delivery from './desks/delivery/index.ts'
import * as identity from './desks/identity/index.ts'
import * as tasks from './desks/tasks/index.ts'
import * as duties from './ground/duties/index.ts'
import * as people from './ground/people/index.ts'
import * as privacy from './ground/privacy/index.ts'
import * as overview from './outlook/overview/index.ts'
import * as care from './watch/care/index.ts'
import * as scenarios from './watch/scenarios/index.ts'
import * as sensing from './watch/sensing/index.ts'

/** Time to come back, or to be put right (product). */
const leftDays = 365

type Rooms = {
  given: Given
  sensing: sensing.Sensing
  scenarios: scenarios.Scenarios
  outboxFile: string | null
}
type Room = { terms(rooms: Rooms): privacy.Keeps[]; keeper: privacy.Keeper }

const rooms: readonly Room[] = [
  { terms: ({ given }) => privacy.keeps(given), keeper: privacy.ownKeeper },
  {
    terms: ({ given }) => [...people.keeps(given), ...people.importsKept(given)],
    keeper: people.keeper,
  },
  { terms: ({ given }) => duties.keeps(given), keeper: duties.keeper },
  {
    terms: ({ given, outboxFile }) => delivery.keeps(given, outboxFile),
    keeper: delivery.keeper,
  },
  { terms: ({ given }) => identity.keeps(given), keeper: identity.keeper },
  { terms: ({ given }) => tasks.keeps(given), keeper: tasks.keeper },
  { terms: ({ sensing: ear }) => sensing.keeps(ear), keeper: sensing.keeper },
  { terms: ({ scenarios: judge }) => scenarios.keeps(judge), keeper: scenarios.keeper },
  { terms: ({ given }) => care.keeps(given), keeper: care.keeper },
  { terms: ({ given }) => overview.keeps(given), keeper: {} },
]

/** Everything that is kept until a term, of all rooms. */
export function termsOf(running: Rooms): privacy.Keeps[] {
  return [
    ...rooms.flatMap(({ terms }) => terms(running)),
    {
      purpose: 'register',
      what: 'whoever left a year ago and owns, holds and waits for nothing here',
      expire: async (now) => {
        const { given } = running
        const left = await given.db.asOwner((tx) => people.leftBefore(tx, now - leftDays * dayMs))
        return privacy.forgetWhoLeft(given, left, { keepers })
      },
    },
    {
      purpose: 'operation',
      what: 'databases that a restore replaced 35 days ago',
      expire: (now) => dropReplaced(running.given.db.ownerUrl, now),
    },
  ]
}

/** Every room as the keeper of somebody's data, the lower ones first. */
export const keepers: readonly privacy.Keeper[] = rooms.map(({ keeper }) => keeper)
