import type { FastifyInstance } from 'fastify'
import type { Given } from '../../platform/given.ts'
import { serve, type Doorway } from '../../platform/http.ts'
import * as actions from './actions.ts'
import * as api from './api.ts'

export function openRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  publicUrl: () => string,
): void {
  serve(app, doorway, 'places.importDivisions', api.importDivisions, (input) =>
    actions.importDivisions(given, input),
  )
  serve(app, doorway, 'places.listDivisions', api.listDivisions, (input) =>
    actions.listDivisions(given, input),
  )
  serve(app, doorway, 'places.listCompounds', api.listCompounds, (_input, asker) =>
    actions.listCompounds(given, asker),
  )
  serve(app, doorway, 'places.addCompound', api.addCompound, (input, asker) =>
    actions.addCompound(given, asker, input),
  )
  serve(app, doorway, 'places.addBuilding', api.addBuilding, (input, asker) =>
    actions.addBuilding(given, asker, input),
  )
  serve(app, doorway, 'places.stairGrid', api.stairGrid, (input, asker) =>
    actions.stairGrid(given, asker, input),
  )
  serve(app, doorway, 'places.issueTag', api.issueTag, (input, asker) =>
    actions.issueTag(given, asker, input, publicUrl()),
  )
  serve(app, doorway, 'places.openTag', api.openTag, (input, asker) =>
    actions.openTag(given, asker, input),
  )
}
