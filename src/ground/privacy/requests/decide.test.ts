import { expect, test } from 'vitest'
import { vouchedFor, type SignedIn } from '../../../kernel/asker.ts'
import type { CommitteeCode, HomeCode, PersonId, PostId, StreetCode } from '../../../kernel/ids.ts'
import { judgeHome, judgeRequest, mayDecideOn } from './decide.ts'
import { requestMs, type Request } from './types.ts'

const committee = '310104011013' as CommitteeCode
const worker = { ...of('worker', 'committee'), street: '310104011' as StreetCode }
const child = 'child' as PersonId
const other = 'other' as PersonId

function of(person: string, role: 'committee' | 'street'): SignedIn {
  const id = `post of ${person}` as PostId
  const post = { id, role, title: '社工', unit: '居委会', committee }
  const street = '310104011' as StreetCode
  return {
    kind: 'person',
    person: person as PersonId,
    street,
    home: null,
    post,
    signIn: vouchedFor,
  }
}

function request(facts: Partial<Request> = {}): Request {
  return {
    ...{ request: 'r', street: worker.street, byPerson: worker.person },
    ...{ byPost: worker.post?.id ?? ('' as PostId), title: '社工', unit: '居委会', committee },
    ...{ reason: 'on-the-phone', person: null, at: 0, until: requestMs, endedAt: null },
    ...{ minorAt: null, approvedAt: null, words: null, reviewBy: null, reviewedAt: null },
    ...{ home: null, refusedAt: null, result: null },
    ...facts,
  }
}

const asks = (facts: { person?: PersonId | null; isMinor?: boolean; now?: number } = {}) => ({
  ...{ asker: worker, person: other, isMinor: false, now: 1 },
  ...facts,
})
const needed = { fault: 'request-needed', field: 'request' }

test.each([
  ['nobody has said why', undefined, asks(), needed],
  ['a colleague said why', request({ byPerson: other }), asks(), needed],
  ['it was said in another post', request({ byPost: 'old' as PostId }), asks(), needed],
  ['the first person', request(), asks(), 'binds'],
  ['the same again', request({ person: other }), asks(), 'opens'],
  [
    ...(['somebody else', request({ person: child }), asks()] as const),
    { fault: 'request-bound', field: 'request' },
  ],
  ['the last moment', request(), asks({ now: requestMs - 1 }), 'binds'],
  [
    ...(['half an hour', request(), asks({ now: requestMs })] as const),
    { fault: 'request-over', field: 'request' },
  ],
  [
    ...(['ended before', request({ endedAt: 1 }), asks()] as const),
    { fault: 'request-over', field: 'request' },
  ],
  ['a search before anybody is opened', request(), asks({ person: null }), 'opens'],
  ['a search afterwards', request({ person: other }), asks({ person: null }), 'opens'],
  ['a child', request(), asks({ person: child, isMinor: true }), 'waits-for-approval'],
  [
    ...(['a child, asked for', request({ person: child, minorAt: 1 })] as const),
    ...([asks({ person: child, isMinor: true }), 'waits-for-approval'] as const),
  ],
  [
    ...(['a child, with a yes', request({ person: child, minorAt: 1, approvedAt: 2 })] as const),
    ...([asks({ person: child, isMinor: true }), 'opens'] as const),
  ],
  [
    ...(['a child in an emergency', request({ reason: 'break-glass' })] as const),
    ...([asks({ person: child, isMinor: true }), 'binds'] as const),
  ],
] as const)('%s', (_what, made, asked, expected) => {
  expect(judgeRequest(made, asked)).toEqual(expected)
})

test.each([
  ['an officer', of('officer', 'street'), false, true],
  ['the asker', worker, true, false],
  ['the asker, if an officer', { ...of('worker', 'street') }, true, false],
  ['the first of the committee', of('first', 'committee'), true, true],
  ['a colleague', of('second', 'committee'), false, false],
] as const)('a yes of %s', (_who, asker, isInCharge, may) => {
  expect(mayDecideOn(request(), asker, isInCharge)).toBe(may)
})

test('the first of another committee has nothing to say', () => {
  const elsewhere = request({ committee: '310104011014' as CommitteeCode })
  expect(mayDecideOn(elsewhere, of('first', 'committee'), true)).toBe(false)
})

const home = '310104011013-01-26-501' as HomeCode
const elsewhere = '310104011013-01-26-502' as HomeCode
const bound = { fault: 'request-bound', field: 'request' }

test.each([
  ['nothing was opened yet', request(), 'binds'],
  ['this home was opened', request({ home }), 'opens'],
  ['another home was opened', request({ home: elsewhere }), bound],
  ['somebody who lives there was opened', request({ person: other }), 'opens'],
  ['somebody else was opened', request({ person: child }), bound],
  ['it is over', request({ endedAt: 1 }), { fault: 'request-over', field: 'request' }],
  ['a colleague said why', request({ byPerson: other }), needed],
])('a home, where %s', (_, made, judged) => {
  expect(judgeHome(made, { asker: worker, now: 1, home, people: [other] })).toEqual(judged)
})

test('a request for a home opens nobody of it', () => {
  expect(judgeRequest(request({ home }), asks())).toEqual(bound)
})
