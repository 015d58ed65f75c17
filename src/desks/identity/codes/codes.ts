import { randomInt } from 'node:crypto'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { Browser } from '../../../platform/browser.ts'
import type { Given } from '../../../platform/given.ts'
import { isSame } from '../../../platform/secrets.ts'
import { networkOf } from '../../../platform/network.ts'
import type { CodeWay } from '../../delivery/index.ts'
import { isKnownHere, mayTry } from '../attempts/index.ts'
import { againMs, codeMs, triesMax } from './decide.ts'
import * as store from './store.ts'

const cityWide = { street: '' }

/** What a code was asked for; it does for nothing else. */
export type CodeFor = 'sign-in' | 'step-up'

export type Asked = { sentAt: Instant; waitMs: number; expiresAt: Instant }

/**
 * Sends six digits to a telephone, as `mobileIn` writes it. Nothing is looked up: whoever has that
 * number is found once somebody shows that they hold it. The answer does not wait for the sending.
 * A browser that has signed in with this telephone has codes of its own: whoever else asks for all
 * of a day does not shut it out.
 */
export async function askCode(
  given: Given,
  send: CodeWay | null,
  { phone, purpose }: { phone: string; purpose: CodeFor },
  browser: Pick<Browser, 'device' | 'address'>,
): Promise<Asked | Fault> {
  const device = browser.device()
  const here = { device, phone }
  const refused = await mayTry(given, [
    (await isKnownHere(given, here))
      ? { kind: 'code-known', key: `${device.toString('hex')} ${phone}` }
      : { kind: 'code-phone', key: phone },
    { kind: 'code-address', key: networkOf(browser.address) },
    { kind: 'code-device', key: device.toString('hex') },
  ])
  if (refused) return refused
  const sentAt = given.clock.now()
  const expiresAt = sentAt + codeMs
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const id = given.newId()
  const digest = given.seal.find('code', digits(purpose, id, code))
  const find = given.seal.find('phone', phone)
  await given.db.inStreet(cityWide, (tx) =>
    store.addCode(tx, { id, find, digest, device, sentAt, expiresAt }),
  )
  void send?.({ id, phone, code, at: sentAt }).then(
    ({ result, detail }) => {
      if (result !== 'sent')
        given.log.say('identity.code-not-sent', { result, detail: detail ?? '' })
    },
    () => given.log.say('identity.code-not-sent', { result: 'bug' }),
  )
  return { sentAt, waitMs: againMs, expiresAt }
}

/**
 * Whether these are the digits that this browser asked for, to that telephone: once. Each try
 * counts, also beside another at the same moment; after five the right one does not help.
 */
export async function codeFits(
  given: Given,
  { phone, purpose, code }: { phone: string; purpose: CodeFor; code: string },
  browser: Pick<Browser, 'device' | 'address'>,
): Promise<Fault | undefined> {
  const address = networkOf(browser.address)
  const refused = await mayTry(given, [{ kind: 'guess-address', key: address }])
  if (refused) return refused
  const now = given.clock.now()
  const finds = given.seal.finds('phone', phone)
  const device = browser.device()
  return given.db.inStreet(cityWide, async (tx) => {
    const tried = await store.tryCode(tx, { finds, device, triesMax }, now)
    if (!tried) return fault('code-wrong', 'code')
    const isRight = given.seal
      .finds('code', digits(purpose, tried.id, code))
      .some((digest) => isSame(digest, tried.digest))
    if (!isRight) return fault('code-wrong', 'code')
    await store.useCode(tx, tried.id, now)
    return undefined
  })
}

function digits(purpose: CodeFor, id: string, code: string): string {
  return `${purpose} ${id} ${code}`
}
