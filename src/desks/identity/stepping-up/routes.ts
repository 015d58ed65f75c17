import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import type { CodeWay } from '../../delivery/index.ts'
import { askStepUpCode, stepUpByCode } from './by-code.ts'
import { myStepUp } from './showing.ts'

export function openStepUpRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  send: CodeWay | null,
): void {
  serve(app, doorway, 'identity.myStepUp', api.myStepUp, (_input, asker) => myStepUp(given, asker))
  serve(
    app,
    doorway,
    'identity.askStepUpCode',
    api.askStepUpCode,
    (_input, asker, _gone, browser) => askStepUpCode(given, asker, browser(), send),
  )
  serve(app, doorway, 'identity.stepUpByCode', api.stepUpByCode, (input, asker, _gone, browser) =>
    stepUpByCode(given, asker, input, browser()),
  )
}
