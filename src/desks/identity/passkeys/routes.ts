import type { FastifyInstance } from 'fastify'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import * as api from './api.ts'
import * as passkeys from './passkeys.ts'
import * as entering from './signing-in.ts'

export function openPasskeyRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  publicUrl: () => string,
): void {
  serve(
    app,
    doorway,
    'identity.passkeysHere',
    api.passkeysHere,
    async (_input, _asker, _gone, browser) => passkeys.passkeysHere(publicUrl(), browser().host),
  )
  serve(app, doorway, 'identity.beginPasskey', api.beginPasskey, (_input, asker, _gone, browser) =>
    passkeys.beginPasskey(given, asker, browser(), publicUrl()),
  )
  serve(app, doorway, 'identity.addPasskey', api.addPasskey, (input, asker, _gone, browser) =>
    passkeys.addPasskey(given, asker, input, browser(), publicUrl()),
  )
  serve(app, doorway, 'identity.beginSignIn', api.beginSignIn, (_input, _asker, _gone, browser) =>
    entering.beginSignIn(given, browser(), publicUrl()),
  )
  serve(app, doorway, 'identity.signIn', api.signIn, (input, _asker, _gone, browser) =>
    entering.signIn(given, input, browser(), publicUrl()),
  )
  serve(app, doorway, 'identity.beginStepUp', api.beginStepUp, (_input, asker, _gone, browser) =>
    entering.beginStepUp(given, asker, browser(), publicUrl()),
  )
  serve(
    app,
    doorway,
    'identity.stepUpByPasskey',
    api.stepUpByPasskey,
    (input, asker, _gone, browser) =>
      entering.stepUpByPasskey(given, asker, input, browser(), publicUrl()),
  )
  serve(app, doorway, 'identity.listPasskeys', api.listPasskeys, (_input, asker) =>
    passkeys.listPasskeys(given, asker),
  )
  serve(app, doorway, 'identity.namePasskey', api.namePasskey, (input, asker) =>
    passkeys.namePasskey(given, asker, input),
  )
  serve(app, doorway, 'identity.removePasskey', api.removePasskey, (input, asker) =>
    passkeys.removePasskey(given, asker, input),
  )
}
