import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import { openPerson, showNumber, type Above } from './person.ts'

export function openPersonRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  above: Above,
): void {
  serve(app, doorway, 'people.openPerson', api.openPerson, (input, asker) =>
    openPerson({ given, ...above }, asker, input),
  )
  serve(app, doorway, 'people.showNumber', api.showNumber, (input, asker) =>
    showNumber({ given, ...above }, asker, input),
  )
}
