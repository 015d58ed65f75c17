import { on, type Listener } from '../../platform/bus.ts'
import { consentEnded, consentGiven, type Sensing } from './actions.ts'

export function listens<Rooms extends { sensing: Sensing }>(): Listener<Rooms>[] {
  return [
    on('privacy.consent-given', 'sensing', ({ sensing }, event) =>
      consentGiven(sensing, event.street, event.consent),
    ),
    on('privacy.consent-ended', 'sensing', ({ sensing }, event) =>
      consentEnded(sensing, event.consent),
    ),
  ]
}
