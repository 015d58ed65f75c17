import { stillHolding } from '../../../kernel/head.ts'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import type { Given } from '../../../platform/given.ts'
import { errorFacts } from '../../../platform/log.ts'
import type { Tx } from '../../../platform/sql.ts'
import { digestOfLook, digestOfStruck, headAfter, headZero, type Link } from './digests.ts'
import { appendHead, readHeads, thinHeads } from './heads.ts'
import * as store from './store.ts'

/** So many looks get their links in one transaction. */
const batch = 2_000
/** So many are struck in one. */
const strikeBatch = 5_000
/** The file of heads grows by at most so many lines before old ones are thinned: some 15 MB. */
const linesBetween = 100_000
/** A line a second, for some six hours. */
const newestLines = 20_000

/** The book is kept at least three years (product; 个保法 55 asks three for the assessment). */
export const keptMs = 3 * 366 * dayMs

/**
 * Gives every look its place in the chain, and tells the file outside the database how far that is.
 * Whoever crashes between the two tells it at the next start.
 */
export type Linker = AsyncDisposable & {
  /** Until no look waits. Answers how many got their link. */
  link(): Promise<number>
}

/** `headsFile`: null keeps no file, as in most tests. */
export function openLinker(
  given: Pick<Given, 'db' | 'clock' | 'log'>,
  headsFile: string | null,
): Linker {
  let toldTo: number | undefined
  let isTold = false
  let lines = linesBetween
  let isWell = true
  const tell = async (path: string) => {
    toldTo ??= stillHolding((await readHeads(path)).lines).at(-1)?.number ?? 0
    const newest = await given.db.asOwner((tx) => store.newestLink(tx))
    if (!newest || newest.number <= toldTo) return
    if (lines >= linesBetween) {
      await thinHeads(path, newestLines)
      lines = 0
    }
    await appendHead(path, headLine(newest, given.clock.now(), false))
    lines += 1
    toldTo = newest.number
  }
  const all = async () => {
    let linked = 0
    for (;;) {
      const count = await given.db.asOwner((tx) => linkBatch(tx))
      if (count > 0) isTold = false
      if (headsFile !== null && !isTold) {
        await tell(headsFile)
        isTold = true
      }
      linked += count
      if (count < batch) return linked
    }
  }
  const link = async () => {
    isWell = false
    const linked = await all()
    isWell = true
    return linked
  }
  return {
    link,
    async [Symbol.asyncDispose]() {
      // Without its database nothing is linked; the next start does it.
      if (!isWell) return
      await link().catch((error: unknown) => given.log.say('book.failed', errorFacts(error)))
    },
  }
}

/** A line of the file of heads. */
export function headLine({ number, head }: store.Newest, at: Instant, restored: boolean) {
  return { number, head: head.toString('hex'), at: new Date(at).toISOString(), restored }
}

/** Answers how many were waiting; fewer than a batch: all have their link now. */
async function linkBatch(tx: Tx): Promise<number> {
  await store.lockChain(tx)
  const waiting = await store.waitingLooks(tx, batch)
  if (waiting.length === 0) return 0
  const newest = await store.newestLink(tx)
  const links: Link[] = []
  let { number, head } = newest ?? { number: 0, head: headZero }
  for (const { look, at, salt, content, isLinked } of waiting) {
    if (isLinked) continue
    number += 1
    const link = { number, kind: 'look' as const, look, at, digest: digestOfLook(salt, content) }
    head = headAfter(head, link)
    links.push({ ...link, head })
  }
  await store.addLinks(tx, links)
  await store.dropWaiting(
    tx,
    waiting.map(({ look }) => look),
  )
  return waiting.length
}

/**
 * Looks past their term go, content and salt. Their links stay, and a link of its own says which
 * went: so the chain is whole, and nobody can strike a look before its term.
 */
export async function strikeLooks(
  given: Pick<Given, 'db' | 'clock'>,
  now: Instant,
): Promise<number> {
  if (!(await given.db.asOwner((tx) => store.hasLooksBefore(tx, now - keptMs)))) return 0
  // One without a link would go without a trace.
  while ((await given.db.asOwner((tx) => linkBatch(tx))) === batch);
  let struck = 0
  for (;;) {
    const count = await given.db.asOwner((tx) => strike(tx, now))
    struck += count
    if (count < strikeBatch) return struck
  }
}

async function strike(tx: Tx, now: Instant): Promise<number> {
  await store.lockChain(tx)
  const numbers = await store.deleteLooksBefore(tx, now - keptMs, strikeBatch)
  if (numbers.length === 0) return 0
  const newest = await store.newestLink(tx)
  const { number: last, head: before } = newest ?? { number: 0, head: headZero }
  const number = last + 1
  const link = {
    ...{ number, kind: 'erasure' as const, look: null, at: secondsOf(now) },
    digest: digestOfStruck(numbers),
  }
  await store.addLinks(tx, [{ ...link, head: headAfter(before, link) }])
  await store.addStruck(tx, numbers, number)
  return numbers.length
}

/** As the database says a moment: seconds with six decimals. */
function secondsOf(at: Instant): string {
  return `${Math.floor(at / 1_000)}.${String(at % 1_000).padStart(3, '0')}000`
}
