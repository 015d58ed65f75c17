import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import { confirmNumber, decideNumber, numberChanges, setNumber } from './changes.ts'

export function openChangeRoutes(app: FastifyInstance, doorway: Doorway, given: Given): void {
  serve(app, doorway, 'people.setNumber', api.setNumber, (input, asker) =>
    setNumber(given, asker, input),
  )
  serve(app, doorway, 'people.numberChanges', api.numberChanges, (_input, asker) =>
    numberChanges(given, asker),
  )
  serve(app, doorway, 'people.decideNumber', api.decideNumber, (input, asker) =>
    decideNumber(given, asker, input),
  )
  serve(app, doorway, 'people.confirmNumber', api.confirmNumber, (input, asker) =>
    confirmNumber(given, asker, input),
  )
}
