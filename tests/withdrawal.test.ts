/** Who ends an agreement is judged no more, and a day later nothing is left of what it fed. */
import { expect, test } from 'vitest'
import { openUnasked } from './rig/reads-unasked.ts'
import { withdraw } from './rig/withdrawing.ts'

test('what an agreement fed is gone from tables, jobs, memory, files, logs and figures', async () => {
  await using unasked = await openUnasked()
  const { held, left, stopMs } = await withdraw(unasked)
  // Sealed or not: each kind of word was somewhere before.
  expect(held.map((one) => one.split(':')[0])).toEqual(
    expect.arrayContaining(['tasks.task', 'tasks.photo', 'care.plan']),
  )
  expect(left).toEqual([])
  expect(stopMs).toBeGreaterThan(0)
  const { owner } = unasked.town
  const kept = await owner("select * from privacy.deletion where because = 'withdrawal'")
  expect(kept.map(({ purpose }) => purpose)).toContain('agreed-care')
  // It is told of nobody, and leads to nobody.
  const ids = (await owner('select id from privacy.consent')).map(({ id }) => id)
  expect(kept.filter(({ id }) => ids.includes(id))).toEqual([])
}, 60_000)
