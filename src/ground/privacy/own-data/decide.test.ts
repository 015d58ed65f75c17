import { expect, test } from 'vitest'
import { dayMs } from '../../../kernel/clock.ts'
import { dueAt, isLate, judgeErasure } from './decide.ts'
import { partKeys, parts, type Hold } from './types.ts'

const living: Hold = { why: 'living-here', until: null }
const post: Hold = { why: 'post', until: 5 }
const inOffice: Hold = { why: 'post', until: null }

test.each([
  ['everything', [], { is: 'all-goes' }],
  ['everything', [living], { is: 'kept', holds: [living] }],
  ['everything', [living, post], { is: 'kept', holds: [living, post] }],
  // What rests on an agreement goes with it, whoever still lives here.
  ['contacts', [living], { is: 'agreements-end' }],
  ['contacts', [], { is: 'agreements-end' }],
  ['browsers', [living], { is: 'ends' }],
  ['signed-in', [], { is: 'ends' }],
  // Nobody closes the account that they work with; all else lets it go.
  ['account', [living], { is: 'ends' }],
  ['account', [living, post], { is: 'ends' }],
  ['account', [living, inOffice], { is: 'kept', holds: [inOffice] }],
  ['signed-in', [inOffice], { is: 'ends' }],
  // The register waits for whatever holds it; with nothing left, somebody looks.
  ['person', [living], { is: 'kept', holds: [living] }],
  ['person', [], { is: 'judged' }],
  ['messages', [post], { is: 'kept', holds: [post] }],
  // A proof stays for its term, whatever else is over.
  ['looks', [], { is: 'kept', holds: [] }],
  ['looks', [living], { is: 'kept', holds: [] }],
  ['consents', [], { is: 'kept', holds: [] }],
] as const)('%s, held by %j: %j', (part, holds, verdict) => {
  expect(judgeErasure(part, holds)).toEqual(verdict)
})

test('a part that only an agreement keeps is the only one that an erasure ends at once', () => {
  const atOnce = partKeys.filter((part) => parts[part].purpose === 'agreed-care')
  expect(partKeys.filter((part) => judgeErasure(part, [living]).is === 'agreements-end')).toEqual(
    atOnce,
  )
})

test('the clock is thirty days to the moment: not late at its end, late just after', () => {
  const due = dueAt(1_000)
  expect(due).toBe(1_000 + 30 * dayMs)
  expect([isLate(due, due - 1), isLate(due, due), isLate(due, due + 1)]).toEqual([
    false,
    false,
    true,
  ])
})
