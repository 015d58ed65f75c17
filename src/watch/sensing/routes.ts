import type { FastifyInstance } from 'fastify'
import { serve, type Doorway } from '../../platform/http.ts'
import * as actions from './actions.ts'
import * as api from './api.ts'

export function openRoutes(app: FastifyInstance, doorway: Doorway, sensing: actions.Sensing): void {
  serve(app, doorway, 'sensing.addDevice', api.addDevice, (input, asker) =>
    actions.addDevice(sensing, asker, input),
  )
  serve(app, doorway, 'sensing.revokeDevice', api.revokeDevice, (input, asker) =>
    actions.revokeDevice(sensing, asker, input),
  )
  serve(app, doorway, 'sensing.oneDevice', api.oneDevice, (input, asker) =>
    actions.oneDevice(sensing, asker, input),
  )
}
