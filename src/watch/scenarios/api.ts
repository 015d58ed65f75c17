import { Type } from 'typebox'
import { closed, endpoint, instant, maybe, oneOf } from '../../kernel/contract.ts'
import { outcomes } from '../../kernel/event.ts'

/** The rules in force and how their findings ended, per version. */
export const listRules = endpoint({
  get: '/scenarios/rules',
  says: 'The rules by version, with the outcomes that people found',
  who: ['committee', 'street'],
  sees: [],
  why: 'operation',
  input: closed({}),
  output: closed({
    rules: Type.Array(
      closed({
        rule: Type.String(),
        version: Type.Integer(),
        silentHours: maybe(Type.Integer()),
        visitHours: maybe(Type.Integer()),
        since: instant(),
        findings: Type.Integer(),
        outcomes: Type.Array(closed({ outcome: oneOf(outcomes), count: Type.Integer() })),
      }),
    ),
  }),
})
