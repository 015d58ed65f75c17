import type { Given } from '../../../platform/given.ts'
import { knownMs } from './decide.ts'
import * as store from './store.ts'

type Here = { device: Buffer; phone: string }

const cityWide = { street: '' }
const wordOf = ({ device, phone }: Here) => `${device.toString('hex')} ${phone}`

/** From now on this browser is one that has signed in with this telephone. */
export async function knowHere(
  given: Pick<Given, 'db' | 'clock' | 'seal'>,
  here: Here,
): Promise<void> {
  const keys = given.seal.finds('known', wordOf(here))
  const key = given.seal.find('known', wordOf(here))
  const now = given.clock.now()
  await given.db.inStreet(cityWide, (tx) => store.putKnown(tx, { key, keys }, now))
}

export async function isKnownHere(
  given: Pick<Given, 'db' | 'clock' | 'seal'>,
  here: Here,
): Promise<boolean> {
  const keys = given.seal.finds('known', wordOf(here))
  const since = given.clock.now() - knownMs
  return given.db.inStreet(cityWide, (tx) => store.isKnown(tx, keys, since))
}
