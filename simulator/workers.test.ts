import { expect, test } from 'vitest'
import { hourMs, minuteMs, secondMs } from '../src/kernel/clock.ts'
import type { TaskId } from '../src/kernel/ids.ts'
import { actNow, type Matter } from './workers.ts'

const now = Date.parse('2026-11-23T14:00:00+08:00')
const ids = Array.from({ length: 400 }, (_, nth) => `task-${nth}` as TaskId)

function aMatter(more: Partial<Matter>): Matter {
  return {
    ...{ task: ids[0]!, kind: 'hazard', rule: 'fire-lane', urgency: 'usual', state: 'raised' },
    ...{ committee: '310104011002', post: 'post', openedAt: now, deadline: now + 30 * minuteMs },
    ...more,
  } as Matter
}

/** How long somebody stays, to ten seconds. */
function stayed(matter: Matter): number {
  for (let ms = 0; ms <= 3 * hourMs; ms += 10 * secondMs) {
    if (actNow(matter, now, now + ms, 1)) return ms
  }
  return Infinity
}

test('what somebody took is begun before the program takes it back, late or not', () => {
  const leftMs = [-2 * hourMs, -minuteMs, 5 * minuteMs, 20 * minuteMs, hourMs, 6 * hourMs]
  for (const left of leftMs) {
    // Half of what is left, but ten minutes at least: see returnMs of the tasks.
    const backMs = Math.max(10 * minuteMs, left / 2)
    const stays = ids.map((task) =>
      stayed(aMatter({ task, state: 'acknowledged', deadline: now + left })),
    )
    expect([left, stays.filter((ms) => ms >= backMs)]).toEqual([left, []])
  }
})

test('most answer in time, some do not', () => {
  for (const answerMs of [5 * minuteMs, 15 * minuteMs, 4 * hourMs]) {
    const late = ids.filter(
      (task) => stayed(aMatter({ task, deadline: now + answerMs })) > answerMs,
    ).length
    expect(late / ids.length).toBeLessThan(0.15)
  }
})

test('each takes their own time for the same matter', () => {
  const stays = ids.slice(0, 20).map((post) => stayed(aMatter({ post: post as string as never })))
  expect(new Set(stays).size).toBeGreaterThan(10)
})
