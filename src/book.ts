/** The book's chain in a running program: links every second, a witness, and a check a day. */
import { join } from 'node:path'
import { minuteMs, type Clock } from './kernel/clock.ts'
import type { Given } from './platform/given.ts'
import { soonMs, type Round } from './platform/rounds.ts'
import type { Trouble, Troubles } from './platform/trouble.ts'
import * as privacy from './ground/privacy/index.ts'

export type BookWish = {
  /** Heads of the book are kept here, outside the database; null or nothing: nowhere else. */
  headsFile?: string | null
  /** Who sees the heads elsewhere; null or nothing: nobody. */
  witness?: privacy.WitnessWish | null
}

export const headsFileIn = (dataDir: string): string => join(dataDir, 'heads.jsonl')

/** What is kept of a witness, and for it; null where none was named. */
export function witnessOf(config: {
  dataDir: string
  witnessUrl: string | null
}): privacy.WitnessWish | null {
  const { dataDir, witnessUrl } = config
  if (witnessUrl === null) return null
  return {
    url: witnessUrl,
    secretFile: secretFileIn(dataDir),
    pinFile: join(dataDir, 'witness.key'),
    headsFile: headsFileIn(dataDir),
  }
}

/** What this installation signs its heads with. */
export const secretFileIn = (dataDir: string): string => join(dataDir, 'book.secret')

export type OpenBook = AsyncDisposable & { rounds: Round[] }

/** Disposed of, it gives the last looks their links. */
export function openBook(
  { headsFile = null, witness = null, real }: BookWish & { real: Clock },
  given: Given,
  troubles: Troubles,
): OpenBook {
  const isNow = (trouble: Trouble, isSo: boolean) =>
    isSo ? troubles.begin(trouble) : troubles.end(trouble)
  const linker = privacy.openLinker(given, headsFile)
  const seen =
    witness &&
    privacy.openWitnessing(given, witness, real, (what, isSo) => isNow(`witness-${what}`, isSo))
  const outside = { headsFile, witness: async () => (seen ? seen.lines() : null) }
  const check = () =>
    privacy.checkDaily(given, outside, (isWhole) => isNow('book-broken', !isWhole))
  return {
    rounds: [
      { name: 'book', everyMs: soonMs, round: linker.link },
      { name: 'book-check', everyMs: minuteMs, round: check },
      ...(seen ? [{ name: 'witness', everyMs: soonMs, round: seen.tick }] : []),
    ],
    [Symbol.asyncDispose]: () => linker[Symbol.asyncDispose](),
  }
}
