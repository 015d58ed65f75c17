import type { FastifyInstance } from 'fastify'
import type { Given } from '../../platform/given.ts'
import { serve, type Doorway } from '../../platform/http.ts'
import type { Rotation } from '../../platform/seal/index.ts'
import { addPeople, addPerson } from './actions.ts'
import * as api from './api.ts'
import { openChangeRoutes } from './changes/index.ts'
import { openCountRoutes } from './counting/index.ts'
import { openKeepingRoutes } from './keeping/index.ts'
import { openKeyRoutes } from './keys/index.ts'
import { openPersonRoutes, type Above } from './person/index.ts'
import { openSearchRoutes } from './searching/index.ts'

export function openRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  above: Above & { keys: Rotation },
): void {
  serve(app, doorway, 'people.addPerson', api.addPerson, (input, asker) =>
    addPerson(given, asker, input),
  )
  serve(app, doorway, 'people.addPeople', api.addPeople, (input, asker) =>
    addPeople(given, asker, input),
  )
  openKeepingRoutes(app, doorway, given)
  openChangeRoutes(app, doorway, given)
  openSearchRoutes(app, doorway, given)
  openPersonRoutes(app, doorway, given, above)
  openCountRoutes(app, doorway, given)
  openKeyRoutes(app, doorway, above.keys)
}
