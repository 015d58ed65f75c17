import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import * as asking from './asking.ts'
import { copyMine } from './copying.ts'
import * as deciding from './deciding.ts'
import { myData, type Known } from './reading.ts'
import * as station from './station.ts'

export function openOwnDataRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  known: Known,
): void {
  serve(app, doorway, 'privacy.myData', api.myData, (_input, asker) => myData(given, asker, known))
  serve(app, doorway, 'privacy.copyMine', api.copyMine, (_input, asker) =>
    copyMine(given, asker, known),
  )
  serve(app, doorway, 'privacy.askCorrection', api.askCorrection, (input, asker) =>
    asking.askCorrection(given, asker, input, known),
  )
  serve(app, doorway, 'privacy.askErasure', api.askErasure, (input, asker) =>
    asking.askErasure(given, asker, input, known),
  )
  serve(app, doorway, 'privacy.withdrawOwnRequest', api.withdrawOwnRequest, (input, asker) =>
    asking.withdraw(given, asker, input, known),
  )
  serve(app, doorway, 'privacy.dataOf', api.dataOf, (input, asker) =>
    station.dataOf(given, asker, input, known),
  )
  serve(app, doorway, 'privacy.askOwnFor', api.askOwnFor, (input, asker) =>
    station.askOwnFor(given, asker, input, known),
  )
  serve(app, doorway, 'privacy.ownRequests', api.ownRequests, (_input, asker) =>
    deciding.ownRequests(given, asker, known),
  )
  serve(app, doorway, 'privacy.decideOwnRequest', api.decideOwnRequest, (input, asker) =>
    deciding.decideOwnRequest(given, asker, input, known),
  )
}
