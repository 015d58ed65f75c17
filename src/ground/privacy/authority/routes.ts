import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import * as authority from './authority.ts'

export function openAuthorityRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  whomItTells: authority.WhomItTells,
): void {
  serve(app, doorway, 'privacy.recordAuthority', api.recordAuthority, (input, asker) =>
    authority.recordAuthority(given, asker, input, whomItTells),
  )
  serve(app, doorway, 'privacy.decideAuthority', api.decideAuthority, (input, asker) =>
    authority.decideAuthority(given, asker, input),
  )
  serve(app, doorway, 'privacy.giveAuthority', api.giveAuthority, (input, asker) =>
    authority.giveAuthority(given, asker, input, whomItTells),
  )
  serve(app, doorway, 'privacy.listAuthority', api.listAuthority, (_input, asker) =>
    authority.listAuthority(given, asker),
  )
  serve(app, doorway, 'privacy.countAuthority', api.countAuthority, () =>
    authority.countAuthority(given),
  )
}
