import type { FastifyInstance } from 'fastify'
import type { Given } from '../../platform/given.ts'
import { serve, type Doorway } from '../../platform/http.ts'
import { openAuthorityRoutes, type WhomItTells } from './authority/index.ts'
import { whoLooked } from './actions.ts'
import * as api from './api.ts'
import { openReporterRoutes, type IsKeeper } from './reporters/index.ts'
import { openRequestRoutes, type InCharge, type WhoIs } from './requests/index.ts'

export function openRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  known: { isInCharge: InCharge; whoIs: WhoIs; whomItTells: WhomItTells; isKeeper: IsKeeper },
): void {
  serve(app, doorway, 'privacy.whoLooked', api.whoLooked, (input, asker) =>
    whoLooked(given, asker, input),
  )
  openRequestRoutes(app, doorway, given, known)
  openAuthorityRoutes(app, doorway, given, known.whomItTells)
  openReporterRoutes(app, doorway, given, known.isKeeper)
}
