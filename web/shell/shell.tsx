import { signal, type ReadonlySignal, type Signal } from '@preact/signals'
import { createContext, type ComponentChildren } from 'preact'
import { useContext, useEffect, useState } from 'preact/hooks'
import type { Endpoint, Input, Output } from '../../src/kernel/endpoint.ts'
import type { Instant } from '../../src/kernel/clock.ts'
import { answered, ask, urlOf, type Answered, type PathOf, type Refusal } from './call.ts'
import type { PageRequest } from './pages.ts'
import type { View } from './page.ts'
import { openWire, type Wire } from './wire.ts'
import { WordsContext, type Spoken } from './words.tsx'

/** What all parts of one page share: made for each request, so that no two people's pages meet. */
export type Shell = {
  view: View
  isDemo: boolean
  /** Before what a plain link says: empty where that is the address that is open. */
  at: string
  now: Signal<Instant>
  /** The newest that the page has from the server. */
  asOf: Signal<Instant>
  /** Drawn from what the device has kept. */
  isKept: boolean
  wire: Wire
  /** The same on all pages of one sign-in in one browser, and no secret. */
  signIn: string | undefined
  heardTo: string | undefined
  answers: Map<string, Signal<Answered<unknown> | null>>
  /** Askings under way: whoever wants the same again is answered by one more. */
  asking: Map<string, Asking>
  /** Addresses asked for and not answered yet: each asking is a look, so one is enough. */
  asked: Set<string>
}

type Asking = { isWantedAgain: boolean; done: Promise<void> }

const ShellContext = createContext<Shell | null>(null)

export function makeShell(request: PageRequest): Shell {
  const kept = Object.entries(request.first).map(
    ([url, body]) => [url, signal<Answered<unknown> | null>(answered(body))] as const,
  )
  return {
    view: request.view,
    isDemo: request.isDemo,
    at: request.at ?? '',
    now: signal(request.now),
    asOf: signal(request.keptAt ?? request.now),
    isKept: request.keptAt !== undefined,
    wire: openWire(request.keptAt !== undefined),
    signIn: request.signIn,
    heardTo: request.heardTo,
    answers: new Map(kept),
    asked: new Set(),
    asking: new Map(),
  }
}

export function ShellProvider(props: {
  spoken: Spoken
  shell: Shell
  children: ComponentChildren
}) {
  return (
    <WordsContext.Provider value={props.spoken}>
      <ShellContext.Provider value={props.shell}>{props.children}</ShellContext.Provider>
    </WordsContext.Provider>
  )
}

export function useShell(): Shell {
  const shell = useContext(ShellContext)
  if (!shell) throw new Error('this part of a page stands outside ShellProvider')
  return shell
}

/**
 * The moment to reckon with: the server's own, ticking on after the page has come to life. While it
 * is drawn for the first time it is exactly the one the server drew with.
 */
export function useNow(): Instant {
  return useShell().now.value
}

export type Kept<T> = {
  /** null: asked for and not here yet. After a failed second asking the last answer stays. */
  result: ReadonlySignal<Answered<T> | null>
  again: () => Promise<void>
}

/**
 * An answer of the API: the page's first data where it holds it, else asked for once the page
 * lives. Everybody who names the same address shares it. With `input` null nothing is asked.
 */
export function useFirst<E extends Endpoint & { get: string }>(
  path: PathOf<E>,
  input: Input<E> | null,
): Kept<Output<E>> {
  const shell = useShell()
  const url = input === null ? null : urlOf(path, input)
  const result = keptAt<Output<E>>(shell, url)
  useEffect(() => {
    if (url === null || result.peek() !== null || shell.asked.has(url)) return
    shell.asked.add(url)
    void askInto(shell, url, result).then(() => shell.asked.delete(url))
  }, [url])
  return { result, again: async () => (url === null ? undefined : askInto(shell, url, result)) }
}

/**
 * False on the server and in the first drawing. Until then nothing hears a form: its fields stay
 * shut, so that no press can send what was written in them anywhere.
 */
export function useIsAlive(): boolean {
  const [isAlive, setAlive] = useState(false)
  useEffect(() => setAlive(true), [])
  return isAlive
}

/** Runs `act` and tells whether it runs; what was refused is kept to be shown. */
export function useAct(): {
  isBusy: boolean
  refusal: Refusal | null
  run: (act: () => Promise<Answered<unknown>>) => Promise<boolean>
  forget: () => void
} {
  const [isBusy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  return {
    isBusy,
    refusal,
    forget: () => setRefusal(null),
    async run(act) {
      setBusy(true)
      const result = await act()
      setBusy(false)
      setRefusal(result.ok ? null : result.refusal)
      return result.ok
    },
  }
}

function keptAt<T>(shell: Shell, url: string | null): Signal<Answered<T> | null> {
  const [nothing] = useState(() => signal<Answered<unknown> | null>(null))
  if (url === null) return nothing as Signal<Answered<T> | null>
  let kept = shell.answers.get(url)
  if (!kept) {
    kept = signal<Answered<unknown> | null>(null)
    shell.answers.set(url, kept)
  }
  return kept as Signal<Answered<T> | null>
}

/** One at a time, so that an older answer never comes over a newer one. */
function askInto<T>(shell: Shell, url: string, result: Signal<Answered<T> | null>): Promise<void> {
  const running = shell.asking.get(url)
  if (running) {
    running.isWantedAgain = true
    return running.done
  }
  const asking: Asking = { isWantedAgain: false, done: Promise.resolve() }
  shell.asking.set(url, asking)
  const repeat = async () => {
    do {
      asking.isWantedAgain = false
      await askOnce(shell, url, result)
    } while (asking.isWantedAgain)
    shell.asking.delete(url)
  }
  asking.done = repeat()
  return asking.done
}

async function askOnce<T>(
  shell: Shell,
  url: string,
  result: Signal<Answered<T> | null>,
): Promise<void> {
  const fresh = await ask<T>(url)
  const isLost = !fresh.ok && fresh.refusal.fault === 'offline'
  if (isLost && result.peek()?.ok) return
  result.value = fresh
  const now = fresh.ok ? (fresh.answer as { now?: unknown }).now : undefined
  if (typeof now !== 'number') return
  shell.now.value = now
  shell.asOf.value = now
}
