import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import * as purposes from './purposes.ts'

export function openPurposeRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  { seenBy, stops }: { seenBy: purposes.SeenBy; stops: purposes.StopsPurpose },
): void {
  serve(app, doorway, 'privacy.purposesHere', api.purposesHere, (_input, asker) =>
    purposes.purposesHere(given, asker, seenBy),
  )
  serve(app, doorway, 'privacy.writeImpact', api.writeImpact, (input, asker) =>
    purposes.writeImpact(given, asker, input),
  )
  serve(app, doorway, 'privacy.switchPurpose', api.switchPurpose, (input, asker) =>
    purposes.switchPurpose(given, asker, input, stops),
  )
  serve(app, doorway, 'privacy.whatIsKept', api.whatIsKept, (input) =>
    purposes.whatIsKept(given, input, seenBy),
  )
}
