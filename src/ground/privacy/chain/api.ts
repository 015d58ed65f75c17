import { Type } from 'typebox'
import { closed, endpoint } from '../../../kernel/contract.ts'

/** The line for the notice board: whoever keeps one can prove later that the book was changed. */
export const weekLine = endpoint({
  get: '/privacy/week-line',
  says: 'How long the book of looks was when last week ended, and what stands for all of it',
  who: { anyone: 'counts' },
  sees: [],
  why: 'public',
  input: closed({}),
  output: closed({
    /** '2026-W28', in Shanghai. */
    week: Type.String(),
    /** Looks in that week. */
    looks: Type.Integer(),
    /** The newest link until its end; 0: there was none. */
    number: Type.Integer(),
    /** Thirteen groups of four letters. */
    head: Type.String(),
  }),
})
