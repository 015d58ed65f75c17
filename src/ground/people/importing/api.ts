import { Type } from 'typebox'
import { closed, endpoint, instant, maybe, oneOf, rowId, text } from '../../../kernel/contract.ts'
import {
  bodyBytesMax,
  fileBytesMax,
  fileFormats,
  importKinds,
  likenesses,
  onDuplicates,
} from './types.ts'

const who = { committee: 'committee', street: 'street' } as const
const shown = 300

const table = {
  kind: oneOf(importKinds),
  /** The .xlsx or CSV file. */
  base64: Type.String({ maxLength: Math.ceil(fileBytesMax / 3) * 4, pattern: '^[A-Za-z0-9+/=]*$' }),
  /** Which title of the file stands for which column, where it is not known by itself. */
  mapping: Type.Optional(
    Type.Array(closed({ title: text({ min: 1, max: 60 }), column: text({ min: 1, max: 20 }) }), {
      maxItems: 40,
    }),
  ),
  /** `refuse`: nothing comes in while a row is there already; `leave-out`: all the others do. */
  onDuplicate: Type.Optional(oneOf(onDuplicates)),
}

const cellFault = closed({
  line: Type.Integer(),
  column: Type.String(),
  'zh-CN': Type.String(),
  en: Type.String(),
})

const outcome = {
  /** Filled lines. */
  lines: Type.Integer(),
  /** Lines that come in. */
  good: Type.Integer(),
  /** Lines with something wrong. */
  bad: Type.Integer(),
  /** The first of them. */
  faults: Type.Array(cellFault, { maxItems: shown }),
  duplicateCount: Type.Integer(),
  duplicates: Type.Array(
    closed({
      line: Type.Integer(),
      like: oneOf(likenesses),
      /** The line that says it first; null: the register does. */
      other: maybe(Type.Integer()),
    }),
    { maxItems: shown },
  ),
}

/** As a file to fill in. The .xlsx holds a sheet that says what goes where. */
export const importTemplate = endpoint({
  get: '/people/imports/template',
  says: 'An empty table of one kind to fill in, with notes',
  who,
  sees: [],
  why: 'register',
  input: closed({ kind: oneOf(importKinds), format: Type.Optional(oneOf(fileFormats)) }),
  output: closed({ name: Type.String(), base64: Type.String() }),
})

/** Nothing is written; of what the register holds only lines and likenesses are told. */
export const importDryRun = endpoint({
  post: '/people/imports/dry-run',
  says: 'What an import would do: what is wrong, and what is there already',
  who,
  sees: [],
  why: 'register',
  bodyBytesMax,
  input: closed(table),
  output: closed({
    ...outcome,
    columns: Type.Array(closed({ title: Type.String(), column: Type.String() })),
    ignored: Type.Array(Type.String()),
    /** Columns that no title stands for, with their titles in the template. */
    unmatched: Type.Array(
      closed({
        column: Type.String(),
        'zh-CN': Type.String(),
        en: Type.String(),
        isNeeded: Type.Boolean(),
      }),
    ),
  }),
})

/** All rows or none. The answer comes at once; how far it is, the other call tells. */
export const importRegister = endpoint({
  post: '/people/imports',
  says: 'Begins to import homes, residents, owners or staff from a file',
  who,
  sees: [],
  why: 'register',
  bodyBytesMax,
  input: closed(table),
  output: closed({ import: rowId() }),
})

export const importStates = ['reading', 'writing', 'done', 'refused', 'failed', 'undone'] as const

export const importProgress = endpoint({
  get: '/people/imports/one',
  says: 'How far an import is, and how it ended',
  who,
  sees: [],
  why: 'register',
  input: closed({ import: rowId() }),
  output: closed({
    import: rowId(),
    kind: oneOf(importKinds),
    state: oneOf(importStates),
    /** Lines that are in; all of them count only once it is done. */
    done: Type.Integer(),
    ...outcome,
    at: instant(),
  }),
})

/** The street's officers see all of the street, everybody else their own. */
export const listImports = endpoint({
  get: '/people/imports',
  says: 'The imports of the last time, the newest first',
  who,
  sees: [],
  why: 'register',
  input: closed({}),
  output: closed({
    imports: Type.Array(
      closed({
        import: rowId(),
        kind: oneOf(importKinds),
        rows: Type.Integer(),
        at: instant(),
        undoneAt: maybe(instant()),
        /** Until then it can be taken back. */
        undoUntil: maybe(instant()),
        byAsker: Type.Boolean(),
      }),
      { maxItems: 100 },
    ),
  }),
})

export const stayReasons = ['changed', 'in-use'] as const

/** What somebody changed or uses since stays, with all of its line. */
export const undoImport = endpoint({
  post: '/people/imports/undo',
  says: 'Takes back everything that an import brought in and nobody changed since',
  who,
  sees: [],
  why: 'register',
  input: closed({ import: rowId() }),
  output: closed({
    /** Lines that are gone again. */
    gone: Type.Integer(),
    stayCount: Type.Integer(),
    stays: Type.Array(closed({ line: Type.Integer(), because: oneOf(stayReasons) }), {
      maxItems: shown,
    }),
  }),
})
