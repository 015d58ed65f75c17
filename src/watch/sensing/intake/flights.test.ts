import { expect, test } from 'vitest'
import { held, land, turn } from '../../../../tests/rig/intake.ts'
import { dayMs } from '../../../kernel/clock.ts'
import { waitingMax } from './intake.ts'

test('a message is answered after its commit and not before', async () => {
  const { known, say, next } = held()
  let isAnswered = false
  const answer = say(known(1), 1).then(() => (isAnswered = true))
  await turn()
  expect(isAnswered).toBe(false)
  next().done()
  await answer
})

test('a copy is answered after the first one’s commit, and stored once', async () => {
  const { known, say, flights, stored } = held()
  const one = known(1)
  const first = say(one, 1)
  let isAnswered = false
  const copy = say(one, 1).then(() => (isAnswered = true))
  await turn()
  expect(isAnswered).toBe(false)
  await land(flights)
  await Promise.all([first, copy])
  expect(stored).toHaveLength(1)
})

test('after a commit that never came the same message is new, and its copy was not answered', async () => {
  const { known, say, intake, next, flights, stored } = held()
  const one = known(1)
  const first = say(one, 1)
  const copy = say(one, 1)
  const answers = Promise.allSettled([first, copy])
  const closing = intake[Symbol.asyncDispose]()
  next().fail()
  await closing
  for (const answer of await answers) expect(answer.status).toBe('rejected')
  expect(stored).toEqual([])
  const again = held()
  const anew = again.known(1)
  anew.stream = one.stream
  const later = again.say(anew, 1)
  await land(again.flights)
  expect(await later).toBe('acknowledged')
  expect(flights).toEqual([])
})

test('a commit without an answer is looked for before it is tried again', async () => {
  const { known, say, intake, next, flights } = held()
  Object.assign((intake as any).wish, { wasSaved: async () => true })
  const answer = say(known(1), 1)
  next().fail()
  expect(await answer).toBe('acknowledged')
  expect(flights).toEqual([])
})

test('a copy in the next batch is not acknowledged for a first one that was given up', async () => {
  const { known, say, flights, intake, stored } = held()
  Object.assign((intake as any).wish, { onTrouble: () => undefined })
  const one = known(1)
  const others = [2, 3, 4].map((at) => known(at))
  const first = say(one, 17)
  await turn()
  const copy = say(one, 17)
  const rest = Array.from({ length: 1_000 }, (_, i) => say(others[i % 3]!, i))
  const answers = Promise.allSettled([first, copy])
  const more = Promise.allSettled(rest)
  await turn()
  const wrong = Object.assign(new Error('a statement that is wrong'), { code: '42703' })
  flights.shift()!.fail(wrong)
  await land(flights)
  expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await more
  const again = say(one, 17)
  await land(flights)
  expect(await again).toBe('acknowledged')
  expect(stored.filter((entry) => entry.known === one)).toHaveLength(1)
})

test('who waits for marks hears that they were not saved', async () => {
  const { intake, next } = held()
  const saved = intake.saveMarks()
  next().fail(Object.assign(new Error('no'), { code: '42703' }))
  await expect(saved).rejects.toThrow('no')
})

test('an alarm whose clock runs ahead is new again after it was given up', async () => {
  const { known, say, next, flights, stored, now } = held()
  const smoke = known(1, { kind: 'smoke', purpose: 'home-safety' })
  const ahead = { at: now.at + dayMs, state: 'alarm' }
  const first = say(smoke, null, ahead)
  const answer = Promise.allSettled([first])
  await turn()
  next().fail(Object.assign(new Error('no'), { code: '42703' }))
  await answer
  const again = say(smoke, null, ahead)
  await land(flights)
  expect(await again).toBe('acknowledged')
  expect(stored).toHaveLength(1)
})

test('two batches fly at most; they are answered and judged in their order', async () => {
  const { known, say, flights, after } = held()
  const one = known(1)
  const answered: number[] = []
  const note = (seq: number) => () => void answered.push(seq)
  const flying = [say(one, 0).then(note(0))]
  await turn()
  for (let seq = 1; seq <= 30_000; seq++) flying.push(say(one, seq).then(note(seq)))
  await turn()
  expect(flights).toHaveLength(2)
  flights[1]!.done()
  await turn()
  expect(answered).toEqual([])
  flights.shift()!.done()
  flights.shift()
  await land(flights)
  await Promise.all(flying)
  expect(answered).toEqual(answered.toSorted((a, b) => a - b))
  expect(after).toEqual(after.toSorted((a, b) => a - b))
})

test('a full queue drops the sender, and the message is taken when it comes again', async () => {
  const { known, say, flights, stored } = held()
  const one = known(1)
  const others = [2, 3, 4, 5].map((at) => known(at))
  const flying = [say(one, 0)]
  await turn()
  let seq = 1
  // One batch flies with the first, another with the next thousand; the rest waits.
  for (; seq <= waitingMax + 1_000; seq++) flying.push(say(others[seq % 4]!, seq))
  const failed = await Promise.race([
    say(one, 7).then(
      () => 'taken',
      (why: Error) => why.message,
    ),
    turn().then(() => 'waits'),
  ])
  expect(failed).toBe('intake is full')
  const all = Promise.allSettled(flying)
  await land(flights)
  await all
  const again = say(one, 7)
  await land(flights)
  expect(await again).toBe('acknowledged')
  const sevens = stored.filter((entry) => entry.sequence === 7 && entry.known === one)
  expect(sevens).toHaveLength(1)
})
