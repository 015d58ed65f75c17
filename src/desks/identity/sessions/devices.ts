import type { Asker } from '../../../kernel/asker.ts'
import type { Seen } from '../../../kernel/book.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { Browser } from '../../../platform/browser.ts'
import type { Given } from '../../../platform/given.ts'
import { endStreams } from '../../../platform/live.ts'
import { accountOf, standingsOf } from '../accounts/index.ts'
import type * as api from './api.ts'
import type { DeviceName } from './decide.ts'
import { renewSession } from './sessions.ts'
import * as store from './store.ts'

const cityWide = { street: '' }

/** Whoever acts for another, or asks with a program's token, has no devices of the person's. */
function ownOf(asker: Asker): { own: store.Own; session: string | null } | undefined {
  if (asker.kind === 'account') return { own: { account: asker.account }, session: asker.session }
  if (asker.kind !== 'person' || asker.signIn.hand) return undefined
  const { account, session } = asker.signIn
  return { own: account ? { account } : { person: asker.person }, session }
}

export async function listDevices(
  given: Given,
  asker: Asker,
): Promise<Seen<Output<typeof api.listDevices>> | Fault> {
  const mine = ownOf(asker)
  if (!mine) return fault('not-allowed')
  const now = given.clock.now()
  const rows = await given.db.inStreet(cityWide, (tx) => store.pagesOf(tx, mine.own, now))
  const devices = rows.map(({ session, device, openedBy, madeAt, seenAt }) => ({
    ...{ session, device: device as DeviceName, openedBy, madeAt, seenAt },
    isThis: session === mine.session,
  }))
  return { answer: { devices, now }, looks: [] }
}

/** An account may be somebody in two streets: each is seen by itself. */
export async function chooseStreet(
  given: Given,
  asker: Asker,
  { street }: Input<typeof api.chooseStreet>,
  browser: Pick<Browser, 'keep'>,
): Promise<Output<typeof api.chooseStreet> | Fault> {
  const account = accountOf(asker)
  const session = ownOf(asker)?.session
  if (!account || !session) return fault('not-allowed')
  const isTheirs = await given.db.inStreet(cityWide, async (tx) => {
    const held = await standingsOf(tx, account)
    if (!held.some((one) => one.street === street)) return false
    await store.setStreet(tx, session, street)
    return true
  })
  if (!isTheirs) return fault('not-found', 'street')
  await renewSession(given, session, browser)
  return { street }
}

export async function endDevice(
  given: Given,
  asker: Asker,
  { session }: Input<typeof api.endDevice>,
): Promise<Output<typeof api.endDevice> | Fault> {
  const mine = ownOf(asker)
  if (!mine) return fault('not-allowed')
  return given.db.inStreet(cityWide, async (tx) => {
    const ended = await store.endSessions(tx, { own: mine.own, session })
    endStreams(tx, ended)
    given.log.say('identity.signed-out', { sessions: ended.length })
    return ended.length > 0 ? { ended: ended.length } : fault('not-found', 'session')
  })
}

export async function endOtherDevices(
  given: Given,
  asker: Asker,
): Promise<Output<typeof api.endOtherDevices> | Fault> {
  const mine = ownOf(asker)
  if (!mine) return fault('not-allowed')
  return given.db.inStreet(cityWide, async (tx) => {
    const ended = await store.endSessions(tx, { own: mine.own, but: mine.session })
    endStreams(tx, ended)
    given.log.say('identity.signed-out', { sessions: ended.length })
    return { ended: ended.length }
  })
}
