import type { ComponentChildren } from 'preact'
import { joined } from './icon.tsx'

export type TimelineStep = {
  state: 'done' | 'now' | 'next' | 'failed'
  title: ComponentChildren
  /** In ink under the title. */
  line?: ComponentChildren
  /** Muted: when, by whom. */
  note?: ComponentChildren
  /** Said before the title to those who do not see the mark: "done", "now", "next". */
  spoken: string
}

/** A thing's way, like a parcel's: what comes next above now, now above the past. */
export function Timeline(props: { label?: string | undefined; steps: readonly TimelineStep[] }) {
  return (
    <ol class="timeline" aria-label={props.label}>
      {props.steps.map((step, at) => (
        <li key={at} class={`timeline-step timeline-${step.state}`}>
          <p class="timeline-title">
            <span class="visually-hidden">{step.spoken} </span>
            {step.title}
          </p>
          {step.line ? <p class="small">{step.line}</p> : null}
          {step.note ? <p class="note">{step.note}</p> : null}
        </li>
      ))}
    </ol>
  )
}

export type Step = {
  state: 'done' | 'now' | 'next'
  title: ComponentChildren
  note?: ComponentChildren
}

/** Who was asked one after the other, side by side, and what came of it. */
export function Steps(props: { label?: string | undefined; steps: readonly Step[] }) {
  return (
    <ol class="steps" aria-label={props.label}>
      {props.steps.map((step, at) => (
        <li
          key={at}
          class={joined('steps-mark', `steps-${step.state}`)}
          aria-current={step.state === 'now' ? 'step' : undefined}
        >
          <p class="steps-title">{step.title}</p>
          {step.note ? <p class="note">{step.note}</p> : null}
        </li>
      ))}
    </ol>
  )
}

/** A number, what it counts, and with `href` the door to the list behind it. */
export function Stat(props: {
  number: string
  unit?: string | undefined
  label: ComponentChildren
  href?: string | undefined
}) {
  const inside = (
    <>
      <span class="stat-number">{props.number}</span>
      {props.unit ? <span class="stat-unit">{props.unit}</span> : null}
      <span class="stat-label">{props.label}</span>
    </>
  )
  if (props.href === undefined) return <p class="stat">{inside}</p>
  return (
    <a class="stat" href={props.href}>
      {inside}
    </a>
  )
}
