import { randomInt } from 'node:crypto'
import { toString as qrText } from 'qrcode'
import { committeesOf, type Asker } from '../../../kernel/asker.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { HomeCode } from '../../../kernel/ids.ts'
import type { Browser } from '../../../platform/browser.ts'
import type { Given } from '../../../platform/given.ts'
import { networkOf } from '../../../platform/network.ts'
import { placesOf } from '../../../ground/places/index.ts'
import { accountOf } from '../accounts/index.ts'
import { mayTry } from '../attempts/index.ts'
import type * as api from './api.ts'
import { grouped, letterMs } from './decide.ts'
import { isSomebody, scopeOf, settle } from './settling.ts'
import * as store from './store.ts'

const digits = 10 ** 5
const drawn = { type: 'svg', errorCorrectionLevel: 'Q', margin: 2 } as const

function newCode(): string {
  const half = () => String(randomInt(digits)).padStart(5, '0')
  return half() + half()
}

/** All or none. A letter takes the place of the one before; the codes are shown this once. */
export async function makeLetters(
  given: Given,
  asker: Asker,
  input: Input<typeof api.makeLetters>,
  publicUrl: string,
): Promise<Output<typeof api.makeLetters> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { street, person, post } = asker
  const homes = [...new Set(input.homes)]
  const committees = committeesOf(asker)
  const at = given.clock.now()
  const url = `${publicUrl}/home`
  return given.db.inStreet({ street, person, committees }, async (tx) => {
    const places = new Map((await placesOf(tx, homes)).map((place) => [place.place, place]))
    const isTheirs = (home: HomeCode) =>
      places.has(home) && (committees === '*' || committees.some((one) => home.startsWith(one)))
    if (!homes.every(isTheirs)) return fault('not-found', 'homes')
    const letters = homes.flatMap((home) => {
      const place = places.get(home)
      return place ? [{ id: given.newId<string>(), home, place, code: newCode() }] : []
    })
    const by = { person, post: post.id, street }
    const rows = letters.map(({ id, home, code }) => {
      return { id, home, digest: given.seal.find('letter', code).toString('hex') }
    })
    const key = given.seal.foundBy()
    await store.putLetters(tx, rows, { ...by, key }, { at, until: at + letterMs })
    const shown = letters.map(({ id, home, place, code }) => {
      return { letter: id, home, place, code: grouped(code) }
    })
    return { letters: shown, url, svg: await qrText(url, drawn), until: at + letterMs }
  })
}

export async function listLetters(
  given: Given,
  asker: Asker,
): Promise<Output<typeof api.listLetters> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { street, person } = asker
  const scope = { street, person, committees: committeesOf(asker) }
  const now = given.clock.now()
  return given.db.inStreet(scope, async (tx) => {
    const ended = await store.endedByKeys(tx, now)
    const places = new Map((await placesOf(tx, ended)).map((place) => [place.place, place]))
    return {
      letters: await store.openLetters(tx, now),
      ended: ended.map((home) => ({ home, place: places.get(home) ?? null })),
    }
  })
}

export async function revokeLetter(
  given: Given,
  asker: Asker,
  { letter }: Input<typeof api.revokeLetter>,
): Promise<Output<typeof api.revokeLetter> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { street, person } = asker
  const scope = { street, person, committees: committeesOf(asker) }
  return given.db.inStreet(scope, async (tx) => {
    const isDone = await store.revokeLetter(tx, letter, given.clock.now())
    return isDone ? { letter } : fault('not-found', 'letter')
  })
}

/** The code says the home. Wrong, used, revoked and expired are answered alike. */
export async function proveByLetter(
  given: Given,
  asker: Asker,
  { code, name }: Input<typeof api.proveByLetter>,
  browser: Pick<Browser, 'address' | 'device'>,
): Promise<Output<typeof api.proveByLetter> | Fault> {
  const account = accountOf(asker)
  if (!account) return fault('not-allowed')
  const refused = await mayTry(given, [
    { kind: 'letter-account', key: account },
    { kind: 'letter-address', key: networkOf(browser.address) },
    { kind: 'letter-device', key: browser.device().toString('hex') },
  ])
  if (refused) return refused
  const digests = given.seal.finds('letter', code.replaceAll(/[ -]/g, ''))
  const now = given.clock.now()
  const home = await given.db.asOwner((tx) => store.homeOfLetter(tx, digests, now))
  if (!home) return fault('code-wrong', 'code')
  const scope = scopeOf(home)
  return given.db.inStreet(scope, async (tx) => {
    if (await isSomebody(tx, account, scope.street)) return fault('already-so')
    if (!(await store.useLetter(tx, digests, account, now))) return fault('code-wrong', 'code')
    const said = { street: scope.street, account, home, name: name.normalize('NFC') }
    return settle(given, tx, { ...said, proof: 'letter' })
  })
}
