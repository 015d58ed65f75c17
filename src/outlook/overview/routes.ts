import type { FastifyInstance } from 'fastify'
import { serve, type Doorway } from '../../platform/http.ts'
import * as actions from './actions.ts'
import * as api from './api.ts'

export function openRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  rooms: actions.OverviewGiven,
): void {
  serve(app, doorway, 'overview.streetNow', api.streetNow, (_input, asker) =>
    actions.streetNow(rooms, asker),
  )
  serve(app, doorway, 'overview.pulse', api.pulse, (_input, asker) => actions.pulse(rooms, asker))
  serve(app, doorway, 'overview.listMatters', api.listMatters, (input, asker) =>
    actions.listMatters(rooms, asker, input),
  )
  serve(app, doorway, 'overview.oneMatter', api.oneMatter, (input, asker) =>
    actions.oneMatter(rooms, asker, input),
  )
  serve(app, doorway, 'overview.monthInNumbers', api.monthInNumbers, (input, asker) =>
    actions.monthInNumbers(rooms, asker, input),
  )
}
