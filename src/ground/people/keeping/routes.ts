import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import { openHome } from './home.ts'
import { registerMove, setArea, setOwnership, tenureRights } from './keeping.ts'
import { myHome } from './own.ts'

export function openKeepingRoutes(app: FastifyInstance, doorway: Doorway, given: Given): void {
  serve(app, doorway, 'people.registerMove', api.registerMove, (input, asker) =>
    registerMove(given, asker, input),
  )
  serve(app, doorway, 'people.setOwnership', api.setOwnership, (input, asker) =>
    setOwnership(given, asker, input),
  )
  serve(app, doorway, 'people.setArea', api.setArea, (input, asker) => setArea(given, asker, input))
  serve(app, doorway, 'people.openHome', api.openHome, (input, asker) =>
    openHome(given, asker, input),
  )
  serve(app, doorway, 'people.myHome', api.myHome, (_input, asker) => myHome(given, asker))
  serve(app, doorway, 'people.tenureRights', api.tenureRights, () => tenureRights())
}
