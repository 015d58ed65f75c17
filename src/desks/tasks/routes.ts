import type { FastifyInstance } from 'fastify'
import type { Given } from '../../platform/given.ts'
import { serve, type Doorway } from '../../platform/http.ts'
import * as actions from './actions.ts'
import * as api from './api.ts'

export function openRoutes(app: FastifyInstance, doorway: Doorway, given: Given): void {
  serve(app, doorway, 'tasks.myTasks', api.myTasks, (_input, asker) =>
    actions.myTasks(given, asker),
  )
  serve(app, doorway, 'tasks.oneTask', api.oneTask, (input, asker) =>
    actions.oneTask(given, asker, input),
  )
  serve(app, doorway, 'tasks.act', api.act, (input, asker) => actions.act(given, asker, input))
}
