import { useEffect, useRef } from 'preact/hooks'
import type { myTasks } from '../../src/desks/tasks/api.ts'
import type { Instant } from '../../src/kernel/clock.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import { urlOf } from '../shell/call.ts'
import { keep, kept } from '../shell/kept.ts'
import { useShell, type Shell } from '../shell/shell.tsx'
import type { Work } from './work.ts'

/**
 * What the worker's list was when there was a network: the list and those of its tasks that were
 * opened. Never a person's card and never a number. `at`: by this device's clock.
 */
export type KeptDesk = {
  answers: Record<string, unknown>
  signIn: string | undefined
  now: Instant
  at: number
}

const name = 'desk'
const me = urlOf('/identity/me')
const list = urlOf('/tasks/mine')

/** Keeps what is shown whenever it changes. */
export function useKeeping(work: Work): void {
  const shell = useShell()
  const mine = work.mine.result.value
  const one = work.one.result.value
  const first = useRef({ mine, one })
  useEffect(() => {
    // what was kept is not kept anew: its hours would begin again
    const isOld = mine === first.current.mine && one === first.current.one
    if (shell.isKept && isOld) return
    void keepAnswers(shell).catch(() => undefined)
  }, [mine, one])
}

/** A page of one task alone adds it to the list that was kept before. */
async function keepAnswers(shell: Shell): Promise<void> {
  const { signIn } = shell
  const fresh = new Map<string, unknown>()
  for (const [url, answer] of shell.answers) {
    const value = answer.peek()
    if (value?.ok) fresh.set(url, value.answer)
  }
  const before = await keptDesk()
  const old = before?.signIn === signIn ? (before?.answers ?? {}) : {}
  const tasks = (fresh.get(list) ?? old[list]) as Output<typeof myTasks> | undefined
  if (!tasks) return
  const ones = tasks.tasks.map(({ task }) => urlOf('/tasks/one', { task }))
  const answers = Object.fromEntries(
    [me, list, ...ones].flatMap((url) => {
      const answer = fresh.get(url) ?? old[url]
      return answer === undefined ? [] : [[url, answer]]
    }),
  )
  const whole: KeptDesk = { ...{ answers, signIn }, now: shell.now.peek(), at: Date.now() }
  await keep(name, whole)
}

export function keptDesk(): Promise<KeptDesk | null> {
  return kept<KeptDesk>(name).catch(() => null)
}

/** The pages that can be drawn of what is kept. */
export function isWork(path: string): boolean {
  return /^\/desk(\/tasks\/[^/]+)?$/.test(path)
}
