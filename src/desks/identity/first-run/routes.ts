import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import { begin, beginState } from './begin.ts'
import { invite, makeOwnerLink, type Finding } from './links.ts'

export function openFirstRunRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  { publicUrl, find }: { publicUrl: () => string; find: Finding },
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
  serve(app, doorway, 'identity.begin', api.begin, (input, asker) => begin(given, asker, input))
}
