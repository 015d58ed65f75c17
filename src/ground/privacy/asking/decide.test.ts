import { expect, test } from 'vitest'
import type { PersonId, PostId } from '../../../kernel/ids.ts'
import { answerersOf } from './decide.ts'
import type { Held } from './types.ts'

const post = (name: string, body: string, rank: number): Held => ({
  ...{ id: name as PostId, person: name as PersonId, body, rank },
  role: body === 'street' ? 'street' : body.startsWith('committee') ? 'committee' : 'property',
})

const head = post('head', 'committee', 1)
const worker = post('worker', 'committee', 2)
const keeper = post('keeper', 'property', 1)
const officer = post('officer', 'street', 1)
const second = post('second officer', 'street', 2)
const far = post('far head', 'committee next door', 1)
const all = [head, worker, keeper, officer, second, far]

const answers = (posts: readonly Held[], of: string | null, asker = 'resident') =>
  answerersOf(posts, {
    ...{ asker: asker as PersonId, ofPost: of as PostId | null },
    ofPerson: of as PersonId | null,
  })

test.each([
  ['a worker', 'worker', ['head']],
  ['the keeper of the estate, who is alone there', 'keeper', ['officer', 'second officer']],
  ['whoever is in charge', 'head', ['officer', 'second officer']],
  ['the second officer', 'second officer', ['officer']],
  ['the first officer', 'officer', ['second officer']],
  ['a rule or the operator', null, ['officer', 'second officer']],
  ['somebody who left the post', 'gone', ['officer', 'second officer']],
])('for a look of %s it is somebody else in charge', (_who, of, who) => {
  expect(answers(all, of)).toEqual(who)
})

test('whoever asks never answers themself', () => {
  expect(answers(all, 'worker', 'head')).toEqual(['officer', 'second officer'])
  expect(answers(all, null, 'officer')).toEqual(['second officer'])
  expect(answers([officer], null, 'officer')).toEqual([])
})

test('only where nobody else is in charge whoever looked answers', () => {
  expect(answers([officer, worker], 'officer')).toEqual(['officer'])
  expect(answers([head], 'head')).toEqual(['head'])
})
