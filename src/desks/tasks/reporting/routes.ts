import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import { myReports, reportByReceipt, reportPlace } from './reporting.ts'

export function openReportingRoutes(app: FastifyInstance, doorway: Doorway, given: Given): void {
  serve(app, doorway, 'tasks.reportPlace', api.reportPlace, (input, asker, _gone, browser) =>
    reportPlace(given, asker, input, browser()),
  )
  serve(app, doorway, 'tasks.myReports', api.myReports, (_input, asker, _gone, browser) =>
    myReports(given, asker, browser()),
  )
  serve(app, doorway, 'tasks.reportByReceipt', api.reportByReceipt, (input, asker) =>
    reportByReceipt(given, asker, input),
  )
}
