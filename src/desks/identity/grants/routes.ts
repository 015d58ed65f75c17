import type { FastifyInstance } from 'fastify'
import type { Renewed } from '../../../platform/browser.ts'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as actions from './actions.ts'
import * as api from './api.ts'
import * as station from './station.ts'

export function openGrantRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  renewed: Renewed,
): void {
  serve(app, doorway, 'identity.makeGrantCode', api.makeGrantCode, (input, asker) =>
    actions.makeGrantCode(given, asker, input),
  )
  serve(app, doorway, 'identity.takeGrant', api.takeGrant, (input, asker) =>
    actions.takeGrant(given, asker, input),
  )
  serve(app, doorway, 'identity.signGrant', api.signGrant, (input, asker) =>
    station.signGrant(given, asker, input),
  )
  serve(app, doorway, 'identity.myGrants', api.myGrants, (_input, asker) =>
    actions.myGrants(given, asker),
  )
  serve(app, doorway, 'identity.endGrant', api.endGrant, (input, asker) =>
    actions.endGrant(given, asker, input),
  )
  serve(app, doorway, 'identity.grantsOf', api.grantsOf, (input, asker) =>
    station.grantsOf(given, asker, input),
  )
  serve(app, doorway, 'identity.endGrantAtStation', api.endGrantAtStation, (input, asker) =>
    station.endGrantAtStation(given, asker, input),
  )
  serve(app, doorway, 'identity.actFor', api.actFor, (input, asker, _gone, browser) =>
    renewed(actions.actFor(given, asker, input), asker, browser()),
  )
}
