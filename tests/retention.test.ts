/**
 * Nothing is kept past its term: a town that has left a row in every table grows old, and after
 * each of the terms nothing is there that should have gone. What went left a record of no content.
 */
import { expect, test } from 'vitest'
import { openAgeing } from './rig/ageing.ts'

/** What a test of its own shows: made only by their own machinery. */
const shownElsewhere = new Set(['sensing.lasting_reading', 'privacy.deletion'])

test('a town that kept something of everything keeps nothing past its term', async () => {
  await using ageing = await openAgeing()
  const empty = [...(await ageing.counted())].filter(
    ([table, n]) => n === 0 && !shownElsewhere.has(table),
  )
  expect(empty.map(([table]) => table)).toEqual([])
  expect(ageing.lines()).toBeGreaterThan(1)
  const { late, recorded, rows } = await ageing.growOld()
  expect(late).toEqual([])
  const moved = ageing.town.b.neighbour.person
  const kept = await ageing.town.tablesHolding(moved)
  expect(kept.filter((table) => !/^(privacy|pgboss)\./.test(table))).toEqual([])
  expect(rows).toBeGreaterThan(100)
  expect(ageing.lines()).toBe(0)

  // What went left a record: for what purpose, what, how much, and nothing of whom.
  expect(new Set(recorded.map(({ because }) => because))).toEqual(new Set(['term', 'withdrawal']))
  expect(new Set(recorded.map(({ what }) => what)).size).toBeGreaterThan(20)
  const words = JSON.stringify(recorded)
  const { a, b } = ageing.town
  for (const { street, elder, neighbour, homes } of [a, b]) {
    for (const one of [street, elder.name, elder.person, neighbour.person, ...homes]) {
      expect(words).not.toContain(one)
    }
  }
}, 240_000)
