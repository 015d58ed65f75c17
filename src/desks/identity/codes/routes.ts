import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import type { CodeWay } from '../../delivery/index.ts'
import * as api from './api.ts'
import { askSignInCode, useSignInCode } from './signing-in.ts'

export function openCodeRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  send: CodeWay | null,
): void {
  serve(
    app,
    doorway,
    'identity.askSignInCode',
    api.askSignInCode,
    (input, _asker, _gone, browser) => askSignInCode(given, send, input, browser()),
  )
  serve(
    app,
    doorway,
    'identity.useSignInCode',
    api.useSignInCode,
    (input, _asker, _gone, browser) => useSignInCode(given, input, browser()),
  )
}
