import { useId } from 'preact/hooks'
import type { Instant } from '../../src/kernel/clock.ts'
import { Hatch, Legend, percent } from './charts.tsx'
import { joined } from './icon.tsx'
import { longestCounting, segmentsOf, type Gap, type Segment } from './silence.ts'

export type SilenceWords = {
  /** The whole picture in one sentence; heads the table for those who hear it. */
  sentence: string
  /** "最后一次动静" */
  lastSign: string
  /** "49 小时没有动静" */
  silent: string
  /** "断网 2 时 40 分，不算在内"; only where there are gaps */
  gap?: string | undefined
  now: string
  from: string
  to: string
  counts: string
  countsNot: string
  /** An instant in words. */
  at: (at: Instant) => string
}

/** What is left for the picture on a phone of 360 px, in any language of ours. */
const narrowestPlotPx = 250

const dayMs = 24 * 60 * 60 * 1000

/**
 * Silence: one last sign of life, the hours since that count, and hatched the gaps that do not.
 * It begins at that last sign, so there is nothing earlier to show. Never seen: `lastSeenAt` is the
 * moment the watching began, and `words.lastSign` says so.
 */
export function SilenceChart(props: {
  lastSeenAt: Instant
  now: Instant
  gaps: readonly Gap[]
  tone: 'jade' | 'amber' | 'signal' | 'unknown'
  words: SilenceWords
}) {
  const { lastSeenAt, now, tone, words } = props
  const hatch = useId()
  const segments = segmentsOf(lastSeenAt, now, props.gaps)
  const share = (at: Instant) => (now > lastSeenAt ? (at - lastSeenAt) / (now - lastSeenAt) : 1)
  const room = longestCounting(segments)
  const roomy =
    room !== undefined &&
    (share(room.to) - share(room.from)) * narrowestPlotPx > widthPx(words.silent)
  return (
    <figure class="silence">
      <p class="silence-last" aria-hidden="true">
        {words.lastSign}
      </p>
      <svg class="chart silence-plot" aria-hidden="true" focusable="false">
        <defs>
          <Hatch id={hatch} />
        </defs>
        {segments.map((segment) => (
          <rect
            key={segment.from}
            {...(segment.counts ? { class: `silence-${tone}` } : { fill: `url(#${hatch})` })}
            x={percent(share(segment.from))}
            y="0"
            width={percent(share(segment.to) - share(segment.from))}
            height="64"
          />
        ))}
        {room && roomy ? (
          <text
            class={`silence-words silence-words-${tone}`}
            x={percent((share(room.from) + share(room.to)) / 2)}
            y="38"
            text-anchor="middle"
          >
            {words.silent}
          </text>
        ) : null}
        <line class="silence-mark" x1="1.5" x2="1.5" y1="2" y2="64" />
        <Axis {...props} share={share} />
      </svg>
      <div class="silence-foot">
        <p class="chart-labels silence-ends" aria-hidden="true">
          <span>{words.at(lastSeenAt)}</span>
          <span>{words.now}</span>
        </p>
        <p class={joined('silence-said', roomy && 'silence-said-large')}>{words.silent}</p>
        {words.gap === undefined ? null : (
          <Legend items={[{ paint: 'unknown', words: words.gap }]} />
        )}
      </div>
      <SegmentTable segments={segments} words={words} />
    </figure>
  )
}

/** How wide the words stand in the picture, roughly: 14 px bold, Chinese square, Latin half. */
function widthPx(words: string): number {
  return [...words].reduce((sum, letter) => sum + (letter > '\u2e80' ? 14 : 8), 0)
}

/** The day mark in between is left out where it would run into its neighbours. */
function Axis(props: {
  lastSeenAt: Instant
  now: Instant
  words: SilenceWords
  share: (at: Instant) => number
}) {
  const dayAgo = props.now - dayMs
  const between = props.share(dayAgo)
  return (
    <>
      <line class="axis" x1="0" x2="100%" y1="64.5" y2="64.5" />
      <line class="axis" x1="0.5" x2="0.5" y1="64" y2="69" />
      <text class="silence-label" x="0" y="86">
        {props.words.at(props.lastSeenAt)}
      </text>
      {between > 0.45 && between < 0.7 ? (
        <>
          <line class="axis" x1={percent(between)} x2={percent(between)} y1="64" y2="69" />
          <text class="silence-between" x={percent(between)} y="86" text-anchor="middle">
            {props.words.at(dayAgo)}
          </text>
        </>
      ) : null}
      <text class="silence-label" x="100%" y="86" text-anchor="end">
        {props.words.now}
      </text>
    </>
  )
}

function SegmentTable(props: { segments: readonly Segment[]; words: SilenceWords }) {
  const { words } = props
  return (
    <div class="visually-hidden">
      <table>
        <caption>{words.sentence}</caption>
        <thead>
          <tr>
            <th scope="col">{words.from}</th>
            <th scope="col">{words.to}</th>
            <th scope="col">{words.silent}</th>
          </tr>
        </thead>
        <tbody>
          {props.segments.map((segment) => (
            <tr key={segment.from}>
              <td>{words.at(segment.from)}</td>
              <td>{words.at(segment.to)}</td>
              <td>{segment.counts ? words.counts : words.countsNot}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
