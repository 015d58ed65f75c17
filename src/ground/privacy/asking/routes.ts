import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import * as asking from './asking.ts'
import type { PostsHeld } from './types.ts'

export function openAskingRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  postsHeld: PostsHeld,
): void {
  serve(app, doorway, 'privacy.askWhy', api.askWhy, (input, asker) =>
    asking.askWhy(given, asker, input, postsHeld),
  )
  serve(app, doorway, 'privacy.questions', api.questions, (_input, asker) =>
    asking.questions(given, asker, postsHeld),
  )
  serve(app, doorway, 'privacy.answerWhy', api.answerWhy, (input, asker) =>
    asking.answerWhy(given, asker, input, postsHeld),
  )
  serve(app, doorway, 'privacy.askedCounts', api.askedCounts, (_input, asker) =>
    asking.askedCounts(given, asker),
  )
}
