import { on, type Listener } from '../../platform/bus.ts'
import type { Given } from '../../platform/given.ts'
import {
  glassBroken,
  keeperNamed,
  lookWrong,
  ownRequestDecided,
  reviewerNamed,
  whyAnswered,
  whyAsked,
} from './actions.ts'

export function listens<Rooms extends { given: Given }>(): Listener<Rooms>[] {
  return [
    on('privacy.glass-broken', 'delivery', ({ given }, event) => glassBroken(given, event)),
    on('privacy.question-asked', 'delivery', ({ given }, event) => whyAsked(given, event)),
    on('privacy.question-answered', 'delivery', ({ given }, event) => whyAnswered(given, event)),
    on('privacy.own-request-decided', 'delivery', ({ given }, event) =>
      ownRequestDecided(given, event),
    ),
    on('duties.keeper-named', 'delivery', ({ given }, event) => keeperNamed(given, event)),
    on('duties.reviewer-named', 'delivery', ({ given }, event) => reviewerNamed(given, event)),
    on('privacy.look-wrong', 'delivery', ({ given }, event) => lookWrong(given, event)),
  ]
}
