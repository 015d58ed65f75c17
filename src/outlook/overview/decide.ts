import { minuteMs, type Instant } from '../../kernel/clock.ts'
import type { OpenMatter } from '../../desks/tasks/index.ts'
import type { Health, Minute, TileState, Usual } from './types.ts'

/** A clock with no more than this left is about to run out. */
export const soonMs = 60 * minuteMs

/** From a share of silent devices on a neighbourhood says "unknown" and not "calm". */
const unknownShare = { of: 20, silent: 1 } as const

/** What a tile says: its worst open matter; where none is open, whether its devices are heard. */
export function tileState(
  matters: readonly Pick<OpenMatter, 'urgency' | 'deadline'>[],
  health: Health,
  now: Instant,
): TileState {
  if (matters.some(({ urgency }) => urgency === 'emergency')) return 'emergency'
  if (matters.some(({ deadline }) => deadline <= now)) return 'overdue'
  if (matters.some(({ deadline }) => deadline - now <= soonMs)) return 'soon'
  if (matters.length > 0) return 'open'
  const { alive, quiet, unknown, neverReported } = health
  const all = alive + quiet + unknown + neverReported
  const silent = unknown + neverReported
  if (all === 0 || silent * unknownShare.of > all * unknownShare.silent) return 'unknown'
  return 'calm'
}

export function sumHealth(all: readonly Health[]): Health {
  const sum = { alive: 0, quiet: 0, unknown: 0, neverReported: 0 }
  for (const one of all) {
    sum.alive += one.alive
    sum.quiet += one.quiet
    sum.unknown += one.unknown
    sum.neverReported += one.neverReported
  }
  return sum
}

/** Weeks that must be known before a day is called usual. */
export const weeksMin = 3

/**
 * Between what the same minutes of earlier weeks lay, each smoothed over a quarter of an hour.
 * Undefined where fewer than `weeksMin` weeks are known: then nothing is called usual.
 */
export function usualBand(
  minutes: readonly Instant[],
  weeks: readonly (readonly Minute[])[],
): Usual[] | undefined {
  const known = weeks.filter((week) => week.length > 0)
  if (known.length < weeksMin) return undefined
  const smooth = known.map((week) => smoothed(minutes.length, week))
  return minutes.map((at, index) => {
    const values = smooth.map((week) => week[index] ?? 0)
    return { at, low: Math.min(...values), high: Math.max(...values) }
  })
}

const halfWindow = 7

/** Whole numbers: the mean of a quarter of an hour around each minute, rounded. */
function smoothed(length: number, week: readonly Minute[]): number[] {
  return Array.from({ length }, (_, index) => {
    const around = week.slice(Math.max(0, index - halfWindow), index + halfWindow + 1)
    const sum = around.reduce((total, { heard }) => total + heard, 0)
    return around.length === 0 ? 0 : Math.round(sum / around.length)
  })
}

/** The middle of some counts, the lower of two middles; null where too few days are known. */
export function usualCount(counts: readonly number[], daysMin: number): number | null {
  if (counts.length < daysMin) return null
  return counts.toSorted((a, b) => a - b)[Math.floor((counts.length - 1) / 2)] ?? null
}
