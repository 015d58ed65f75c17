import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import type { WhoIs } from '../requests/index.ts'
import * as api from './api.ts'
import * as own from './own.ts'
import * as station from './station.ts'

export function openConsentRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  known: { whoIs: WhoIs; ends: own.EndsAgreement },
): void {
  serve(app, doorway, 'privacy.myConsents', api.myConsents, (_input, asker) =>
    own.myConsents(given, asker),
  )
  serve(app, doorway, 'privacy.endConsent', api.endConsent, (input, asker) =>
    own.endOwn(given, asker, input, known.ends),
  )
  serve(app, doorway, 'privacy.renewConsent', api.renewConsent, (input, asker) =>
    own.renewOwn(given, asker, input),
  )
  serve(app, doorway, 'privacy.consentsOf', api.consentsOf, (input, asker) =>
    station.consentsOf(given, asker, input, known),
  )
  serve(app, doorway, 'privacy.endConsentFor', api.endConsentFor, (input, asker) =>
    station.endConsentFor(given, asker, input, known),
  )
}
