import type { FastifyInstance } from 'fastify'
import type { Look } from '../../kernel/book.ts'
import { isFault } from '../../kernel/fault.ts'
import type { Given } from '../../platform/given.ts'
import { serve, type Doorway } from '../../platform/http.ts'
import * as actions from './actions.ts'
import * as api from './api.ts'
import { dryRun, importDevices, template } from './importing/index.ts'
import { labelsOf } from './labels/index.ts'
import { addDevices } from './many/index.ts'
import { addModel, findModels } from './models/index.ts'
import type { MayAdd } from './permits/index.ts'

/**
 * Where the program is reached: pages for labels, MQTT for what a gateway is told. `mayAdd`: whoever
 * keeps the rules says what may stand only while one is in force; without it, nothing of that kind.
 * `looksAt`: whoever keeps the agreements says at whom one looks with a device.
 */
type Addresses = {
  publicUrl(): string
  mqttUrl(): string
  mayAdd?: MayAdd
  looksAt?(source: string): readonly Look[]
}

export function openRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  at: Addresses,
): void {
  serve(app, doorway, 'devices.addDevice', api.addDevice, (input, asker) =>
    actions.addDevice(given, asker, input, at.mayAdd),
  )
  serve(app, doorway, 'devices.addDevices', api.addDevices, (input, asker) =>
    addDevices(given, asker, input, at.mayAdd),
  )
  serve(app, doorway, 'devices.moveDevice', api.moveDevice, (input, asker) =>
    actions.moveDevice(given, asker, input, at.mayAdd),
  )
  serve(app, doorway, 'devices.replaceDevice', api.replaceDevice, (input, asker) =>
    actions.replaceDevice(given, asker, input),
  )
  serve(app, doorway, 'devices.revokeDevice', api.revokeDevice, (input, asker) =>
    actions.revokeDevice(given, asker, input),
  )
  serve(app, doorway, 'devices.lendDevice', api.lendDevice, (input, asker) =>
    actions.lendDevice(given, asker, input),
  )
  serve(app, doorway, 'devices.returnDevice', api.returnDevice, (input, asker) =>
    actions.returnDevice(given, asker, input),
  )
  serve(app, doorway, 'devices.renewCredential', api.renewCredential, (input, asker) =>
    actions.renewCredential(given, asker, input),
  )
  serve(app, doorway, 'devices.addGateway', api.addGateway, (input, asker) =>
    actions.addGateway(given, asker, input, at.mqttUrl()),
  )
  serve(app, doorway, 'devices.revokeGateway', api.revokeGateway, (input, asker) =>
    actions.revokeGateway(given, asker, input),
  )
  serve(app, doorway, 'devices.listGateways', api.listGateways, (_input, asker) =>
    actions.listGateways(given, asker),
  )
  serve(app, doorway, 'devices.findModels', api.findModels, (input) => findModels(given, input))
  serve(app, doorway, 'devices.addModel', api.addModel, (input, asker) =>
    addModel(given, asker, input),
  )
  serve(app, doorway, 'devices.importTemplate', api.importTemplate, () => template())
  serve(app, doorway, 'devices.importDryRun', api.importDryRun, (input, asker) =>
    dryRun(given, asker, input, at.mayAdd),
  )
  serve(app, doorway, 'devices.importDevices', api.importDevices, (input, asker) =>
    importDevices(given, asker, input, at.mayAdd),
  )
  serve(app, doorway, 'devices.labels', api.labels, (input, asker) =>
    labelsOf(given, asker, input, at.publicUrl()),
  )
  serve(app, doorway, 'devices.story', api.story, async (input, asker) => {
    const answer = await actions.story(given, asker, input)
    return isFault(answer) ? answer : { answer, looks: at.looksAt?.(input.source) ?? [] }
  })
}
