import type { FastifyInstance } from 'fastify'
import type { Given } from '../../platform/given.ts'
import { serve, type Doorway } from '../../platform/http.ts'
import { addPeople, addPerson } from './actions.ts'
import * as api from './api.ts'

export function openRoutes(app: FastifyInstance, doorway: Doorway, given: Given): void {
  serve(app, doorway, 'people.addPerson', api.addPerson, (input, asker) =>
    addPerson(given, asker, input),
  )
  serve(app, doorway, 'people.addPeople', api.addPeople, (input, asker) =>
    addPeople(given, asker, input),
  )
}
