import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import { whoLooked, whoWasIt } from './reading.ts'
import type { NameOf, TaskEnds } from './types.ts'

export function openReadingRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  { taskEnds, nameOf }: { taskEnds: TaskEnds; nameOf: NameOf },
): void {
  serve(app, doorway, 'privacy.whoLooked', api.whoLooked, (input, asker) =>
    whoLooked(given, asker, input, taskEnds),
  )
  serve(app, doorway, 'privacy.whoWasIt', api.whoWasIt, (input, asker) =>
    whoWasIt(given, asker, input, nameOf),
  )
}
