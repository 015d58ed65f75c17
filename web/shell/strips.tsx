import { useEffect, useRef } from 'preact/hooks'
import { FlaskConical, WifiOff } from 'lucide'
import { Strip } from '../ui/state.tsx'
import type { Refusal } from './call.ts'
import { useShell } from './shell.tsx'
import { subscriptionNow } from './sleep.ts'
import { holdClock, holdWire } from './wire.ts'
import { useLanguage, useWords } from './words.tsx'
import { formatTime } from '../words/format.ts'
import type { Language } from '../words/index.ts'

/** Once the page lives it holds the stream, and the clock, which ticks so often. */
export function useStream(everyMs?: number): void {
  const { now, wire, signIn, heardTo } = useShell()
  const language = useLanguage()
  useEffect(() => {
    const ends = [holdWire(wire, { signIn, heardTo }), holdClock(now, everyMs)]
    if (signIn !== undefined) void wakeAgain(language)
    return () => ends.forEach((end) => end())
  }, [])
}

/** Whoever is woken, once the page lives: the others need none of it. */
async function wakeAgain(language: Language): Promise<void> {
  if (await subscriptionNow()) await (await import('./wake.ts')).wakeAgain(language)
}

/**
 * The strips over every page: the example town says that it is one, and a page that has lost its
 * stream says that it may be out of date.
 */
export function Strips() {
  const { isDemo, wire, asOf } = useShell()
  const words = useWords()
  useStream()
  return (
    <>
      {isDemo ? <ExampleTown /> : null}
      <div role="status">
        {wire.isDown.value ? (
          <Strip tone="amber" icon={WifiOff} flat>
            {words.ui.offlineSince(formatTime(asOf.value))} · {words.delivery.outOfDate}
          </Strip>
        ) : null}
      </div>
    </>
  )
}

export function ExampleTown() {
  return (
    <Strip icon={FlaskConical} flat>
      {useWords().ui.exampleTown}
    </Strip>
  )
}

/** Why something was not done, in the reader's language. */
export function RefusalStrip(props: { refusal: Refusal | null }) {
  const language = useLanguage()
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (props.refusal) place.current?.scrollIntoView({ block: 'nearest' })
  }, [props.refusal])
  return (
    <div class="refusal-place" role="alert" ref={place}>
      {props.refusal ? <Strip tone="signal">{props.refusal.sentence[language]}</Strip> : null}
    </div>
  )
}
