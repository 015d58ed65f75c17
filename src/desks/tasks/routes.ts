import type { FastifyInstance } from 'fastify'
import type { Given } from '../../platform/given.ts'
import { serve, type Doorway } from '../../platform/http.ts'
import * as actions from './actions.ts'
import * as api from './api.ts'
import { openReportingRoutes } from './reporting/index.ts'

export function openRoutes(app: FastifyInstance, doorway: Doorway, given: Given): void {
  openReportingRoutes(app, doorway, given)
  serve(app, doorway, 'tasks.myTasks', api.myTasks, (_input, asker) =>
    actions.myTasks(given, asker),
  )
  serve(app, doorway, 'tasks.oneTask', api.oneTask, (input, asker) =>
    actions.oneTask(given, asker, input),
  )
  serve(app, doorway, 'tasks.searchTasks', api.searchTasks, (input, asker) =>
    actions.searchTasks(given, asker, input),
  )
  serve(app, doorway, 'tasks.closedTasks', api.closedTasks, (_input, asker) =>
    actions.closedTasks(given, asker),
  )
  serve(app, doorway, 'tasks.act', api.act, (input, asker) => actions.act(given, asker, input))
  serve(app, doorway, 'tasks.acknowledgeAll', api.acknowledgeAll, (input, asker) =>
    actions.acknowledgeAll(given, asker, input),
  )
  serve(app, doorway, 'tasks.arriveByTag', api.arriveByTag, (input, asker) =>
    actions.arriveByTag(given, asker, input),
  )
  serve(app, doorway, 'tasks.candidates', api.candidates, (input, asker) =>
    actions.candidates(given, asker, input),
  )
  serve(app, doorway, 'tasks.colleagues', api.colleagues, (input, asker) =>
    actions.colleagues(given, asker, input),
  )
  serve(app, doorway, 'tasks.addPhoto', api.addPhoto, (input, asker) =>
    actions.addPhoto(given, asker, input),
  )
  serve(app, doorway, 'tasks.showPhoto', api.showPhoto, (input, asker) =>
    actions.showPhoto(given, asker, input),
  )
}
