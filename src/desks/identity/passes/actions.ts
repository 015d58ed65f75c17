import { toString as qrText } from 'qrcode'
import type { Asker } from '../../../kernel/asker.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { Given } from '../../../platform/given.ts'
import { newSecret } from '../../../platform/ids.ts'
import { digest } from '../../../platform/secrets.ts'
import { placesOf } from '../../../ground/places/index.ts'
import type * as api from './api.ts'
import { doorsOf, hoursOf, opens, passesMax } from './decide.ts'
import * as store from './store.ts'

const drawn = { type: 'svg', errorCorrectionLevel: 'M', margin: 2 } as const

/** Behind the `#`: what a browser never sends, so that no server writes it down. */
function linkOf(publicUrl: string, secret: string): string {
  return `${publicUrl}/pass#${secret}`
}

export async function makePass(
  given: Given,
  asker: Asker,
  { door, from, hours }: Input<typeof api.makePass>,
  publicUrl: string,
): Promise<Output<typeof api.makePass> | Fault> {
  if (asker.kind !== 'person' || !asker.home) return fault('not-allowed')
  const { street, person, home } = asker
  if (!doorsOf(home).includes(door)) return fault('not-found', 'door')
  const now = given.clock.now()
  const term = hoursOf(from, hours, now)
  if (!term) return fault('bad-input', 'from')
  const secret = newSecret()
  const pass = given.newId()
  const isMade = await given.db.inStreet(asker, async (tx) => {
    const held = await store.passesOf(tx, person, now)
    if (held.filter(({ isRevoked }) => !isRevoked).length >= passesMax) return false
    const made = { street, pass, person, home, door, ...term, isRevoked: false }
    await store.addPass(tx, made, digest(secret), now)
    return true
  })
  if (!isMade) return fault('too-many')
  const url = linkOf(publicUrl, secret)
  return { pass, url, svg: await qrText(url, drawn), until: term.until }
}

export async function myPasses(
  given: Given,
  asker: Asker,
): Promise<Output<typeof api.myPasses> | Fault> {
  if (asker.kind !== 'person' || !asker.home) return fault('not-allowed')
  const { person, home } = asker
  const now = given.clock.now()
  return given.db.inStreet(asker, async (tx) => {
    const doors = doorsOf(home)
    const held = await store.passesOf(tx, person, now)
    const named = await placesOf(tx, [...new Set([...doors, ...held.map(({ door }) => door)])])
    const placeOf = (door: string) => named.find(({ place }) => place === door) ?? null
    return {
      doors: doors.map((door) => ({ door, place: placeOf(door) })),
      passes: held.map(({ pass, door, from, until, isRevoked }) => {
        return { pass, door, place: placeOf(door), from, until, isRevoked }
      }),
      now,
    }
  })
}

export async function revokePass(
  given: Given,
  asker: Asker,
  { pass }: Input<typeof api.revokePass>,
): Promise<Output<typeof api.revokePass> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { person } = asker
  const now = given.clock.now()
  const isDone = await given.db.inStreet(asker, (tx) => store.revoke(tx, { pass, person }, now))
  return isDone ? { pass } : fault('not-found', 'pass')
}

/** The secret says which street; until it is known the transaction has none. */
export async function showPass(
  given: Given,
  { secret }: Input<typeof api.showPass>,
  publicUrl: string,
): Promise<Output<typeof api.showPass> | Fault> {
  const now = given.clock.now()
  return given.db.asOwner(async (tx) => {
    const pass = await store.passBy(tx, digest(secret))
    if (!pass || !opens({ ...pass, from: now }, null, now)) return fault('not-found', 'secret')
    const [place = null] = await placesOf(tx, [pass.door])
    const { from, until } = pass
    return { place, from, until, svg: await qrText(linkOf(publicUrl, secret), drawn), now }
  })
}

export async function checkPass(
  given: Given,
  asker: Asker,
  { secret, door }: Input<typeof api.checkPass>,
): Promise<Output<typeof api.checkPass> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const pass = await given.db.inStreet(asker, (tx) => store.passBy(tx, digest(secret)))
  return { state: pass && opens(pass, door, given.clock.now()) ? 'valid' : 'not-valid' }
}
