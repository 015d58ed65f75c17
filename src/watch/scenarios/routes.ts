import type { FastifyInstance } from 'fastify'
import { serve, type Doorway } from '../../platform/http.ts'
import { listRules, type Scenarios } from './actions.ts'
import * as api from './api.ts'

export function openRoutes(app: FastifyInstance, doorway: Doorway, scenarios: Scenarios): void {
  serve(app, doorway, 'scenarios.listRules', api.listRules, (_input, asker) =>
    listRules(scenarios, asker),
  )
}
