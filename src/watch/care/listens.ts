import { on, type Listener } from '../../platform/bus.ts'
import { consentEnded, personAsked, questionDropped, type CareGiven } from './actions.ts'

export function listens<Rooms extends CareGiven>(): Listener<Rooms>[] {
  return [
    on('privacy.consent-ended', 'care', (rooms, event) => consentEnded(rooms, event)),
    on('scenarios.person-asked', 'care', (rooms, event) => personAsked(rooms, event)),
    on('scenarios.question-dropped', 'care', (rooms, event) => questionDropped(rooms, event)),
  ]
}
