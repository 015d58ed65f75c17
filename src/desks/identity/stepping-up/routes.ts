import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import { myStepUp } from './showing.ts'

export function openStepUpRoutes(app: FastifyInstance, doorway: Doorway, given: Given): void {
  serve(app, doorway, 'identity.myStepUp', api.myStepUp, (_input, asker) => myStepUp(given, asker))
}
