/** One file an installation, which only grows: what it said of its book, and what was refused. */
import { join } from 'node:path'
import {
  receiptText,
  toldHeadFrom,
  type HeadNotice,
  type Receipt,
  type ToldHead,
} from '../src/kernel/head.ts'
import { appendLines, readLines } from '../src/platform/lines.ts'
import { nameOfKey, type Signer } from '../src/platform/signing.ts'
import { readJson } from '../src/platform/json.ts'
import { SettingsError } from './settings.ts'

/** Seen: signed by the witness. Otherwise what it knows instead. */
export type Verdict =
  | { is: 'seen'; receipt: Receipt }
  | { is: 'conflict'; known: ToldHead; restoredAt: string | null }
  | { is: 'full' }

export type Keeping = {
  tell(notice: HeadNotice): Promise<Verdict>
  /** What was seen, in order; conflicts apart. */
  lines(from: number, count: number): Receipt[]
  counts(): { seen: number; conflicts: number }
}

/** Ten minutes apart for some forty years. */
const linesMax = 2_000_000
/** More of them tell nothing new, and anybody with the key could fill the disk. */
const conflictsMax = 1_000

/** @throws SettingsError where its file holds what this program did not write. */
export async function openKeeping(
  dir: string,
  installation: string,
  signer: Signer,
  now: () => number,
): Promise<Keeping> {
  const path = join(dir, `${installation}.jsonl`)
  const seen: Receipt[] = []
  let conflicts = 0
  for (const [at, text] of (await readLines(path)).lines.entries()) {
    const kept = keptFrom(text)
    if (kept === 'conflict') conflicts += 1
    else if (kept) seen.push(kept)
    else throw damaged(`${path}:${at + 1}`)
  }
  // One after the other: what is compared must not change while a line is written.
  let turn: Promise<unknown> = Promise.resolve()
  const decide = async (notice: HeadNotice): Promise<Verdict> => {
    const restoredAt = lastRestore(seen)
    const known = holding(seen)
    const same = known.byNumber.get(notice.number)
    const again = seen.findLast((line) => isSame(line, notice))
    if (again && (notice.restored || same === again)) {
      return { is: 'seen', receipt: { ...again, restoredAt } }
    }
    const newest = known.newest
    const isHead = same?.head === notice.head
    const isBack = newest !== undefined && notice.number < newest.number
    const isRight = notice.restored
      ? isRestore(notice, same, newest, restoredAt)
      : !isBack || isHead
    if (!isRight || (same !== undefined && !isHead)) {
      const { number, head, at, restored } = same ?? newest ?? notice
      conflicts += 1
      if (conflicts <= conflictsMax) await appendLines(path, [conflictLine(notice, now())])
      return { is: 'conflict', known: { number, head, at, restored }, restoredAt }
    }
    if (seen.length >= linesMax) return { is: 'full' }
    const receipt = receiptFor(notice, installation, signer, now(), restoredAt)
    await appendLines(path, [JSON.stringify({ ...receipt, notice: notice.signature })])
    seen.push(receipt)
    return { is: 'seen', receipt: { ...receipt, restoredAt: lastRestore(seen) } }
  }
  return {
    tell(notice) {
      const verdict = turn.then(() => decide(notice))
      turn = verdict.catch(() => undefined)
      return verdict
    },
    lines: (from, count) => seen.slice(from, from + count),
    counts: () => ({ seen: seen.length, conflicts }),
  }
}

/** A line of the file: what was seen, that something was refused, or nothing of ours. */
function keptFrom(text: string): Receipt | 'conflict' | undefined {
  const read = readJson(text, 2)
  const value = 'value' in read ? read.value : null
  if (!toldHeadFrom(value)) return undefined
  if ((value as { conflict?: unknown }).conflict === true) return 'conflict'
  const { notice: _signed, ...kept } = value as Receipt & { notice: string }
  const texts = [kept.installation, kept.seenAt, kept.witness, kept.signature]
  return texts.every((one) => typeof one === 'string') ? kept : undefined
}

function damaged(place: string): SettingsError {
  return new SettingsError(
    `${place} 不是见证写的一行：文件损坏或被改过。请把它移到一边留作证据，再启动。`,
    `${place} is no line of a witness: the file is damaged, or somebody edited it. Put it aside as evidence, and start again.`,
  )
}

/** Back to what was there, told of later than any other: a restore may repeat, never be undone. */
function isRestore(
  notice: ToldHead,
  same: ToldHead | undefined,
  newest: ToldHead | undefined,
  restoredAt: string | null,
): boolean {
  const isKnown = same === undefined || same.head === notice.head
  const isLater = restoredAt === null || notice.at > restoredAt
  return isKnown && isLater && notice.number <= (newest?.number ?? Infinity)
}

function holding(seen: readonly Receipt[]) {
  const byNumber = new Map<number, Receipt>()
  let newest: Receipt | undefined
  let max = Infinity
  for (const line of seen.toReversed()) {
    if (line.number <= max) {
      newest ??= line
      if (line.number > newest.number) newest = line
      if (!byNumber.has(line.number)) byNumber.set(line.number, line)
    }
    if (line.restored) max = Math.min(max, line.number)
  }
  return { byNumber, newest }
}

function lastRestore(seen: readonly Receipt[]): string | null {
  return seen.findLast((line) => line.restored)?.at ?? null
}

function isSame(line: ToldHead, notice: ToldHead): boolean {
  const { number, head, at, restored } = notice
  const isHead = line.number === number && line.head === head && line.restored === restored
  return isHead && (!restored || line.at === at)
}

function receiptFor(
  { number, head, at, restored }: ToldHead,
  installation: string,
  signer: Signer,
  now: number,
  restoredAt: string | null,
): Receipt {
  const seenAt = new Date(now).toISOString()
  const words = { number, head, at, restored, installation, seenAt, witness: signer.key }
  return { ...words, restoredAt, signature: signer.sign(receiptText(words)) }
}

/** With the installation's own signature: it cannot say that it never said so. */
function conflictLine({ number, head, at, restored, key, signature }: HeadNotice, now: number) {
  const told = { number, head, at, restored, installation: nameOfKey(key), signature }
  return JSON.stringify({ conflict: true, ...told, seenAt: new Date(now).toISOString() })
}
