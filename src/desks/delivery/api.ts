import { Type } from 'typebox'
import { closed, endpoint, id } from '../../kernel/contract.ts'

/**
 * The page says which notes it has shown: delivered is a fact of its own, apart from sent and
 * acknowledged.
 */
export const noteShown = endpoint({
  post: '/delivery/shown',
  says: 'Tells that notes of the asker’s inbox were shown on a page',
  who: ['resident', 'committee', 'street'],
  sees: [],
  why: 'task',
  input: closed({ notes: Type.Array(id('note'), { maxItems: 100 }) }),
  output: closed({ shown: Type.Integer() }),
})
