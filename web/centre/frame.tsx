import type { ComponentChildren } from 'preact'
import { CalendarDays, Keyboard, LayoutGrid, ListTodo, Monitor, WifiOff } from 'lucide'
import { Icon, Lane, joined, type IconNode } from '../ui/icon.tsx'
import { Strip } from '../ui/state.tsx'
import { ExampleTown, useStream } from '../shell/strips.tsx'
import { useNow, useShell } from '../shell/shell.tsx'
import { LanguageLink } from '../shell/language-link.tsx'
import { useCentreWords, useLanguage, useWorkWords } from '../shell/words.tsx'
import { formatDate, formatTime } from '../words/format.ts'

export type Door = '/centre' | '/centre/month' | '/centre/list' | '/centre/wall'

/** A second hand is wanted where seconds are counted. */
const tickMs = 1_000

/**
 * The dark room: head, then the page's own zones. `isQuiet`: a lost connection is the page's own to
 * say.
 */
export function Centre(props: {
  at: Door
  className: string
  title: ComponentChildren
  /** Below the title, and beside it. */
  under?: ComponentChildren
  beside?: ComponentChildren
  isQuiet?: boolean | undefined
  openKeys?: (() => void) | undefined
  children: ComponentChildren
}) {
  const { ui, delivery } = useWorkWords()
  const { isDemo, wire } = useShell()
  useStream(tickMs)
  return (
    <div class={joined('room', props.className)}>
      <a class="button skip" href="#content">
        {ui.skipToContent}
      </a>
      <header class="room-top">
        <div class="no-print">
          {isDemo ? <ExampleTown /> : null}
          <div role="status">
            {wire.isDown.value && !props.isQuiet ? (
              <Strip tone="amber" icon={WifiOff} flat>
                {ui.offline} · {delivery.outOfDate}
              </Strip>
            ) : null}
          </div>
        </div>
        <div class="room-head">
          <h1 class="brand room-brand">
            <Icon of={Lane} />
            <span class="brand-words">
              <span>{props.title}</span>
              {props.under}
            </span>
          </h1>
          {props.beside}
          <span class="push room-side">
            <RoomDoors at={props.at} openKeys={props.openKeys} />
            <Today />
          </span>
        </div>
      </header>
      <main class="room-main" id="content" tabIndex={-1}>
        {props.children}
      </main>
    </div>
  )
}

function RoomDoors(props: { at: Door; openKeys: (() => void) | undefined }) {
  const words = useCentreWords()
  const doors: readonly { href: string; says: string; icon: IconNode }[] = [
    { href: '/centre', says: words.title, icon: LayoutGrid },
    { href: '/centre/wall', says: words.wallTitle, icon: Monitor },
    { href: '/centre/month', says: words.monthTitle, icon: CalendarDays },
    { href: '/desk', says: words.desk, icon: ListTodo },
  ]
  return (
    <nav class="room-doors no-print" aria-label={words.pages}>
      {doors.map(({ href, says, icon }) => (
        <a
          key={href}
          class="room-door"
          href={href}
          aria-current={href === props.at ? 'page' : undefined}
        >
          <Icon of={icon} />
          <span class="room-door-says">{says}</span>
        </a>
      ))}
      {props.openKeys ? (
        <button class="room-door" type="button" onClick={props.openKeys}>
          <Icon of={Keyboard} />
          <span class="room-door-says">{words.keys}</span>
        </button>
      ) : null}
      <LanguageLink />
    </nav>
  )
}

function Today() {
  const now = useNow()
  const language = useLanguage()
  return (
    <>
      <span class="muted room-day">{formatDate(now, now, language)}</span>
      <time class="room-time">{formatTime(now)}</time>
    </>
  )
}

/** One zone of the room. */
export function Zone(props: {
  label: string
  className?: string | undefined
  children: ComponentChildren
}) {
  return (
    <section class={joined('zone', props.className)} aria-label={props.label}>
      {props.children}
    </section>
  )
}

export function ZoneHead(props: {
  children: ComponentChildren
  note?: ComponentChildren
  aside?: ComponentChildren
  small?: boolean | undefined
}) {
  return (
    <div class="zone-head">
      <h2 class={props.small ? 'strong' : 'title'}>{props.children}</h2>
      {props.note ? <span class="note">{props.note}</span> : null}
      {props.aside ? <span class="push">{props.aside}</span> : null}
    </div>
  )
}

/** What may be wider than its place scrolls by itself; by the keyboard too. */
export function Scroll(props: { label: string; children: ComponentChildren }) {
  return (
    <div class="scroll" role="group" aria-label={props.label} tabIndex={0}>
      {props.children}
    </div>
  )
}
