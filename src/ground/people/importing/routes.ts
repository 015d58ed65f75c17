import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import type { StaffDoor } from './doors.ts'
import { dryRun, importProgress, importRegister, listImports, openImports } from './run.ts'
import { templateOf } from './template.ts'
import { undoImport } from './undo.ts'

export function openImportRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  staff: StaffDoor,
): void {
  const imports = openImports(given, staff)
  serve(app, doorway, 'people.importTemplate', api.importTemplate, ({ kind, format = 'xlsx' }) =>
    templateOf(kind, format),
  )
  serve(app, doorway, 'people.importDryRun', api.importDryRun, (input, asker) =>
    dryRun(imports, asker, input),
  )
  serve(app, doorway, 'people.importRegister', api.importRegister, (input, asker) =>
    importRegister(imports, asker, input),
  )
  serve(app, doorway, 'people.importProgress', api.importProgress, (input, asker) =>
    importProgress(imports, asker, input),
  )
  serve(app, doorway, 'people.listImports', api.listImports, (_input, asker) =>
    listImports(imports, asker),
  )
  serve(app, doorway, 'people.undoImport', api.undoImport, (input, asker) =>
    undoImport(imports, asker, input),
  )
}
