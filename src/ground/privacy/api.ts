import { Type } from 'typebox'
import { closed, endpoint, hows, instant, maybe, oneOf, rowId } from '../../kernel/contract.ts'

/** My own page of the book, newest first. 50 rows a page; `before` is the last row's `id`. */
export const whoLooked = endpoint({
  get: '/privacy/looks',
  says: 'Who looked at the asker’s data, at what and why',
  who: { resident: 'own' },
  sees: ['looks'],
  why: 'own-data',
  input: closed({ before: Type.Optional(rowId()) }),
  output: closed({
    looks: Type.Array(
      closed({
        id: rowId(),
        at: instant(),
        by: oneOf(['post', 'rule', 'operator', 'resident', 'contact', 'helper', 'account']),
        /** A contact’s: what they are to the asker. */
        title: maybe(Type.String()),
        unit: maybe(Type.String()),
        rule: maybe(Type.String()),
        ruleVersion: maybe(Type.Integer()),
        fields: Type.Array(Type.String()),
        matter: oneOf(['task', 'agreement', 'request', 'grant', 'operation']),
        label: Type.String(),
        how: oneOf(hows),
      }),
    ),
    /** Looks on each of the last 30 days in Shanghai, oldest first; the last is today. */
    days: Type.Array(Type.Integer(), { minItems: 30, maxItems: 30 }),
    more: Type.Boolean(),
    now: instant(),
  }),
})
