import type { ComponentChildren } from 'preact'
import { ChevronRight } from 'lucide'
import { Icon, joined, type IconNode } from './icon.tsx'

/** Rows under each other in one frame. Children are `Row`, `Entry` and `ListHead`. */
export function List(props: { label?: string | undefined; children: ComponentChildren }) {
  return (
    <ul class="list" aria-label={props.label}>
      {props.children}
    </ul>
  )
}

/** What the rows below have in common: a day, a kind. */
export function ListHead(props: { children: ComponentChildren }) {
  return (
    <li class="list-head">
      <h3>{props.children}</h3>
    </li>
  )
}

export type RowProps = {
  title: ComponentChildren
  /** A line in ink under the title. */
  detail?: ComponentChildren
  /** A muted line below. */
  line?: ComponentChildren
  icon?: IconNode | undefined
  /** With it the whole row is one link: then nothing in it may be pressed by itself. */
  href?: string | undefined
  current?: boolean | undefined
  onOpen?: ((event: MouseEvent) => void) | undefined
  /** What stands at the end: a time, a badge, a button. */
  side?: ComponentChildren
}

/** `more` stands under the row, to be opened where it stands. */
export function Row(props: RowProps & { more?: ComponentChildren }) {
  const { more, ...face } = props
  return (
    <li>
      <RowFace {...face} />
      {more ? <div class="row-more">{more}</div> : null}
    </li>
  )
}

/** A row that stands alone, as a card. */
export function CardRow(props: RowProps) {
  return <RowFace {...props} card />
}

function RowFace(props: RowProps & { card?: boolean }) {
  const face = joined('row', props.card && 'card')
  const inside = (
    <>
      {props.icon ? <Icon of={props.icon} /> : null}
      <span class="row-words">
        <b class="row-title">{props.title}</b>
        {props.detail ? <span class="row-line-ink">{props.detail}</span> : null}
        {props.line ? <span class="row-line">{props.line}</span> : null}
      </span>
      {props.side ? <span class="row-side">{props.side}</span> : null}
      {props.href ? <Icon of={ChevronRight} small /> : null}
    </>
  )
  if (props.href === undefined) return <div class={face}>{inside}</div>
  return (
    <a
      class={face}
      href={props.href}
      aria-current={props.current || undefined}
      onClick={props.onOpen}
    >
      {inside}
    </a>
  )
}

/**
 * An entry of a list of work: kind and clock on top, then where, who asks, and the next act as one
 * button. With `href` it is one link and has no act.
 */
export function Entry(props: {
  badge: ComponentChildren
  clock?: ComponentChildren
  title: ComponentChildren
  line?: ComponentChildren
  act?: ComponentChildren
  href?: string | undefined
  edge?: 'signal' | 'amber' | undefined
  current?: boolean | undefined
  onOpen?: ((event: MouseEvent) => void) | undefined
}) {
  const face = joined('entry', props.edge && `entry-${props.edge}`)
  const inside = (
    <>
      <span class="entry-top">
        {props.badge}
        {props.clock ? <span class="push">{props.clock}</span> : null}
      </span>
      <span class="entry-words">
        <b class="row-title">{props.title}</b>
        {props.line ? <span class="row-line">{props.line}</span> : null}
      </span>
      {props.act}
    </>
  )
  return (
    <li>
      {props.href === undefined ? (
        <div class={face}>{inside}</div>
      ) : (
        <a
          class={face}
          href={props.href}
          aria-current={props.current || undefined}
          onClick={props.onOpen}
        >
          {inside}
        </a>
      )}
    </li>
  )
}
