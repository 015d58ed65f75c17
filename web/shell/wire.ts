import { signal, type Signal } from '@preact/signals'
import type { Instant } from '../../src/kernel/clock.ts'

export type Topic = 'tasks' | 'care'
type Listener = (topic: Topic | 'all') => void

/** The one stream of a page that says "ask again". `isDown`: what is shown may be out of date. */
export type Wire = { isDown: Signal<boolean>; listeners: Set<Listener> }

export function openWire(): Wire {
  return { isDown: signal(false), listeners: new Set() }
}

/** A short break is no news; the strip would only flicker. */
const patienceMs = 2_000
/** After a refused stream the browser gives up, so we ask again ourselves. */
const retryMs = 5_000
const tickMs = 15_000

/** Holds the stream open for as long as the page lives. After a break everything is asked again. */
export function holdWire(wire: Wire): () => void {
  let source: EventSource | undefined
  let down: ReturnType<typeof setTimeout> | undefined
  let retry: ReturnType<typeof setTimeout> | undefined
  let wasBroken = false
  const tell = (topic: Topic | 'all') => {
    for (const listener of wire.listeners) listener(topic)
  }
  const broken = () => {
    wasBroken = true
    down ??= setTimeout(() => (wire.isDown.value = true), patienceMs)
    if (source?.readyState !== EventSource.CLOSED) return
    clearTimeout(retry)
    retry = setTimeout(open, retryMs)
  }
  const whole = () => {
    clearTimeout(down)
    down = undefined
    wire.isDown.value = false
    if (wasBroken) tell('all')
    wasBroken = false
  }
  function open() {
    source?.close()
    source = new EventSource('/live')
    source.onopen = whole
    source.onerror = broken
    source.onmessage = (message) => tell(topicOf(message.data))
  }
  open()
  addEventListener('offline', broken)
  // a stream that outlived the break would never say that it is whole again: a fresh one does
  addEventListener('online', open)
  return () => {
    source?.close()
    clearTimeout(down)
    clearTimeout(retry)
    removeEventListener('offline', broken)
    removeEventListener('online', open)
  }
}

/** Lets the page's moment tick on from the server's, however wrong the device's own clock is. */
export function holdClock(now: Signal<Instant>): () => void {
  let last = performance.now()
  const timer = setInterval(() => {
    const passed = performance.now() - last
    last += passed
    now.value += Math.round(passed)
  }, tickMs)
  return () => clearInterval(timer)
}

function topicOf(data: unknown): Topic | 'all' {
  try {
    const { topic } = JSON.parse(String(data)) as { topic?: unknown }
    return topic === 'tasks' || topic === 'care' ? topic : 'all'
  } catch {
    return 'all'
  }
}
