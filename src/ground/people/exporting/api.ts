import { Type } from 'typebox'
import { closed, endpoint, id, instant, maybe, oneOf, rowId } from '../../../kernel/contract.ts'
import { fileFormats, importKinds } from '../importing/types.ts'
import { exportReasons, exportStates } from './types.ts'

/** Counted now; above 500 rows two other officers approve before it can be fetched. */
export const askExport = endpoint({
  post: '/people/exports',
  says: 'Asks for homes, residents, owners or staff as a file, with a reason',
  who: { committee: 'committee', street: 'street' },
  sees: [],
  why: 'register',
  input: closed({
    kind: oneOf(importKinds),
    /** Nothing: the asker’s own committee, or for an officer the whole street. */
    committee: Type.Optional(id('committee')),
    reason: oneOf(exportReasons),
  }),
  output: closed({
    export: rowId(),
    rows: Type.Integer(),
    approvalsNeeded: Type.Integer(),
    until: instant(),
  }),
})

export const decideExport = endpoint({
  post: '/people/exports/decide',
  says: 'Approves or refuses an export that somebody else asked for',
  who: { street: 'street' },
  sees: [],
  why: 'register',
  input: closed({ export: rowId(), verdict: oneOf(['approve', 'refuse']) }),
  output: closed({ export: rowId(), state: oneOf(exportStates), approvals: Type.Integer() }),
})

/** Officers see all of the street, everybody else their own. */
export const listExports = endpoint({
  get: '/people/exports',
  says: 'Exports that were asked for, by whom and why, the newest first',
  who: { committee: 'committee', street: 'street' },
  sees: ['name'],
  why: 'register',
  how: 'list',
  input: closed({}),
  output: closed({
    exports: Type.Array(
      closed({
        export: rowId(),
        kind: oneOf(importKinds),
        committee: maybe(id('committee')),
        reason: oneOf(exportReasons),
        rows: Type.Integer(),
        state: oneOf(exportStates),
        approvals: Type.Integer(),
        approvalsNeeded: Type.Integer(),
        /** Who asked. */
        name: Type.String(),
        byAsker: Type.Boolean(),
        askedAt: instant(),
        until: instant(),
        fetchedAt: maybe(instant()),
      }),
      { maxItems: 100 },
    ),
  }),
})

/** Only for who asked for it, until its term ends. Everybody in it finds it in their book. */
export const fetchExport = endpoint({
  post: '/people/exports/fetch',
  says: 'Fetches an export as .xlsx or CSV, marked with who fetches it and when',
  who: { committee: 'committee', street: 'street' },
  stepUp: true,
  sees: [
    ...(['name', 'age', 'address', 'household', 'ownership'] as const),
    ...(['phone', 'id-number', 'post'] as const),
  ],
  why: 'register',
  how: 'export',
  input: closed({ export: rowId(), format: Type.Optional(oneOf(fileFormats)) }),
  output: closed({ name: Type.String(), base64: Type.String(), rows: Type.Integer() }),
})
