import type { FastifyInstance } from 'fastify'
import { serve, type Doorway } from '../../platform/http.ts'
import * as actions from './actions.ts'
import * as api from './api.ts'
import { careCount } from './counting/index.ts'
import { personCard, showPhone } from './card/index.ts'
import { offerCard, recordPaper } from './offering/index.ts'
import { setWandering } from './wandering/index.ts'

export function openRoutes(app: FastifyInstance, doorway: Doorway, rooms: actions.CareGiven): void {
  serve(app, doorway, 'care.myCare', api.myCare, (_, asker) => actions.myCare(rooms, asker))
  serve(app, doorway, 'care.agree', api.agree, (input, asker) => actions.agree(rooms, asker, input))
  serve(app, doorway, 'care.refuse', api.refuse, (_, asker) => actions.refuse(rooms, asker))
  serve(app, doorway, 'care.setContacts', api.setContacts, (input, asker) =>
    actions.setContacts(rooms, asker, input),
  )
  serve(app, doorway, 'care.setAway', api.setAway, (input, asker) =>
    actions.setAway(rooms, asker, input),
  )
  serve(app, doorway, 'care.endCare', api.endCare, (_, asker) => actions.endCare(rooms, asker))
  serve(app, doorway, 'care.well', api.well, (_, asker) => actions.well(rooms, asker))
  serve(app, doorway, 'care.help', api.help, (_, asker) => actions.help(rooms, asker))
  serve(app, doorway, 'care.setWandering', api.setWandering, (input, asker) =>
    setWandering(rooms, asker, input),
  )
  serve(app, doorway, 'care.offerCard', api.offerCard, (input, asker) =>
    offerCard(rooms, asker, input),
  )
  serve(app, doorway, 'care.recordPaper', api.recordPaper, (input, asker) =>
    recordPaper(rooms, asker, input),
  )
  serve(app, doorway, 'care.personCard', api.personCard, (input, asker) =>
    personCard(rooms, asker, input),
  )
  serve(app, doorway, 'care.showPhone', api.showPhone, (input, asker) =>
    showPhone(rooms, asker, input),
  )
  serve(app, doorway, 'care.careCount', api.careCount, (input, asker) =>
    careCount(rooms, asker, input),
  )
}
