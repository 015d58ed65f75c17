import { on, type Listener } from '../../platform/bus.ts'
import type { Given } from '../../platform/given.ts'
import { gapFound } from './actions.ts'

export function listens<Rooms extends { given: Given }>(): Listener<Rooms>[] {
  return [on('duties.gap-found', 'tasks', ({ given }, event) => gapFound(given, event))]
}
