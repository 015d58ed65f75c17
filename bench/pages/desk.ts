import { openAsking, openStream } from './page.ts'
import type { Scene, Staff } from './scene.ts'

type Row = {
  task: string
  state: string
  part: string
  facts: { devices: { device: string }[] }
}

/**
 * A worker at a page. `seen`: when the device's last task stood in the list, by
 * `performance.now()`.
 */
export type Desk = {
  seen: ReadonlyMap<string, number>
  /** How many tasks were seen and closed by now. */
  closed(): number
  /** Whatever was seen is closed. */
  isIdle(): boolean
  end(): void
}

/** Asks the list anew whenever it is told, and closes what is theirs as soon as they see it. */
export async function openDesk(
  { url, call }: Scene,
  { token }: Staff,
  pressedAt: ReadonlyMap<string, number>,
): Promise<Desk> {
  const seen = new Map<string, number>()
  const known = new Set<string>()
  const mine: string[] = []
  let isClosing = false
  let closed = 0

  const closeAll = async () => {
    isClosing = true
    for (let task = mine.shift(); task !== undefined; task = mine.shift()) {
      const act = (body: object) => call(token, 'POST', '/api/tasks/act', { task, ...body })
      await act({ act: 'acknowledge', from: 'raised' })
      await act({ act: 'find', from: 'acknowledged', outcome: 'hazard-false' })
      closed++
    }
    isClosing = false
  }
  const ask = openAsking(async () => {
    const { tasks } = await call<{ tasks: Row[] }>(token, 'GET', '/api/tasks/mine')
    const now = performance.now()
    for (const { task, state, part, facts } of tasks) {
      const device = facts.devices[0]?.device ?? ''
      if (part !== 'responsible' || known.has(task) || !pressedAt.has(device)) continue
      known.add(task)
      seen.set(device, now)
      if (state === 'raised') mine.push(task)
    }
    if (!isClosing && mine.length > 0) void closeAll()
  })
  let isEnded = false
  const failed = (why: unknown) => {
    if (!isEnded) throw why
  }
  const stream = await openStream(url, token, () => void ask().catch(failed))
  await ask()
  return {
    seen,
    closed: () => closed,
    isIdle: () => !isClosing && mine.length === 0,
    end() {
      isEnded = true
      stream.end()
    },
  }
}
