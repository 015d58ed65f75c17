import { beginning, stillHolding, type ToldHead } from '../../../kernel/head.ts'
import { hourMs, type Instant } from '../../../kernel/clock.ts'
import type { Tx } from '../../../platform/sql.ts'
import { digestOfLook, digestOfStruck, headAfter, headZero } from './digests.ts'
import type { KeptHeads } from './heads.ts'
import { keptMs } from './linking.ts'
import * as store from './store.ts'

/** What can be wrong with the book. A closed list: every member has its sentences. */
export const findingKinds = [
  /** A look is not what its link stands for. */
  'edited',
  /** A link's look is gone, and no erasure says so. */
  'deleted',
  /** A look went before its term. */
  'struck-early',
  /** What went is not what the erasure stands for. */
  'struck-wrongly',
  /** A link of this number is not there. */
  'missing',
  /** A link does not follow from the one before. */
  'broken',
  /** A head that left the database is not the chain's. */
  'head-differs',
  /** The chain ended later once: links at its end are gone. */
  'truncated',
  /** A look came into the book from outside the program. */
  'inserted',
  /** A look was to get its link, and is gone. */
  'lost',
  /** A line of the file of heads, or of the witness, that nobody can have written so. */
  'line-unreadable',
  /** The file of heads ends before the chain does. */
  'file-behind',
] as const

export type FindingKind = (typeof findingKinds)[number]
/** `number`: of a link, of a line, or how many; null where there is none. */
export type Finding = { what: FindingKind; number: number | null }

/** What left the database, and who says so. Null: there is none, or it cannot be asked. */
export type Outside = { now: Instant; file: KeptHeads | null; witness: KeptHeads | null }

export type Checked = {
  /** The first ones; `found` counts all. */
  findings: Finding[]
  found: number
  /** Backups that were brought back: a fact, and no fault. */
  restored: ToldHead[]
  links: number
  looks: number
  struck: number
  unlinked: number
  newest: { number: number; head: string }
}

const pageLinks = 1_000
const findingsMax = 100
/** Clocks of machines are put right now and then. */
const clockSlackMs = hourMs

type Finds = (what: FindingKind, number: number | null) => void

/**
 * Goes through the whole chain, link by link, in the transaction given: every digest from its look,
 * every head from the one before, and what left the database against what is there now.
 */
export async function checkChain(tx: Tx, outside: Outside): Promise<Checked> {
  const findings: Finding[] = []
  let found = 0
  const finds: Finds = (what, number) => {
    found += 1
    if (findings.length < findingsMax) findings.push({ what, number })
  }
  const { file, witness, now } = outside
  const told = [file, witness].flatMap((kept) => (kept ? stillHolding(kept.lines) : []))
  const walk = walkAlong(
    told.toSorted((a, b) => a.number - b.number),
    now,
    finds,
  )
  for (;;) {
    const page = await store.linksAfter(tx, walk.last.number, pageLinks)
    const erasures = page.flatMap(({ kind, number }) => (kind === 'erasure' ? [number] : []))
    const struck = await store.struckBy(tx, erasures)
    for (const link of page) walk.step(link, struck.get(link.number) ?? [])
    if (page.length < pageLinks) break
  }
  const { last } = walk
  const beside = await store.besideChain(tx)
  const { inserted, lost, strayStruck, looks, unlinked, struck } = beside
  if (inserted > 0) finds('inserted', inserted)
  if (lost > 0) finds('lost', lost)
  if (strayStruck > 0) finds('struck-wrongly', null)
  for (const kept of [file, witness])
    for (const at of kept?.faults ?? []) finds('line-unreadable', at)
  if (told.some(({ number }) => number > last.number)) finds('truncated', last.number + 1)
  const fileTo = Math.max(0, ...(file ? stillHolding(file.lines) : []).map(({ number }) => number))
  if (file && fileTo < last.number) finds('file-behind', fileTo)
  return {
    ...{ findings, found, links: walk.count(), looks, struck, unlinked },
    restored: (file ?? witness)?.lines.filter((line) => line.restored) ?? [],
    newest: { number: last.number, head: last.head.toString('hex') },
  }
}

/** Along the chain from its beginning; `told`: heads that left the database, by number. */
function walkAlong(told: readonly ToldHead[], now: Instant, finds: Finds) {
  const last = { number: 0, head: headZero }
  let links = 0
  let at = 0
  /** Everything said of this number, or of one that is not there. */
  const compare = (number: number, head: string) => {
    for (; at < told.length; at++) {
      const line = told[at]
      if (!line || line.number > number) return
      if (line.number === number && line.head !== head) finds('head-differs', number)
    }
  }
  compare(0, beginning)
  return {
    last,
    count: () => links,
    step(link: store.LinkRow, struck: readonly number[]) {
      const { number, head } = link
      links += 1
      if (number !== last.number + 1) finds('missing', last.number + 1)
      const isRight =
        link.kind === 'look' ? checkLook(link, now, finds) : checkErasure(link, struck)
      if (!isRight) finds('struck-wrongly', number)
      // When it was said to have been, it was known to a line written later.
      const next = told[at]
      if (link.kind === 'erasure' && next && instantOf(link.at) > later(next)) {
        finds('struck-early', number)
      }
      if (!headAfter(last.head, link).equals(head)) finds('broken', number)
      compare(number, head.toString('hex'))
      Object.assign(last, { number, head })
    },
  }
}

/** False: it is struck, and not as looks are. */
function checkLook(link: store.LinkRow, now: Instant, finds: Finds): boolean {
  const { number, salt, content, digest, erasure, erasureKind, at, erasureAt } = link
  if (salt !== null && !digestOfLook(salt, content).equals(digest)) finds('edited', number)
  if (salt === null && erasure === null) finds('deleted', number)
  if (erasure === null) return true
  const erasedAt = instantOf(erasureAt ?? '')
  const isEarly = erasedAt - instantOf(at) < keptMs || erasedAt > now + clockSlackMs
  if (isEarly) finds('struck-early', number)
  return salt === null && erasureKind === 'erasure' && erasure > number
}

function checkErasure({ digest }: store.LinkRow, struck: readonly number[]): boolean {
  return digestOfStruck(struck).equals(digest)
}

/** A day that is none, such as infinity, is never early enough. */
function instantOf(seconds: string): Instant {
  return Number(seconds) * 1_000
}

function later({ at }: ToldHead): Instant {
  return Date.parse(at) + clockSlackMs
}
