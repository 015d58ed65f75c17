import { on, type Listener } from '../../platform/bus.ts'
import { consentEnded, consentGiven, purposeSwitched, registryChanged } from './actions.ts'
import type { Sensing } from './running/index.ts'

export function listens<Rooms extends { sensing: Sensing }>(): Listener<Rooms>[] {
  return [
    on('privacy.consent-given', 'sensing', ({ sensing }, event) =>
      consentGiven(sensing, event.street, event.consent),
    ),
    on('privacy.consent-ended', 'sensing', ({ sensing }, event) => consentEnded(sensing, event)),
    on('privacy.purpose-switched', 'sensing', ({ sensing }, event) =>
      purposeSwitched(sensing, event),
    ),
    on('devices.changed', 'sensing', ({ sensing }, event) => registryChanged(sensing, event)),
  ]
}
