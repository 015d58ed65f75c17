import { Type } from 'typebox'
import { closed, endpoint, id, maybe, oneOf } from '../../../kernel/contract.ts'
import { openingReasons, reportersMax } from './types.ts'

/** Only the one post that keeps reporters; to everybody else it is one refusal. */
export const openReporter = endpoint({
  post: '/privacy/reporters/open',
  says: 'Opens who reported a task; the reporter sees it in the book at once',
  who: { street: 'street' },
  sees: ['name', 'phone'],
  why: 'task',
  stepUp: true,
  inPerson: true,
  input: closed({ task: id('task'), reason: oneOf(openingReasons) }),
  output: closed({
    /** Several: whoever reported the same matter while it was open. */
    reporters: Type.Array(closed({ name: maybe(Type.String()), phone: maybe(Type.String()) }), {
      minItems: 1,
      maxItems: reportersMax,
    }),
  }),
})
