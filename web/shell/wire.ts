import { signal, type Signal } from '@preact/signals'
import type { Instant } from '../../src/kernel/clock.ts'
import { shareStream } from './shared-stream.ts'

/** `street`: something anywhere in it, told to its officers. */
export type Topic = 'tasks' | 'care' | 'looks' | 'street'
type Listener = (topic: Topic | 'all') => void

/** The one stream of a page that says "ask again". `isDown`: what is shown may be out of date. */
export type Wire = { isDown: Signal<boolean>; listeners: Set<Listener> }

export function openWire(isDown = false): Wire {
  return { isDown: signal(isDown), listeners: new Set() }
}

/** A short break is no news; the strip would only flicker. */
const patienceMs = 2_000
const tickMs = 15_000

/**
 * Hears the stream for as long as the page lives. After a break everything is asked again. `signIn`
 * is the same on all pages of one sign-in; `heardTo`: the moment at which the page was drawn.
 */
export function holdWire(
  wire: Wire,
  { signIn, heardTo }: { signIn: string | undefined; heardTo: string | undefined },
): () => void {
  let down: ReturnType<typeof setTimeout> | undefined
  let wasBroken = false
  /** From then on another page's stream may have missed something between two of them. */
  let wasWhole = false
  const tell = (topic: Topic | 'all') => {
    for (const listener of wire.listeners) listener(topic)
  }
  const end = shareStream(
    { key: signIn, heardTo },
    {
      topic: (topic) => tell(isTopic(topic) ? topic : 'all'),
      broken() {
        wasBroken = true
        down ??= setTimeout(() => (wire.isDown.value = true), patienceMs)
      },
      whole(how) {
        clearTimeout(down)
        down = undefined
        wire.isDown.value = false
        if (wasBroken || how === 'missed' || (wasWhole && how === 'anew')) tell('all')
        wasBroken = false
        wasWhole = true
      },
    },
  )
  return () => {
    end()
    clearTimeout(down)
  }
}

function isTopic(topic: string): topic is Topic {
  return ['tasks', 'care', 'looks', 'street'].includes(topic)
}

/** Lets the page's moment tick on from the server's, however wrong the device's own clock is. */
export function holdClock(now: Signal<Instant>, everyMs = tickMs): () => void {
  let last = performance.now()
  const timer = setInterval(() => {
    const passed = performance.now() - last
    last += passed
    now.value += Math.round(passed)
  }, everyMs)
  return () => clearInterval(timer)
}
