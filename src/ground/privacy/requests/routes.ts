import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import * as deciding from './deciding.ts'
import * as requests from './requests.ts'

export function openRequestRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  { isInCharge, whoIs }: { isInCharge: deciding.InCharge; whoIs: deciding.WhoIs },
): void {
  serve(app, doorway, 'privacy.openRequest', api.openRequest, (input, asker) =>
    requests.openRequest(given, asker, input),
  )
  serve(app, doorway, 'privacy.endRequest', api.endRequest, (input, asker) =>
    requests.endRequest(given, asker, input),
  )
  serve(app, doorway, 'privacy.myRequests', api.myRequests, (_input, asker) =>
    requests.myRequests(given, asker),
  )
  serve(app, doorway, 'privacy.breakGlass', api.breakGlass, (input, asker) =>
    requests.breakGlass(given, asker, input),
  )
  serve(app, doorway, 'privacy.waitingApprovals', api.waitingApprovals, (_input, asker) =>
    deciding.waitingApprovals(given, asker, isInCharge, whoIs),
  )
  serve(app, doorway, 'privacy.approveMinor', api.approveMinor, (input, asker) =>
    deciding.approveMinor(given, asker, input, isInCharge),
  )
  serve(app, doorway, 'privacy.dueReviews', api.dueReviews, (_input, asker) =>
    deciding.dueReviews(given, asker),
  )
  serve(app, doorway, 'privacy.review', api.review, (input, asker) =>
    deciding.review(given, asker, input),
  )
}
