import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import * as arrange from './arrange.ts'
import * as look from './look.ts'
import * as shift from './shift.ts'

export function openRosterRoutes(app: FastifyInstance, doorway: Doorway, given: Given): void {
  serve(app, doorway, 'duties.setCovers', api.setCovers, (input, asker) =>
    arrange.setCovers(given, asker, input),
  )
  serve(app, doorway, 'duties.planShifts', api.planShifts, (input, asker) =>
    arrange.planShifts(given, asker, input),
  )
  serve(app, doorway, 'duties.planWeeks', api.planWeeks, (input, asker) =>
    arrange.planWeeks(given, asker, input),
  )
  serve(app, doorway, 'duties.cancelShift', api.cancelShift, (input, asker) =>
    arrange.cancelShift(given, asker, input),
  )
  serve(app, doorway, 'duties.takeOver', api.takeOver, (input, asker) =>
    shift.takeOver(given, asker, input),
  )
  serve(app, doorway, 'duties.handOver', api.handOver, (input, asker) =>
    shift.handOver(given, asker, input),
  )
  serve(app, doorway, 'duties.readNote', api.readNote, (input, asker) =>
    shift.readNote(given, asker, input),
  )
  serve(app, doorway, 'duties.goOnLeave', api.goOnLeave, (input, asker) =>
    arrange.goOnLeave(given, asker, input),
  )
  serve(app, doorway, 'duties.endLeave', api.endLeave, (input, asker) =>
    arrange.endLeave(given, asker, input),
  )
  serve(app, doorway, 'duties.roster', api.roster, (input, asker) =>
    look.roster(given, asker, input),
  )
  serve(app, doorway, 'duties.rosterOnPaper', api.rosterOnPaper, (input, asker) =>
    look.roster(given, asker, input),
  )
  serve(app, doorway, 'duties.myShift', api.myShift, (_input, asker) => shift.myShift(given, asker))
  serve(app, doorway, 'duties.gaps', api.gaps, (_input, asker) => look.gaps(given, asker))
}
