import { Icon, joined } from './icon.tsx'
import { TriangleAlert } from 'lucide'
import type { Instant } from '../../src/kernel/clock.ts'

export type ClockTone = 'muted' | 'amber' | 'signal' | 'jade'

/**
 * How long is left, in words and as a disc that fills. `spent` is the share used up, 0 to 1. When
 * over (`signal`, and 1 or no share) a mark stands in the disc's place.
 */
export function Clock(props: {
  words: string
  spent?: number | undefined
  tone?: ClockTone | undefined
  className?: string | undefined
}) {
  const tone = props.tone ?? 'muted'
  const over = tone === 'signal' && (props.spent ?? 1) >= 1
  return (
    <span class={joined('clock', `is-${tone}`, props.className)}>
      {over ? <Icon of={TriangleAlert} small /> : null}
      {!over && props.spent !== undefined ? <ClockRing spent={props.spent} /> : null}
      {props.words}
    </span>
  )
}

function ClockRing(props: { spent: number }) {
  const percent = Math.round(Math.min(1, Math.max(0, props.spent)) * 100)
  return (
    <svg class="clock-ring" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <circle class="clock-edge" cx="8" cy="8" r="7.25" />
      {percent === 0 ? null : (
        <circle
          class="clock-spent"
          cx="8"
          cy="8"
          r="4"
          pathLength="100"
          stroke-dasharray={`${percent} 100`}
          transform="rotate(-90 8 8)"
        />
      )}
    </svg>
  )
}

/** The share of the way from `start` to `due` that has passed, 0 to 1. */
export function shareSpent(start: Instant, due: Instant, now: Instant): number {
  if (due <= start) return 1
  return Math.min(1, Math.max(0, (now - start) / (due - start)))
}

/** Over: signal. Within `soonMs` (twelve hours unless told): amber. Else muted. */
export function dueTone(due: Instant, now: Instant, soonMs = 12 * 60 * 60 * 1000): ClockTone {
  if (due <= now) return 'signal'
  return due - now <= soonMs ? 'amber' : 'muted'
}
