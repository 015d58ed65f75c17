import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import * as reviewing from './reviewing.ts'

export function openReviewRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  known: { whoIs: reviewing.WhoItWas; reviewing: reviewing.ReviewDuties },
): void {
  const rooms = { given, duties: known.reviewing, whoIs: known.whoIs }
  serve(app, doorway, 'privacy.looksToReview', api.looksToReview, (_input, asker) =>
    reviewing.looksToReview(rooms, asker),
  )
  serve(app, doorway, 'privacy.openLookReview', api.openLookReview, (input, asker) =>
    reviewing.openLookReview(rooms, asker, input),
  )
  serve(app, doorway, 'privacy.reviewLook', api.reviewLook, (input, asker) =>
    reviewing.reviewLook(rooms, asker, input),
  )
  serve(app, doorway, 'privacy.wrongLooks', api.wrongLooks, (_input, asker) =>
    reviewing.wrongLooks(rooms, asker),
  )
}
