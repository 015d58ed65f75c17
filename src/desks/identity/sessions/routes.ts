import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import { chooseStreet, endDevice, endOtherDevices, listDevices } from './devices.ts'

export function openDeviceRoutes(app: FastifyInstance, doorway: Doorway, given: Given): void {
  serve(app, doorway, 'identity.listDevices', api.listDevices, (_input, asker) =>
    listDevices(given, asker),
  )
  serve(app, doorway, 'identity.chooseStreet', api.chooseStreet, (input, asker, _gone, browser) =>
    chooseStreet(given, asker, input, browser()),
  )
  serve(app, doorway, 'identity.endDevice', api.endDevice, (input, asker) =>
    endDevice(given, asker, input),
  )
  serve(app, doorway, 'identity.endOtherDevices', api.endOtherDevices, (_input, asker) =>
    endOtherDevices(given, asker),
  )
}
