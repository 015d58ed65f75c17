import type { FastifyInstance } from 'fastify'
import type { Given } from '../../platform/given.ts'
import { serve, type Doorway } from '../../platform/http.ts'
import * as actions from './actions.ts'
import * as api from './api.ts'

export function openRoutes(app: FastifyInstance, doorway: Doorway, given: Given): void {
  serve(app, doorway, 'duties.foundStreet', api.foundStreet, (input) =>
    actions.foundStreet(given, input),
  )
  serve(app, doorway, 'duties.addBody', api.addBody, (input, asker) =>
    actions.addBody(given, asker, input),
  )
  serve(app, doorway, 'duties.fillPost', api.fillPost, (input, asker) =>
    actions.fillPost(given, asker, input),
  )
  serve(app, doorway, 'duties.goOnLeave', api.goOnLeave, (input, asker) =>
    actions.goOnLeave(given, asker, input),
  )
  serve(app, doorway, 'duties.whomToCall', api.whomToCall, (_input, asker) =>
    actions.whomToCall(given, asker),
  )
}
