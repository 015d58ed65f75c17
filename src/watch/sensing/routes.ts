import type { FastifyInstance } from 'fastify'
import { serve, type Doorway } from '../../platform/http.ts'
import * as actions from './actions.ts'
import * as api from './api.ts'
import type { Sensing } from './running/index.ts'

export function openRoutes(app: FastifyInstance, doorway: Doorway, sensing: Sensing): void {
  serve(app, doorway, 'sensing.listDevices', api.listDevices, (input, asker) =>
    actions.listDevices(sensing, asker, input),
  )
  serve(app, doorway, 'sensing.oneDevice', api.oneDevice, (input, asker) =>
    actions.oneDevice(sensing, asker, input),
  )
  serve(app, doorway, 'sensing.listGateways', api.listGateways, (_input, asker) =>
    actions.listGateways(sensing, asker),
  )
}
