import { Type } from 'typebox'
import {
  closed,
  endpoint,
  id,
  instant,
  maybe,
  oneOf,
  rowId,
  text,
} from '../../../kernel/contract.ts'
import { sensitivePurposes } from '../types.ts'

const inBoth = closed({ 'zh-CN': Type.String(), en: Type.String() })
const seenBy = Type.Array(
  closed({ role: Type.String(), fields: Type.Array(Type.String(), { maxItems: 40 }) }),
  { maxItems: 20 },
)
const held = { title: Type.String(), unit: Type.String() }

/** What is said of a purpose to everybody. */
const said = {
  purpose: Type.String(),
  name: inBoth,
  basis: Type.String(),
  kept: inBoth,
  /** Only where its impact was thought through and is on file. */
  isSensitive: Type.Boolean(),
  /** Only of whom the person agrees. */
  isByConsent: Type.Boolean(),
  seenBy,
}

export const purposesHere = endpoint({
  get: '/privacy/purposes',
  says: 'What the street keeps, why, how long and who sees it; which of it is switched on',
  who: { street: 'street' },
  sees: [],
  why: 'public',
  input: closed({}),
  output: closed({
    purposes: Type.Array(
      closed({
        ...said,
        isOn: Type.Boolean(),
        /** Of the last switch; null: never touched. */
        switched: maybe(closed({ ...held, at: instant() })),
        impact: maybe(
          closed({
            ...{ ...held, impact: rowId(), at: instant() },
            necessity: Type.String(),
            risks: Type.String(),
            measures: Type.String(),
            isCarriedOver: Type.Boolean(),
          }),
        ),
        /** Agreements that would end with it; null: fewer than `least`. */
        agreements: maybe(Type.Integer()),
      }),
      { maxItems: 60 },
    ),
    least: Type.Integer(),
    now: instant(),
  }),
})

const words = text({ min: 10, max: 1_000 })

/** Nothing about a person: the three answers that the law asks for (个保法 56). */
export const writeImpact = endpoint({
  post: '/privacy/impacts',
  says: 'Puts an impact assessment of a sensitive purpose on file',
  who: { street: 'street' },
  sees: [],
  why: 'public',
  input: closed({
    purpose: oneOf(sensitivePurposes),
    necessity: words,
    risks: words,
    measures: words,
  }),
  output: closed({ impact: rowId() }),
})

export const switchPurpose = endpoint({
  post: '/privacy/purposes/switch',
  says: 'Switches a sensitive purpose of the street on, or off with all its agreements',
  who: { street: 'street' },
  sees: [],
  why: 'public',
  input: closed({
    purpose: oneOf(sensitivePurposes),
    isOn: Type.Boolean(),
    /** The newest on file, as whoever switches on has read it. */
    impact: maybe(rowId()),
  }),
  /** `ended`: agreements; null: fewer than `least`. */
  output: closed({
    ...{ isOn: Type.Boolean(), at: instant(), ended: maybe(Type.Integer()) },
    least: Type.Integer(),
  }),
})

/** For everybody, signed in or not; with a street also whether it has switched each on. */
export const whatIsKept = endpoint({
  get: '/privacy/kept',
  says: 'What is kept, why, how long and who sees it; and what a street has switched on',
  who: { anyone: 'open' },
  sees: [],
  why: 'public',
  input: closed({ street: Type.Optional(id('street')) }),
  output: closed({
    purposes: Type.Array(
      closed({
        ...said,
        /** Null: no street was asked about. */
        isOn: maybe(Type.Boolean()),
        streetsOn: Type.Integer(),
      }),
      { maxItems: 60 },
    ),
    now: instant(),
  }),
})
