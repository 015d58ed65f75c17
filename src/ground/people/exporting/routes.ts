import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import type { StaffDoor } from '../importing/index.ts'
import * as api from './api.ts'
import { askExport, decideExport, fetchExport, listExports } from './exporting.ts'

export function openExportRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  staff: StaffDoor,
): void {
  const exports = { given, staff }
  serve(app, doorway, 'people.askExport', api.askExport, (input, asker) =>
    askExport(exports, asker, input),
  )
  serve(app, doorway, 'people.decideExport', api.decideExport, (input, asker) =>
    decideExport(exports, asker, input),
  )
  serve(app, doorway, 'people.listExports', api.listExports, (_input, asker) =>
    listExports(exports, asker),
  )
  serve(app, doorway, 'people.fetchExport', api.fetchExport, (input, asker) =>
    fetchExport(exports, asker, input),
  )
}
