import type { Given } from '../../platform/given.ts'
import { on, type Listener } from '../../platform/bus.ts'
import { keepErasure } from './actions.ts'

/** `erasuresFile` is null where nobody keeps a file: a test that restores nothing. */
export function listens<
  Rooms extends { given: Given; erasuresFile: string | null },
>(): Listener<Rooms>[] {
  return [
    on('privacy.consent-ended', 'privacy', async ({ given, erasuresFile }, event) => {
      if (erasuresFile !== null) await keepErasure(given, erasuresFile, event.consent)
    }),
    on('privacy.person-erased', 'privacy', async ({ given, erasuresFile }, event) => {
      if (erasuresFile !== null) await keepErasure(given, erasuresFile, event.person)
    }),
    on('privacy.account-closed', 'privacy', async ({ given, erasuresFile }, event) => {
      if (erasuresFile === null) return
      for (const id of event.ids) await keepErasure(given, erasuresFile, id)
    }),
  ]
}
