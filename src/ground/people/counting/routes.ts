import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import { counts } from './counts.ts'

export function openCountRoutes(app: FastifyInstance, doorway: Doorway, given: Given): void {
  serve(app, doorway, 'people.counts', api.counts, (input, asker) => counts(given, asker, input))
}
