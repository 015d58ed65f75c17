import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { axisOf, shortNumber } from './axis.ts'
import { Hatch, percent } from './charts.tsx'

const plotHeight = 200
const topRoom = 8

/** One day: a bar, a step of the line, and whether some of it did not really happen. */
export type ChartDay = {
  key: string
  label: string
  bar: number
  line: number
  isSimulated: boolean
}

/**
 * How much a day: one thing as bars, darker above the limit, the other as a line of steps, the
 * limit dashed. Below, hatched, the days that were simulated. `label` says the whole in words.
 */
export function DaysChart(props: {
  days: readonly ChartDay[]
  limit: number
  label: string
  hasLine: boolean
}) {
  const { days, limit, label } = props
  const hatch = useId()
  const most = Math.max(limit, ...days.map((day) => Math.max(day.bar, day.line)))
  const { top, marks } = axisOf(most)
  const y = (value: number) => topRoom + plotHeight - (value / top) * plotHeight
  const wide = 1 / Math.max(1, days.length)
  return (
    <Plot label={label} marks={marks} y={y} ends={[days[0]?.label, days.at(-1)?.label]}>
      <defs>
        <Hatch id={hatch} />
      </defs>
      {days.map((day, at) =>
        day.isSimulated ? (
          <rect
            key={`${day.key} simulated`}
            fill={`url(#${hatch})`}
            x={percent(at * wide)}
            width={percent(wide)}
            y={y(0) + 3}
            height="6"
          />
        ) : null,
      )}
      {days.map((day, at) => (
        <rect
          key={day.key}
          class={day.bar > limit ? 'bar-over' : 'bar-draft'}
          x={percent(at * wide + wide * 0.12)}
          width={percent(wide * 0.76)}
          y={y(day.bar)}
          height={y(0) - y(day.bar)}
        />
      ))}
      {props.hasLine ? <StepLine days={days} wide={wide} y={y} /> : null}
      <line class="limit-line" x1="0" x2="100%" y1={y(limit)} y2={y(limit)} />
    </Plot>
  )
}

/** A line of steps cannot be one path where the width is a share: each step is drawn by itself. */
function StepLine(props: {
  days: readonly ChartDay[]
  wide: number
  y: (value: number) => number
}) {
  const { days, wide, y } = props
  return (
    <>
      {days.map((day, at) => {
        const before = days[at - 1]?.line ?? day.line
        const x = percent(at * wide)
        return (
          <g key={day.key} class="step-line">
            {before === day.line ? null : <line x1={x} x2={x} y1={y(before)} y2={y(day.line)} />}
            <line x1={x} x2={percent((at + 1) * wide)} y1={y(day.line)} y2={y(day.line)} />
          </g>
        )
      })}
    </>
  )
}

/** Two bars beside each other, again and again: `first` is left out where there is none. */
export function PairsChart(props: {
  pairs: readonly { label: string; first: number; second: number }[]
  label: string
  hasFirst: boolean
}) {
  const { pairs, hasFirst } = props
  const most = Math.max(1, ...pairs.map((pair) => Math.max(pair.first, pair.second)))
  const { top, marks } = axisOf(most)
  const y = (value: number) => topRoom + plotHeight - (value / top) * plotHeight
  const wide = 1 / Math.max(1, pairs.length)
  const ends = [pairs[0]?.label, pairs.at(-1)?.label]
  return (
    <Plot label={props.label} marks={marks} y={y} ends={ends}>
      {pairs.map((pair, at) => (
        <g key={pair.label}>
          {hasFirst ? (
            <rect
              class="paint-ink"
              x={percent(at * wide + wide * 0.1)}
              width={percent(wide * 0.38)}
              y={y(pair.first)}
              height={y(0) - y(pair.first)}
            />
          ) : null}
          <rect
            class="bar-week"
            x={percent(at * wide + wide * (hasFirst ? 0.52 : 0.3))}
            width={percent(wide * 0.38)}
            y={y(pair.second)}
            height={y(0) - y(pair.second)}
          />
        </g>
      ))}
    </Plot>
  )
}

/** A plot with its lines, their numbers, and what its two ends are. */
function Plot(props: {
  label: string
  marks: readonly number[]
  y: (value: number) => number
  ends: readonly (string | undefined)[]
  children: ComponentChildren
}) {
  const { marks, y } = props
  return (
    <figure class="days-plot">
      <svg class="chart" aria-hidden="true" focusable="false">
        {marks.map((mark) => (
          <text key={mark} x="100%" y={y(mark) + 5} text-anchor="end">
            {shortNumber(mark)}
          </text>
        ))}
      </svg>
      <svg class="chart" role="img" aria-label={props.label}>
        {marks.map((mark) => (
          <line
            key={mark}
            class={mark === 0 ? 'axis' : 'grid-line'}
            x1="0"
            x2="100%"
            y1={y(mark)}
            y2={y(mark)}
          />
        ))}
        {props.children}
      </svg>
      <p class="chart-labels days-ends" aria-hidden="true">
        {props.ends.map((end, at) => (
          <span key={at}>{end}</span>
        ))}
      </p>
    </figure>
  )
}
