import type { FastifyInstance } from 'fastify'
import type { Renewed } from '../../../platform/browser.ts'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import type { WordWay } from '../../delivery/index.ts'
import * as api from './api.ts'
import * as claims from './claims.ts'
import { oneClaim } from './sides.ts'
import * as household from './household.ts'
import * as letters from './letters.ts'
import * as station from './station.ts'
import { howProven } from './state.ts'

type Above = { publicUrl: () => string; sendWord: WordWay | null; renewed: Renewed }

export function openProvingRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  { publicUrl, sendWord, renewed }: Above,
): void {
  openLetterRoutes(app, doorway, given, { publicUrl, renewed })
  openHouseholdRoutes(app, doorway, given)
  serve(app, doorway, 'identity.howProven', api.howProven, (_input, asker) =>
    howProven(given, asker),
  )
  serve(app, doorway, 'identity.showCode', api.showCode, (_input, asker) =>
    station.showCode(given, asker),
  )
  serve(app, doorway, 'identity.proveAtStation', api.proveAtStation, (input, asker) =>
    station.proveAtStation(given, asker, input),
  )
  serve(app, doorway, 'identity.listClaims', api.listClaims, (_input, asker) =>
    claims.listClaims(given, asker),
  )
  serve(app, doorway, 'identity.oneClaim', api.oneClaim, (input, asker) =>
    oneClaim(given, asker, input),
  )
  serve(app, doorway, 'identity.decideClaim', api.decideClaim, (input, asker) =>
    claims.decideClaim(given, asker, input, { sendWord, link: `${publicUrl()}/my-home` }),
  )
}

function openLetterRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  given: Given,
  { publicUrl, renewed }: Pick<Above, 'publicUrl' | 'renewed'>,
): void {
  serve(app, doorway, 'identity.makeLetters', api.makeLetters, (input, asker) =>
    letters.makeLetters(given, asker, input, publicUrl()),
  )
  serve(app, doorway, 'identity.listLetters', api.listLetters, (_input, asker) =>
    letters.listLetters(given, asker),
  )
  serve(app, doorway, 'identity.revokeLetter', api.revokeLetter, (input, asker) =>
    letters.revokeLetter(given, asker, input),
  )
  const prove = 'identity.proveByLetter'
  serve(app, doorway, prove, api.proveByLetter, (input, asker, _gone, browser) =>
    renewed(letters.proveByLetter(given, asker, input, browser()), asker, browser()),
  )
}

function openHouseholdRoutes(app: FastifyInstance, doorway: Doorway, given: Given): void {
  serve(app, doorway, 'identity.askHousehold', api.askHousehold, (input, asker) =>
    household.askHousehold(given, asker, input),
  )
  serve(app, doorway, 'identity.whoAsksToLiveHere', api.whoAsksToLiveHere, (_input, asker) =>
    household.whoAsksToLiveHere(given, asker),
  )
  serve(app, doorway, 'identity.answerForHousehold', api.answerForHousehold, (input, asker) =>
    household.answerForHousehold(given, asker, input),
  )
}
