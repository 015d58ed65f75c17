import type { FastifyInstance } from 'fastify'
import type { Given } from '../../platform/given.ts'
import { serve, type Doorway } from '../../platform/http.ts'
import * as actions from './actions.ts'
import * as api from './api.ts'
import { nameKeeper, reporterKeeper } from './keeper/index.ts'
import { openReviewerRoutes } from './reviewer/index.ts'
import { openRosterRoutes } from './roster/index.ts'

export function openRoutes(app: FastifyInstance, doorway: Doorway, given: Given): void {
  serve(app, doorway, 'duties.foundStreet', api.foundStreet, (input) =>
    actions.foundStreet(given, input),
  )
  serve(app, doorway, 'duties.addBody', api.addBody, (input, asker) =>
    actions.addBody(given, asker, input),
  )
  serve(app, doorway, 'duties.fillPost', api.fillPost, (input, asker) =>
    actions.fillPost(given, asker, input),
  )
  serve(app, doorway, 'duties.endPost', api.endPost, (input, asker) =>
    actions.endPost(given, asker, input),
  )
  serve(app, doorway, 'duties.nameKeeper', api.nameKeeper, (input, asker) =>
    nameKeeper(given, asker, input),
  )
  serve(app, doorway, 'duties.reporterKeeper', api.reporterKeeper, (_input, asker) =>
    reporterKeeper(given, asker),
  )
  serve(app, doorway, 'duties.setBeats', api.setBeats, (input, asker) =>
    actions.setBeats(given, asker, input),
  )
  serve(app, doorway, 'duties.listBodies', api.listBodies, (_input, asker) =>
    actions.listBodies(given, asker),
  )
  serve(app, doorway, 'duties.whoNext', api.whoNext, (input, asker) =>
    actions.whoNext(given, asker, input),
  )
  serve(app, doorway, 'duties.onDutyNow', api.onDutyNow, (input, asker) =>
    actions.onDutyNow(given, asker, input),
  )
  openReviewerRoutes(app, doorway, given)
  openRosterRoutes(app, doorway, given)
  serve(app, doorway, 'duties.whomToCall', api.whomToCall, (_input, asker) =>
    actions.whomToCall(given, asker),
  )
}
