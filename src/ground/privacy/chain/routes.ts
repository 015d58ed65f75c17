import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import { openWeekLine } from './week.ts'

export function openChainRoutes(app: FastifyInstance, doorway: Doorway, given: Given): void {
  serve(app, doorway, 'privacy.weekLine', api.weekLine, openWeekLine(given))
}
