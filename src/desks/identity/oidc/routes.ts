import type { FastifyInstance } from 'fastify'
import type { Asker } from '../../../kernel/asker.ts'
import type { Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { Given } from '../../../platform/given.ts'
import { serve, type Doorway } from '../../../platform/http.ts'
import { passkeysHere } from '../passkeys/index.ts'
import { accountAsking, isLastWay, isSteppedUp, waysIn } from '../stepping-up/index.ts'
import * as api from './api.ts'
import { openOrganisationDoor } from './door.ts'
import type { Organisations } from './flow.ts'
import * as store from './store.ts'

export function openOrganisationRoutes(
  app: FastifyInstance,
  doorway: Doorway,
  organisations: Organisations,
): void {
  const { given, provider, publicUrl } = organisations
  openOrganisationDoor(app, doorway, organisations)
  serve(
    app,
    doorway,
    'identity.waysToSignIn',
    api.waysToSignIn,
    async (_input, _asker, _gone, browser) => {
      const { isPossible, under } = passkeysHere(publicUrl(), browser().host)
      const passkeyUnder = isPossible ? null : under
      return { code: true, passkey: isPossible, passkeyUnder, organisation: provider?.name ?? null }
    },
  )
  serve(app, doorway, 'identity.unlinkOrganisation', api.unlinkOrganisation, (_input, asker) =>
    unlinkOrganisation(given, asker),
  )
}

async function unlinkOrganisation(
  given: Given,
  asker: Asker,
): Promise<Output<typeof api.unlinkOrganisation> | Fault> {
  const own = accountAsking(asker)
  if (!own) return fault('not-allowed')
  return given.db.inStreet({ street: '' }, async (tx) => {
    if (!(await isSteppedUp(given, tx, own))) return fault('step-up-needed')
    const ways = await waysIn(tx, own)
    if (ways.subjects > 0 && isLastWay({ ...ways, subjects: 1 })) return fault('last-way-in')
    await store.removeSubjects(tx, own.account)
    return { isLinked: false }
  })
}
