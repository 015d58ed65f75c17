import { on, type Listener } from '../../platform/bus.ts'
import { consentEnded, type CareGiven } from './actions.ts'

export function listens<Rooms extends CareGiven>(): Listener<Rooms>[] {
  return [on('privacy.consent-ended', 'care', (rooms, event) => consentEnded(rooms, event))]
}
