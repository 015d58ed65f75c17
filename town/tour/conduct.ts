/** Plays the story: one act after the other, until the end, or until somebody presses on. */
import { seats, type Scene, type SeatName, type TourPage } from './page.ts'
import type { Act } from './story.ts'
import type { Stage } from './stage.ts'

export type Conducting = {
  story: readonly Act[]
  stage: Stage
  page: Pick<TourPage, 'show'>
  /** Each seat's address. */
  at: Record<SeatName, string>
  /** 1: ten minutes in all; 2: five. */
  pace: number
  say(nth: number, zh: string, en: string): void
  ending: AbortSignal
}

export type Wait = { until(ms: number): Promise<void>; next(): void; pause(): boolean }

/** Acts that have nothing to show any more are left out. Resolves after the last. */
export async function conduct(conducting: Conducting, wait: Wait): Promise<Scene | undefined> {
  const { story, stage, page, at, pace, say, ending } = conducting
  const shown = Object.fromEntries(seats.map((seat) => [seat, `${at[seat]}/`])) as Scene['shown']
  let scene: Scene | undefined
  for (const [nth, act] of story.entries()) {
    if (ending.aborted) break
    const happened = await happening(act, stage)
    if (!happened) continue
    const task = typeof happened === 'string' ? undefined : happened.task
    for (const [seat, path] of Object.entries(act.paths ?? {})) {
      shown[seat as SeatName] = at[seat as SeatName] + path.replace('{task}', task ?? '')
    }
    const { zh, en, look } = act
    scene = {
      ...{ nth: nth + 1, of: story.length, zh, en, look, shown: { ...shown } },
      ...{ isPaused: false, isOver: nth === story.length - 1 },
    }
    page.show(scene)
    say(nth + 1, zh, en)
    await wait.until((act.seconds * 1_000) / pace)
  }
  return scene
}

async function happening({ happens }: Act, stage: Stage) {
  return happens ? happens(stage) : ('nothing to name' as const)
}

/** A wait that can be paused, and ended by whoever does not want to wait. */
export function openWait(ending: AbortSignal, changed: (isPaused: boolean) => void): Wait {
  let isPaused = false
  let end: (() => void) | undefined
  let left = 0
  let began = 0
  let timer: NodeJS.Timeout | undefined
  const run = () => {
    began = performance.now()
    timer = setTimeout(() => end?.(), left)
  }
  return {
    async until(ms) {
      left = ms
      await new Promise<void>((resolve) => {
        end = resolve
        ending.addEventListener('abort', () => resolve(), { once: true })
        if (ending.aborted) resolve()
        else if (!isPaused) run()
      })
      clearTimeout(timer)
      end = undefined
    },
    next() {
      isPaused = false
      end?.()
    },
    pause() {
      isPaused = !isPaused
      clearTimeout(timer)
      if (isPaused) left -= performance.now() - began
      else if (end) run()
      changed(isPaused)
      return isPaused
    },
  }
}
