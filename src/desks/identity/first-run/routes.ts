import type { FastifyInstance } from 'fastify'
import type { Renewed } from '../../../platform/browser.ts'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import { begin, beginState } from './begin.ts'
import { invite, makeOwnerLink, type Finding } from './links.ts'

export function openFirstRunRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  { publicUrl, find, renewed }: { publicUrl: () => string; find: Finding; renewed: Renewed },
): void {
  serve(app, doorway, 'identity.makeOwnerLink', api.makeOwnerLink, (input) =>
    makeOwnerLink(given, input, publicUrl(), find),
  )
  serve(app, doorway, 'identity.invite', api.invite, (input, asker) =>
    invite(given, asker, input, publicUrl()),
  )
  serve(app, doorway, 'identity.beginState', api.beginState, (_input, asker) =>
    beginState(given, asker),
  )
  serve(app, doorway, 'identity.begin', api.begin, (input, asker, _gone, browser) =>
    renewed(begin(given, asker, input), asker, browser()),
  )
}
