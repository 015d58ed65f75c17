import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as actions from './actions.ts'
import * as api from './api.ts'

export function openPassRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  publicUrl: () => string,
): void {
  serve(app, doorway, 'identity.makePass', api.makePass, (input, asker) =>
    actions.makePass(given, asker, input, publicUrl()),
  )
  serve(app, doorway, 'identity.myPasses', api.myPasses, (_input, asker) =>
    actions.myPasses(given, asker),
  )
  serve(app, doorway, 'identity.revokePass', api.revokePass, (input, asker) =>
    actions.revokePass(given, asker, input),
  )
  serve(app, doorway, 'identity.showPass', api.showPass, (input) =>
    actions.showPass(given, input, publicUrl()),
  )
  serve(app, doorway, 'identity.checkPass', api.checkPass, (input, asker) =>
    actions.checkPass(given, asker, input),
  )
}
