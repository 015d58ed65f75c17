import type { FastifyInstance } from 'fastify'
import type { Given } from '../../platform/given.ts'
import { serve, type Doorway } from '../../platform/http.ts'
import * as actions from './actions.ts'
import * as api from './api.ts'
import { openDeviceRoutes } from './sessions/index.ts'

export function openRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  publicUrl: () => string,
): void {
  serve(app, doorway, 'identity.makeLink', api.makeLink, (input) =>
    actions.makeLink(given, input, publicUrl()),
  )
  serve(app, doorway, 'identity.makeToken', api.makeToken, (input) =>
    actions.makeToken(given, input),
  )
  serve(app, doorway, 'identity.whoAmI', api.whoAmI, (_input, asker) =>
    actions.whoAmI(given, asker),
  )
  openDeviceRoutes(app, doorway, given)
}
