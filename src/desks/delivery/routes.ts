import type { FastifyInstance } from 'fastify'
import type { Given } from '../../platform/given.ts'
import { serve, type Doorway } from '../../platform/http.ts'
import type { Push } from '../../platform/push/index.ts'
import * as actions from './actions.ts'
import * as api from './api.ts'

/** What this installation has: a key to wake browsers, a file of what would have been sent. */
export type Out = { push: Push | null; outboxFile: string | null; isDemo: boolean }

export function openRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  out: Out = { push: null, outboxFile: null, isDemo: false },
): void {
  serve(app, doorway, 'delivery.noteShown', api.noteShown, (input, asker) =>
    actions.noteShown(given, asker, input),
  )
  serve(app, doorway, 'delivery.pushKey', api.pushKey, (_input, asker) =>
    actions.pushKey(given, asker, out.push),
  )
  serve(app, doorway, 'delivery.wakeBrowser', api.wakeBrowser, (input, asker) =>
    actions.wakeBrowser(given, asker, input, out.push),
  )
  serve(app, doorway, 'delivery.letSleep', api.letSleep, (input, asker) =>
    actions.letSleep(given, asker, input),
  )
  serve(app, doorway, 'delivery.outbox', api.outbox, (_input, asker) => actions.outbox(asker, out))
}
