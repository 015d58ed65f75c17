import { Type } from 'typebox'
import { closed, endpoint, hows, id, instant, maybe, oneOf } from '../../../kernel/contract.ts'
import { countedPurposes, lookers } from './types.ts'

/** Of this and of nothing that could be counted on two days: the month's figures are made once. */
const tens = maybe(Type.Integer({ multipleOf: 10 }))
const count = Type.Integer()

export const numbers = endpoint({
  get: '/privacy/numbers',
  says: 'What a street keeps and who looked, in numbers: tens of people, from ten on, once a month',
  who: { anyone: 'open' },
  sees: [],
  why: 'public',
  /** The only street, where there is one. */
  input: closed({ street: Type.Optional(id('street')) }),
  output: closed({
    streets: Type.Array(closed({ street: id('street'), name: Type.String() }), { maxItems: 500 }),
    /** Null: it has to be chosen. */
    chosen: maybe(
      closed({
        ...{ street: id('street'), name: Type.String() },
        /** In which month the figures were made, '2026-07', and of which they tell. */
        month: Type.String(),
        ofMonth: Type.String(),
        people: Type.Array(closed({ purpose: oneOf(countedPurposes), shown: tens })),
        looks: Type.Array(
          closed({
            by: oneOf(lookers),
            how: oneOf(hows),
            why: Type.String(),
            shown: Type.Integer({ multipleOf: 10 }),
          }),
          { maxItems: 3_000 },
        ),
        /** Of the whole installation: rows that went, by purpose. */
        deleted: Type.Array(
          closed({ purpose: Type.String(), shown: Type.Integer({ multipleOf: 10 }) }),
          { maxItems: 60 },
        ),
        /** From here on of twelve months, and of what offices did: exact. */
        since: instant(),
        exports: count,
        backups: closed({ taken: count, lastAt: maybe(instant()) }),
        authority: closed({
          ...{ asked: count, approved: count, refused: count, given: count },
          /** Given, and not shown yet to whom they tell of. */
          delayed: count,
        }),
        questions: closed({
          asked: count,
          inTime: count,
          late: count,
          open: count,
          overdue: count,
        }),
        reviews: closed({
          ...{ reviewers: count, unusual: count, drawn: count },
          ...{ right: count, wrong: count, unclear: count, open: count, overdue: count },
          /** Of the reviewer’s own body: they wait for a second reviewer. */
          waiting: count,
        }),
        /** The book’s own check of itself; null: none yet. */
        check: maybe(closed({ at: instant(), links: count, findings: count })),
      }),
    ),
    now: instant(),
  }),
})
