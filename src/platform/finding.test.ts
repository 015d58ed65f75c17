import fc from 'fast-check'
import { expect, test } from 'vitest'
import { vouchedFor, type Asker } from '../kernel/asker.ts'
import { dayMs, minuteMs } from '../kernel/clock.ts'
import type { PersonId, PostId, StreetCode } from '../kernel/ids.ts'
import { openFinding } from './finding.ts'

const most = { minute: 3, day: 8 }

function holder(id: string): Asker {
  const post = { id: id as PostId, role: 'committee', title: '社工', unit: '居委' } as const
  return {
    ...{ kind: 'person', person: 'somebody' as PersonId, street: '310104011' as StreetCode },
    ...{ home: null, post: { ...post, committee: null }, signIn: vouchedFor },
  }
}

test('never more than its most in any minute and any day, and the wait that is said is exact', () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 5 * 3_600_000 }), { maxLength: 60 })
  fc.assert(
    fc.property(pauses, (waits) => {
      let now = 1_000_000_000
      const mayFind = openFinding({ now: () => now }, most)
      const found: number[] = []
      for (const wait of waits) {
        now += wait
        const refused = mayFind(holder('a'))
        if (!refused) found.push(now)
        else {
          now += refused.waitMs! - 1
          expect(mayFind(holder('a'))?.waitMs).toBe(1)
        }
      }
      for (const [n, at] of found.entries()) {
        expect(at - (found[n - most.minute] ?? -Infinity)).toBeGreaterThanOrEqual(minuteMs)
        expect(at - (found[n - most.day] ?? -Infinity)).toBeGreaterThanOrEqual(dayMs)
      }
    }),
  )
})

test('each post has its own, and a resident, who finds nobody but themself, none', () => {
  const mayFind = openFinding({ now: () => 0 }, most)
  for (let n = 0; n < most.minute; n++) expect(mayFind(holder('a'))).toBe(undefined)
  expect(mayFind(holder('a'))).toMatchObject({ fault: 'too-many-found' })
  expect(mayFind(holder('b'))).toBe(undefined)
  for (let n = 0; n < 20; n++) expect(mayFind({ kind: 'operator' })).toBe(undefined)
})
