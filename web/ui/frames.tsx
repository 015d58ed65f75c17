import { toChildArray, type ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { ChevronLeft } from 'lucide'
import { Icon, Lane, joined, type IconNode } from './icon.tsx'

/** A door of the navigation. `current` is the one we stand in. */
export type Door = {
  href: string
  words: string
  icon: IconNode
  current?: boolean | undefined
  /** The last one on the rail of a desk stands at its foot. */
  last?: boolean | undefined
  /** A wide screen's door: on a phone it would leave no room for the others. */
  wide?: boolean | undefined
}

type FrameWords = { skipWords: string; navigationWords: string }

/** A resident's page: head, middle, a foot that stays, doors at the bottom. */
export function PhoneFrame(
  props: FrameWords & {
    strip?: ComponentChildren
    head: ComponentChildren
    foot?: ComponentChildren
    doors?: readonly Door[] | undefined
    children: ComponentChildren
  },
) {
  return (
    <div class="phone">
      <SkipLink words={props.skipWords} />
      <header>
        {props.strip}
        <div class="phone-head">{props.head}</div>
      </header>
      <main class="phone-main" id="content" tabIndex={-1}>
        {props.children}
      </main>
      {props.foot ? <footer class="phone-foot">{props.foot}</footer> : null}
      {props.doors ? <Tabs label={props.navigationWords} doors={props.doors} /> : null}
    </div>
  )
}

/** Where we came from; stands in the head of a `PhoneFrame`. */
export function BackLink(props: { href: string; words: string }) {
  return (
    <a class="phone-back" href={props.href}>
      <Icon of={ChevronLeft} />
      {props.words}
    </a>
  )
}

/** The lane gate and where one is; stands in the head of a `PhoneFrame`. */
export function Brand(props: { words: ComponentChildren; line?: ComponentChildren }) {
  return (
    <span class="brand">
      <Icon of={Lane} />
      <span class="brand-words">
        <span>{props.words}</span>
        {props.line ? <span class="brand-line">{props.line}</span> : null}
      </span>
    </span>
  )
}

/** Doors at the foot of a phone. */
export function Tabs(props: { label: string; doors: readonly Door[] }) {
  return (
    <nav class="tabs" aria-label={props.label}>
      {props.doors.map((door) => (
        <a
          key={door.href}
          class="tab"
          href={door.href}
          aria-current={door.current ? 'page' : undefined}
        >
          <Icon of={door.icon} />
          {door.words}
        </a>
      ))}
    </nav>
  )
}

/** So much of the view before it is seen, too. */
const edgePx = 48

/** Which of several lists one looks at. */
export function Views(props: {
  label: string
  views: readonly { href: string; words: string; current?: boolean | undefined }[]
}) {
  const row = useRef<HTMLElement>(null)
  // On a phone the row is longer than the page: where one stands is in it.
  useEffect(() => {
    const at = row.current?.querySelector<HTMLElement>('[aria-current]')
    if (row.current && at) row.current.scrollLeft = at.offsetLeft - row.current.offsetLeft - edgePx
  }, [])
  return (
    <nav class="views" aria-label={props.label} ref={row}>
      {props.views.map((view) => (
        <a
          key={view.href}
          class="view"
          href={view.href}
          aria-current={view.current ? 'page' : undefined}
        >
          {view.words}
        </a>
      ))}
    </nav>
  )
}

/**
 * A worker's page: rail and up to three `Column`s. A phone shows one of them, `shows`, with the
 * rail at its foot; a middling screen the list and the one shown; a wide one all.
 */
export function DeskFrame(
  props: FrameWords & {
    /** The page's own heading, heard and not seen: what is seen are those of the columns. */
    title?: string | undefined
    brandWords: string
    doors: readonly Door[]
    shows: ColumnKind
    strip?: ComponentChildren
    /** What is printed goes from edge to edge: the strip is not above it, not even empty. */
    isSheet?: boolean | undefined
    children: ComponentChildren
  },
) {
  const count = toChildArray(props.children).length
  const { title } = props
  return (
    <div class="desk">
      <SkipLink words={props.skipWords} />
      {props.strip ? (
        <header class={joined('desk-strip', props.isSheet && 'no-print')}>{props.strip}</header>
      ) : null}
      <div class="desk-body">
        <nav class="rail" aria-label={props.navigationWords}>
          <span class="rail-brand">
            <Icon of={Lane} label={props.brandWords} />
          </span>
          {props.doors.map((door) => (
            <a
              key={door.href}
              class={joined('rail-item', door.last && 'rail-last', door.wide && 'rail-wide')}
              href={door.href}
              aria-current={door.current ? 'page' : undefined}
            >
              <Icon of={door.icon} />
              {door.words}
            </a>
          ))}
        </nav>
        <main class="desk-main" id="content" tabIndex={-1}>
          {title === undefined ? null : <h1 class="visually-hidden">{title}</h1>}
          <div class={`columns columns-${count}`} data-shows={props.shows}>
            {props.children}
          </div>
        </main>
      </div>
    </div>
  )
}

export type ColumnKind = 'list' | 'main' | 'aside'

export function Column(props: { kind: ColumnKind; label: string; children: ComponentChildren }) {
  return (
    <section class={`column column-${props.kind}`} aria-label={props.label}>
      {props.children}
    </section>
  )
}

function SkipLink(props: { words: string }) {
  return (
    <a class="button skip" href="#content">
      {props.words}
    </a>
  )
}
