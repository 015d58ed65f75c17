import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

/** `unknown` is hatched, `none` is only an outline. */
export type Paint = 'jade' | 'amber' | 'brick' | 'ink' | 'sand' | 'signal' | 'unknown' | 'none'

/** The pattern that says "nobody knows"; its id is per picture, since ids belong to the page. */
export function Hatch(props: { id: string }) {
  return (
    <pattern
      id={props.id}
      width="6"
      height="6"
      patternUnits="userSpaceOnUse"
      patternTransform="rotate(45)"
    >
      <rect class="hatch-ground" width="6" height="6" />
      <rect class="hatch-line" width="2" height="6" />
    </pattern>
  )
}

/**
 * Shares of a whole, 0 to 1 each, with an optional mark that must be reached. The picture is one
 * sentence to those who hear it: `label`.
 */
export function Bar(props: {
  label: string
  parts: readonly { share: number; paint: Paint }[]
  mark?: number | undefined
}) {
  const hatch = useId()
  let from = 0
  return (
    <svg class="bar" role="img" aria-label={props.label}>
      <defs>
        <Hatch id={hatch} />
      </defs>
      <rect class="bar-ground" width="100%" height="12" y="1" rx="2" />
      {props.parts.map((part, at) => {
        const x = from
        from += part.share
        return (
          <rect
            key={at}
            class={`paint-${part.paint}`}
            {...(part.paint === 'unknown' ? { fill: `url(#${hatch})` } : {})}
            x={percent(x)}
            y="1"
            width={percent(part.share)}
            height="12"
          />
        )
      })}
      {props.mark === undefined ? null : (
        <line class="bar-mark" x1={percent(props.mark)} x2={percent(props.mark)} y1="-3" y2="17" />
      )}
    </svg>
  )
}

export function Legend(props: { items: readonly { paint: Paint; words: ComponentChildren }[] }) {
  return (
    <ul class="legend">
      {props.items.map((item, at) => (
        <li key={at} class="legend-item">
          <span class={`swatch swatch-${item.paint}`} />
          {item.words}
        </li>
      ))}
    </ul>
  )
}

/** How often, day by day, oldest first; the last day is today. */
export function LooksChart(props: {
  days: readonly { label: string; count: number }[]
  /** The whole in one sentence: "最近 30 天被看 7 次，最多一天两次". */
  label: string
  dayWord: string
  countWord: string
}) {
  const most = Math.max(2, ...props.days.map((day) => day.count))
  const wide = 100 / Math.max(1, props.days.length)
  const last = props.days.length - 1
  return (
    <figure>
      <svg class="chart looks-plot" aria-hidden="true" focusable="false">
        {props.days.map((day, at) => {
          const height = day.count === 0 ? 3 : Math.round((day.count / most) * 40)
          return (
            <rect
              key={day.label}
              class={day.count === 0 ? 'looks-none' : at === last ? 'looks-today' : 'looks-some'}
              x={`${at * wide + wide * 0.15}%`}
              y={43 - height}
              width={`${wide * 0.7}%`}
              height={height}
              rx="1"
            />
          )
        })}
        <line class="axis" x1="0" x2="100%" y1="43.5" y2="43.5" />
      </svg>
      <div class="chart-labels" aria-hidden="true">
        <span>{props.days[0]?.label}</span>
        <span>{props.days[last]?.label}</span>
      </div>
      <div class="visually-hidden">
        <table>
          <caption>{props.label}</caption>
          <thead>
            <tr>
              <th scope="col">{props.dayWord}</th>
              <th scope="col">{props.countWord}</th>
            </tr>
          </thead>
          <tbody>
            {props.days
              .filter((day) => day.count > 0)
              .map((day) => (
                <tr key={day.label}>
                  <th scope="row">{day.label}</th>
                  <td>{day.count}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </figure>
  )
}

/** A share of the width as SVG takes it, so that pictures stretch and words in them do not. */
export function percent(share: number): string {
  return `${Math.round(share * 10_000) / 100}%`
}
