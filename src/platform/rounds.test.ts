import { expect, test } from 'vitest'
import { systemClock } from './clock.ts'
import { openRounds } from './rounds.ts'

test('the same failure round after round is said once, and how often when it ends', async () => {
  const said: string[] = []
  const log = {
    say: (what: string, facts: object = {}) => void said.push(`${what} ${JSON.stringify(facts)}`),
  }
  const failures = ['away', 'away', 'away', 'full', undefined]
  const over = Promise.withResolvers<void>()
  const round = async () => {
    if (failures.length === 0) return over.resolve()
    const code = failures.shift()
    if (code) throw Object.assign(new Error('not to be said'), { code })
  }
  await using _ = openRounds({ clock: systemClock, log }, [{ name: 'notes', everyMs: 1, round }])
  await over.promise
  expect(said.map((line) => line.replace(/,"place".*/, '}'))).toEqual([
    'notes.failed {"error":"Error","code":"away"}',
    'notes.failed-until-now {"times":3}',
    'notes.failed {"error":"Error","code":"full"}',
  ])
})
