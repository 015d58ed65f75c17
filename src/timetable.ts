/** The timetable: what is let go, what is done each second, and what the beat does now and then. */
import { hourMs, minuteMs, secondMs } from './kernel/clock.ts'
import type { Live } from './platform/live.ts'
import { errorFacts } from './platform/log.ts'
import { soonMs, type Round } from './platform/rounds.ts'
import type { Rotation } from './platform/seal/index.ts'
import type * as delivery from './desks/delivery/index.ts'
import * as identity from './desks/identity/index.ts'
import * as tasks from './desks/tasks/index.ts'
import * as duties from './ground/duties/index.ts'
import * as privacy from './ground/privacy/index.ts'
import * as demo from './outlook/demo/index.ts'
import * as care from './watch/care/index.ts'
import { termsOf } from './kept.ts'
import type { ProgramWish, Rooms } from './program.ts'
import { around } from './reviewing.ts'

const tickMs = 15_000
const letGoEveryMs = 10 * minuteMs
const gapsEveryMs = hourMs
const sessionsEveryMs = 5 * secondMs
const looksEveryMs = 5 * secondMs

export async function letGo(rooms: Rooms): Promise<number> {
  return privacy.letGo(rooms.given, termsOf(rooms))
}

/** What somebody waits for: every second, each by itself. */
export function roundsOf(
  { given }: Rooms,
  sending: delivery.Sending,
  live: Live,
  keys: Rotation,
): Round[] {
  return [
    { name: 'delivery', everyMs: soonMs, round: sending.tick },
    { name: 'tasks', everyMs: soonMs, round: tasks.openClimbing(given).tick },
    // A session that is over takes its open pages along; one with an open page is in use.
    {
      name: 'sessions',
      everyMs: sessionsEveryMs,
      round: async () =>
        live.end(await identity.lookOn(given, live.sessions(), live.sessions('short'))),
    },
    { name: 'keys', everyMs: soonMs, round: keys.step },
    { name: 'reviews', everyMs: looksEveryMs, round: () => privacy.judgeLooks(given, around) },
  ]
}

/** The timetable: judge often, let go now and then. A slow round is waited for, never overtaken. */
export function openBeat({ clock, real }: Pick<ProgramWish, 'clock' | 'real'>, rooms: Rooms) {
  const { given, scenarios: judge } = rooms
  let letGoAt = 0
  let gapsAt = 0
  let timer: NodeJS.Timeout | undefined
  let round: Promise<void> = Promise.resolve()
  let isStopped = false

  const once = async () => {
    const now = given.clock.now()
    await judge.tick()
    await care.lookOn(rooms)
    await rooms.pulse.save()
    if (now - gapsAt >= gapsEveryMs) {
      gapsAt = now
      await duties.findGaps(given)
      await care.offerVisits(rooms)
    }
    if (now - letGoAt >= letGoEveryMs) {
      letGoAt = now
      await letGo(rooms)
      await demo.saveAhead(given, real)
    }
  }
  const schedule = () => {
    if (isStopped) return
    const speed = 'speed' in clock ? clock.speed : 1
    timer = setTimeout(
      () => {
        round = once()
          .catch((error: unknown) => given.log.say('beat.failed', errorFacts(error)))
          .then(schedule)
      },
      Math.max(250, tickMs / speed),
    )
  }
  schedule()
  return {
    async stop(): Promise<void> {
      isStopped = true
      clearTimeout(timer)
      await round
    },
  }
}
