import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import { searchPeople } from './finding.ts'

export function openSearchRoutes(app: FastifyInstance, doorway: Doorway, given: Given): void {
  serve(app, doorway, 'people.searchPeople', api.searchPeople, (input, asker) =>
    searchPeople(given, asker, input),
  )
}
