import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import { openReporter, type IsKeeper } from './reporters.ts'

export function openReporterRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  isKeeper: IsKeeper,
): void {
  serve(app, doorway, 'privacy.openReporter', api.openReporter, (input, asker) =>
    openReporter(given, asker, input, isKeeper),
  )
}
