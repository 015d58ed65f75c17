import type { FastifyInstance } from 'fastify'
import { isFault } from '../../kernel/fault.ts'
import type { Renewed } from '../../platform/browser.ts'
import type { Given } from '../../platform/given.ts'
import { serve, type Doorway } from '../../platform/http.ts'
import type { CodeWay, WordWay } from '../delivery/index.ts'
import * as actions from './actions.ts'
import * as api from './api.ts'
import { openCodeRoutes } from './codes/index.ts'
import { openFirstRunRoutes } from './first-run/index.ts'
import { openGrantRoutes } from './grants/index.ts'
import { openOrganisationRoutes, type Provider } from './oidc/index.ts'
import { openPassRoutes } from './passes/index.ts'
import { openPasskeyRoutes } from './passkeys/index.ts'
import { openProvingRoutes } from './proving/index.ts'
import { openDeviceRoutes, renewFor } from './sessions/index.ts'
import { openStepUpRoutes } from './stepping-up/index.ts'

/**
 * What this installation has: a way to send codes and words to a telephone, and the organisation
 * that staff sign in with; null: none, as in most tests.
 */
export type Out = {
  sendCode: CodeWay | null
  sendWord: WordWay | null
  provider: Provider | null
}

export function openRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  publicUrl: () => string,
  { sendCode, sendWord, provider }: Out,
): void {
  serve(app, doorway, 'identity.makeLink', api.makeLink, (input) =>
    actions.makeLink(given, input, publicUrl()),
  )
  serve(app, doorway, 'identity.makeToken', api.makeToken, (input) =>
    actions.makeToken(given, input),
  )
  serve(app, doorway, 'identity.whoAmI', api.whoAmI, (_input, asker) =>
    actions.whoAmI(given, asker),
  )
  const renewed = renewing(given)
  openDeviceRoutes(app, doorway, given)
  openPasskeyRoutes(app, doorway, given, publicUrl)
  openStepUpRoutes(app, doorway, given, sendCode)
  openOrganisationRoutes(app, doorway, { given, provider, publicUrl })
  const find = (name: string) => actions.theOneNamed(given, name)
  openFirstRunRoutes(app, doorway, given, { publicUrl, find, renewed })
  openCodeRoutes(app, doorway, given, sendCode)
  openProvingRoutes(app, doorway, given, { publicUrl, sendWord, renewed })
  openGrantRoutes(app, doorway, given, renewed)
  openPassRoutes(app, doorway, given, publicUrl)
}

/** What was done made the asker more than they were, or somebody else: with a new token. */
function renewing(given: Given): Renewed {
  return async (done, asker, browser) => {
    const answer = await done
    if (!isFault(answer)) await renewFor(given, asker, browser)
    return answer
  }
}
