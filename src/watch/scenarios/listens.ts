import { on, type Listener } from '../../platform/bus.ts'
import {
  consentEnded,
  personAnswered,
  registryChanged,
  rulesChanged,
  taskClosed,
  watchChanged,
  type Scenarios,
} from './actions.ts'

export function listens<Rooms extends { scenarios: Scenarios }>(): Listener<Rooms>[] {
  return [
    on('scenarios.watch-changed', 'scenarios', ({ scenarios }, event) =>
      watchChanged(scenarios, event.street, event.subject),
    ),
    on('scenarios.rules-changed', 'scenarios', ({ scenarios }, event) =>
      rulesChanged(scenarios, event.street),
    ),
    on('privacy.purpose-switched', 'scenarios', ({ scenarios }, event) =>
      rulesChanged(scenarios, event.street),
    ),
    on('privacy.consent-ended', 'scenarios', ({ scenarios }, event) =>
      consentEnded(scenarios, event.street, event.consent),
    ),
    on('devices.changed', 'scenarios', ({ scenarios }, event) => registryChanged(scenarios, event)),
    on('tasks.closed', 'scenarios', ({ scenarios }, event) => taskClosed(scenarios, event)),
    on('care.answered', 'scenarios', ({ scenarios }, event) => personAnswered(scenarios, event)),
  ]
}
