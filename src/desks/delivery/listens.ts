import { on, type Listener } from '../../platform/bus.ts'
import type { Given } from '../../platform/given.ts'
import { glassBroken, keeperNamed } from './actions.ts'

export function listens<Rooms extends { given: Given }>(): Listener<Rooms>[] {
  return [
    on('privacy.glass-broken', 'delivery', ({ given }, event) => glassBroken(given, event)),
    on('duties.keeper-named', 'delivery', ({ given }, event) => keeperNamed(given, event)),
  ]
}
