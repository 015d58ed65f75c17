import {
  noticeText,
  receiptText,
  toldHeadFrom,
  type HeadNotice,
  type Receipt,
  type ToldHead,
} from '../../../kernel/head.ts'
import { minuteMs, type Clock, type Instant } from '../../../kernel/clock.ts'
import type { Given } from '../../../platform/given.ts'
import { readJson } from '../../../platform/json.ts'
import { keptText, readSecret } from '../../../platform/kept-secret.ts'
import { fetchOutward, NotReached, postOutward } from '../../../platform/outward.ts'
import { isSigned, keptSigner, nameOfKey } from '../../../platform/signing.ts'
import { readHeads, type KeptHeads } from './heads.ts'
import { headLine } from './linking.ts'
import * as store from './store.ts'

/** A witness, and what this installation keeps of itself and of it, in its data folder. */
export type WitnessWish = {
  url: string
  /** This installation's secret; its public half is what the witness knows it by. */
  secretFile: string
  /** The witness's public key, as it was at the first contact. */
  pinFile: string
  headsFile: string
}

/** `away`: it did not answer for half an hour. `differs`: it has seen another book than this. */
export type WitnessTrouble = 'away' | 'differs'

export type Witnessing = {
  /** Tells the newest head, where it is time to. */
  tick(): Promise<void>
  /** All that the witness has; null where it cannot be asked. */
  lines(): Promise<KeptHeads | null>
  /** Says what came of telling it now. */
  tell(): Promise<'seen' | 'nothing' | WitnessTrouble>
}

const everyMs = 10 * minuteMs
const againMs = minuteMs
const awayMs = 30 * minuteMs
const pagesMax = 100_000

/** `real`: a witness lives by the clock on the wall, whatever the town's does. */
export function openWitnessing(
  given: Pick<Given, 'db' | 'clock'>,
  wish: WitnessWish,
  real: Clock,
  say: (trouble: WitnessTrouble, isSo: boolean) => void,
): Witnessing {
  let nextAt: Instant = 0
  let failingSince: Instant | undefined
  let hasDiffered = false
  return {
    tell: () => tellNewest(given, wish),
    lines: () => linesOf(wish),
    async tick() {
      const now = real.now()
      if (now < nextAt) return
      const told = await tellNewest(given, wish)
      if (told === 'away') {
        nextAt = now + againMs
        failingSince ??= now
        if (now - failingSince >= awayMs) say('away', true)
        return
      }
      nextAt = now + everyMs
      failingSince = undefined
      say('away', false)
      // A chain that was replaced grows past what the witness saw, and differs all the same.
      hasDiffered ||= told === 'differs'
      say('differs', hasDiffered)
    },
  }
}

/** What this installation is called by its witness. */
export function installationOf(secretFile: string): { key: string; name: string } {
  const { key } = keptSigner(secretFile)
  return { key, name: nameOfKey(key) }
}

async function tellNewest(
  given: Pick<Given, 'db' | 'clock'>,
  wish: WitnessWish,
): ReturnType<Witnessing['tell']> {
  const newest = await given.db.asOwner((tx) => store.newestLink(tx))
  const restored = (await readHeads(wish.headsFile)).lines.findLast((line) => line.restored)
  if (!newest && !restored) return 'nothing'
  const line = newest && headLine(newest, given.clock.now(), false)
  try {
    let answer = line && (await post(wish, line))
    // A restore that the witness has not heard of: it sets aside what came later.
    if (restored && (answer?.restoredAt ?? '') < restored.at) {
      const heard = await post(wish, restored)
      if (!heard.isSeen) return 'differs'
      answer = line && (await post(wish, line))
    }
    if (answer && !answer.isSeen) return 'differs'
    if (newest) {
      await given.db.asOwner((tx) => store.addWitnessed(tx, { ...newest, at: given.clock.now() }))
    }
    return 'seen'
  } catch (error) {
    if (error instanceof NotReached) return 'away'
    throw error
  }
}

type Heard = { isSeen: boolean; restoredAt: string | null }

/** @throws NotReached also for an answer that is none of a witness. */
async function post(wish: WitnessWish, told: ToldHead): Promise<Heard> {
  const signer = keptSigner(wish.secretFile)
  const name = nameOfKey(signer.key)
  const signature = signer.sign(noticeText(name, told))
  const notice: HeadNotice = { ...told, key: signer.key, signature }
  const { status, body } = await postOutward(
    {
      url: new URL('heads', folderOf(wish.url)).href,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(notice),
    },
    'chosen',
  )
  const said = objectIn(body)
  const restoredAt = typeof said['restoredAt'] === 'string' ? said['restoredAt'] : null
  if (status === 409) return { isSeen: false, restoredAt }
  const receipt = receiptFrom(said)
  if (status !== 200 || !receipt) throw new NotReached('network')
  const isOurs =
    receipt.installation === name &&
    receipt.number === told.number &&
    receipt.head === told.head &&
    isSigned(receiptText(receipt), receipt.signature, receipt.witness) &&
    receipt.witness === keptText(wish.pinFile, receipt.witness)
  return { isSeen: isOurs, restoredAt }
}

/** Page by page. A line that the witness did not sign is a fault, as one that it changed is. */
async function linesOf(wish: WitnessWish): Promise<KeptHeads | null> {
  const { name } = installationOf(wish.secretFile)
  const pinned = readSecret(wish.pinFile)
  const kept: KeptHeads = { lines: [], faults: [] }
  try {
    for (let page = 0, from = 0; page < pagesMax; page++) {
      const url = new URL(`heads/${name}?from=${from}`, folderOf(wish.url)).href
      const asked = { method: 'GET', headers: {}, body: null }
      const answer = await fetchOutward(url, asked, 'chosen')
      const { lines } = objectIn(await answer.text())
      if (!answer.ok || !Array.isArray(lines)) return null
      for (const line of lines) {
        from += 1
        const receipt = receiptFrom(line)
        const isOurs =
          receipt?.installation === name &&
          (pinned === undefined || receipt.witness === pinned) &&
          isSigned(receiptText(receipt), receipt.signature, receipt.witness)
        const told = isOurs ? toldHeadFrom(line) : undefined
        if (told) kept.lines.push(told)
        else kept.faults.push(from)
      }
      if (lines.length === 0) return kept
    }
    return kept
  } catch (error) {
    if (error instanceof NotReached) return null
    throw error
  }
}

/** What came back is from outside: read strictly. */
function objectIn(body: string): Record<string, unknown> {
  const read = readJson(body)
  const value = 'value' in read ? read.value : null
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function receiptFrom(value: unknown): Receipt | undefined {
  const told = toldHeadFrom(value)
  if (!told) return undefined
  const { installation, seenAt, restoredAt, witness, signature } = value as Record<string, unknown>
  const texts = [installation, seenAt, witness, signature]
  if (!texts.every((one) => typeof one === 'string' && one.length <= 100)) return undefined
  return { ...told, ...({ installation, seenAt, restoredAt, witness, signature } as Receipt) }
}

function folderOf(url: string): string {
  return url.endsWith('/') ? url : `${url}/`
}
