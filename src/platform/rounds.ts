import { secondMs, type Clock } from '../kernel/clock.ts'
import type { MovableClock } from './clock.ts'
import { errorFacts, type Log } from './log.ts'

/** Something that is done again and again, so long after it was done. */
export type Round = { name: string; everyMs: number; round(): Promise<unknown> }

const pauseMsMin = 250

/**
 * Each by itself: a slow one is waited for and never overtaken, and holds up no other. A clock that
 * runs faster is kept up with, within reason.
 */
export function openRounds(
  { clock, log }: { clock: Clock | MovableClock; log: Log },
  rounds: readonly Round[],
): AsyncDisposable {
  const ending = new AbortController()
  const running = rounds.map((one) => repeat(clock, log, one, ending.signal))
  return {
    async [Symbol.asyncDispose]() {
      ending.abort()
      await Promise.all(running)
    },
  }
}

async function repeat(
  clock: Clock | MovableClock,
  log: Log,
  { name, everyMs, round }: Round,
  signal: AbortSignal,
): Promise<void> {
  const failures = failureLog(log, name)
  for (;;) {
    const speed = 'speed' in clock ? clock.speed : 1
    await pause(Math.max(Math.min(pauseMsMin, everyMs), everyMs / speed), signal)
    if (signal.aborted) return
    await round().then(failures.ended, failures.failed)
  }
}

/** The same failure round after round is said once, and how often it was when it ends. */
function failureLog(log: Log, name: string) {
  let last = ''
  let times = 0
  const ended = () => {
    if (times > 1) log.say(`${name}.failed-until-now`, { times })
    last = ''
    times = 0
  }
  return {
    ended,
    failed(error: unknown) {
      const facts = errorFacts(error)
      const failure = `${facts['error']} ${facts['code']}`
      if (failure !== last) {
        ended()
        log.say(`${name}.failed`, facts)
      }
      last = failure
      times++
    },
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const timer = setTimeout(end, ms)
    function end() {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      done()
    }
    signal.addEventListener('abort', end)
  })
}

/** The pause of most rounds that somebody waits for. */
export const soonMs = secondMs
