import { on, type Listener } from '../../platform/bus.ts'
import { consentEnded, deviceChanged, taskClosed, watchChanged, type Scenarios } from './actions.ts'

export function listens<Rooms extends { scenarios: Scenarios }>(): Listener<Rooms>[] {
  return [
    on('scenarios.watch-changed', 'scenarios', ({ scenarios }, event) =>
      watchChanged(scenarios, event.street, event.subject),
    ),
    on('privacy.consent-ended', 'scenarios', ({ scenarios }, event) =>
      consentEnded(scenarios, event.street, event.consent),
    ),
    on('sensing.device-changed', 'scenarios', ({ scenarios }, event) =>
      deviceChanged(scenarios, event.street, event.device, event.home),
    ),
    on('tasks.closed', 'scenarios', ({ scenarios }, event) => taskClosed(scenarios, event)),
  ]
}
