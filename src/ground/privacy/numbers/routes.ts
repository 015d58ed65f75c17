import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import { numbers, type Counted } from './numbers.ts'

export function openNumberRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  counted: Counted,
): void {
  serve(app, doorway, 'privacy.numbers', api.numbers, (input) => numbers(given, input, counted))
}
