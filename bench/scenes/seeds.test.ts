import { expect, test } from 'vitest'
import { compareSeed } from './compare.ts'

const seeds = 1_000
const batches = 10

/**
 * The kernel against the slow and obvious second judge: random small streets with reordered,
 * doubled and lost messages, some later than stated, wrong clocks, cuts, kills, devices that move
 * and agreements that end. `npm run prove:scenarios -- --seed N` replays one alone.
 */
test.each(Array.from({ length: batches }, (_, batch) => batch))(
  'both judges find the same to the byte, batch %i',
  (batch) => {
    const told = new Set<string>()
    for (let i = 0; i < seeds / batches; i++) {
      const seed = 1 + batch * (seeds / batches) + i
      const { fast, slow } = compareSeed(seed)
      expect(fast, `seed ${seed}`).toEqual(slow)
      for (const line of slow) told.add(/"is":"([a-z-]+)"/.exec(line)?.[1] ?? '')
    }
    expect([...told]).toEqual(expect.arrayContaining(['raised', 'joined', 'cleared']))
  },
)
