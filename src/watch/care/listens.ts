import { on, type Listener } from '../../platform/bus.ts'
import {
  consentEnded,
  contactsAsked,
  personAsked,
  questionDropped,
  type CareGiven,
} from './actions.ts'

import { isOffer, offerClosed } from './offering/index.ts'

export function listens<Rooms extends CareGiven>(): Listener<Rooms>[] {
  return [
    on('privacy.consent-ended', 'care', (rooms, event) => consentEnded(rooms, event)),
    on('tasks.closed', 'care', (rooms, event) => offerClosed(rooms, event), isOffer),
    on('scenarios.person-asked', 'care', (rooms, event) => personAsked(rooms, event)),
    on('scenarios.contact-asked', 'care', (rooms, event) => contactsAsked(rooms, event)),
    on('scenarios.question-dropped', 'care', (rooms, event) => questionDropped(rooms, event)),
  ]
}
