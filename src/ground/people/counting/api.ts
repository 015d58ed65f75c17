import { Type } from 'typebox'
import { closed, endpoint, id, maybe, oneOf } from '../../../kernel/contract.ts'
import { ageBands, tenures } from './types.ts'

/** The month's figures are made once: asking again, or on another day, tells nothing more. */
export const counts = endpoint({
  get: '/people/counts',
  says: 'How many people live in each neighbourhood by age band and tenure, in tens, from ten on',
  who: { street: 'counts', operator: 'counts' },
  sees: [],
  why: 'public',
  /** An officer’s own where nothing is said. */
  input: closed({ street: Type.Optional(id('street')) }),
  output: closed({
    /** '2026-07', in Shanghai. */
    month: Type.String(),
    committees: Type.Array(
      closed({
        committee: id('committee'),
        name: Type.String(),
        /** The sum of what is shown. */
        total: Type.Integer(),
        cells: Type.Array(
          closed({
            ageBand: oneOf(ageBands),
            tenure: oneOf(tenures),
            /** Rounded down to tens; null: fewer than ten, or nobody. */
            shown: maybe(Type.Integer()),
          }),
          { maxItems: ageBands.length * tenures.length },
        ),
      }),
      { maxItems: 1000 },
    ),
    total: Type.Integer(),
  }),
})
