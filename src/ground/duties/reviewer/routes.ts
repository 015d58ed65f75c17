import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import { lookReviewers, nameReviewer } from './reviewer.ts'

export function openReviewerRoutes(app: FastifyInstance, doorway: Doorway, given: Given): void {
  serve(app, doorway, 'duties.nameReviewer', api.nameReviewer, (input, asker) =>
    nameReviewer(given, asker, input),
  )
  serve(app, doorway, 'duties.lookReviewers', api.lookReviewers, (_input, asker) =>
    lookReviewers(given, asker),
  )
}
