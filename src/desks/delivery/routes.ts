import type { FastifyInstance } from 'fastify'
import type { Given } from '../../platform/given.ts'
import { serve, type Doorway } from '../../platform/http.ts'
import { noteShown } from './actions.ts'
import * as api from './api.ts'

export function openRoutes(app: FastifyInstance, doorway: Doorway, given: Given): void {
  serve(app, doorway, 'delivery.noteShown', api.noteShown, (input, asker) =>
    noteShown(given, asker, input),
  )
}
