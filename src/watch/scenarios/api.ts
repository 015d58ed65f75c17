import { Type } from 'typebox'
import { closed, endpoint, instant, maybe, oneOf, text } from '../../kernel/contract.ts'
import { outcomes } from '../../kernel/event.ts'
import { definition } from './definition/index.ts'
import { versionStates, workshopActs } from './types.ts'

const desk = { committee: 'committee', street: 'street' } as const
const name = Type.String({ pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+){0,5}$', maxLength: 60 })
const version = Type.Integer({ minimum: 1, maximum: 100_000 })
const reason = text({ min: 1, max: 500 })
const counted = Type.Array(closed({ outcome: oneOf(outcomes), count: Type.Integer() }))
const held = closed({ title: Type.String(), unit: Type.String() })
const numbered = maybe(closed({ version: Type.Integer(), since: instant() }))

/** What is wrong with a rule, and where: a path into it and a word of a closed list. */
const problems = Type.Array(
  closed({
    field: Type.String(),
    because: Type.String(),
    more: Type.Optional(Type.Union([Type.String(), Type.Number()])),
  }),
  { maxItems: 100 },
)
/** A rule, or a part of one, as JSON text: what is wrong in it is answered field by field. */
const asJson = Type.String({ minLength: 1, maxLength: 65_536 })
const madeOrNot = closed({ version: maybe(Type.Integer()), problems })

/** The street's rules and how their findings ended. */
export const listRules = endpoint({
  get: '/scenarios/rules',
  says: 'The street’s rules, with what people found in the last 90 days',
  who: desk,
  sees: [],
  why: 'operation',
  input: closed({}),
  output: closed({
    rules: Type.Array(
      closed({
        rule: Type.String(),
        purpose: Type.String(),
        act: Type.String(),
        isEmergency: Type.Boolean(),
        inForce: numbered,
        draft: numbered,
        shadow: numbered,
        findings90: Type.Integer(),
        outcomes90: counted,
        /** Sensor fault, wrong home or hazard false, of all outcomes; null without any. */
        misleadingPercent: maybe(Type.Number()),
        isFlagged: Type.Boolean(),
      }),
      { maxItems: 200 },
    ),
    mayChange: Type.Boolean(),
    now: instant(),
  }),
})

export const oneRule = endpoint({
  get: '/scenarios/rule',
  says: 'One rule with its versions, who changed what and why, and its scores',
  who: desk,
  sees: [],
  why: 'operation',
  input: closed({ rule: name }),
  output: closed({
    rule: Type.String(),
    versions: Type.Array(
      closed({
        version: Type.Integer(),
        state: oneOf(versionStates),
        definition,
        madeBy: maybe(held),
        madeAt: instant(),
        reason: Type.String(),
        reviewedBy: maybe(held),
        inForceFrom: maybe(instant()),
        inForceTo: maybe(instant()),
        basedOn: maybe(Type.Integer()),
        /** Against the version it was made from, as JSON; null: not there. */
        changes: Type.Array(
          closed({ field: Type.String(), from: maybe(asJson), to: maybe(asJson) }),
        ),
        steps: Type.Array(
          closed({
            act: oneOf(workshopActs),
            at: instant(),
            by: maybe(held),
            reason: Type.String(),
          }),
        ),
        findings: Type.Integer(),
        shadowFindings: Type.Integer(),
        outcomes: counted,
        /** Whether it is the asker’s own: then another person has to approve it. */
        isMine: Type.Boolean(),
      }),
      { maxItems: 500 },
    ),
    reasons: maybe(closed({ zh: Type.String(), en: Type.String() })),
    /** Per version, neighbourhood and month ('2026-11'). False visits: per 1,000 homes a week. */
    scores: Type.Array(
      closed({
        version: Type.Integer(),
        committee: Type.String(),
        name: Type.String(),
        month: Type.String(),
        outcomes: counted,
        misleadingPercent: maybe(Type.Number()),
        falseVisits: maybe(Type.Number()),
        homes: Type.Integer(),
      }),
      { maxItems: 2_000 },
    ),
    committees: Type.Array(closed({ committee: Type.String(), name: Type.String() })),
    /** Among checked findings, how many were right; and how many lie below the rule’s own floor. */
    hitRate: maybe(closed({ right: Type.Integer(), checked: Type.Integer() })),
    mayChange: Type.Boolean(),
    now: instant(),
  }),
})

export const checkRule = endpoint({
  post: '/scenarios/check',
  says: 'Says what is wrong with a rule, field by field, and keeps nothing',
  who: desk,
  sees: [],
  why: 'operation',
  input: closed({ definition: asJson }),
  output: closed({ problems }),
})

export const draftRule = endpoint({
  post: '/scenarios/draft',
  says: 'Keeps a changed rule as a draft; nothing is judged by it yet',
  who: { street: 'street' },
  sees: [],
  why: 'operation',
  input: closed({ definition: asJson, basedOn: maybe(version), reason }),
  output: madeOrNot,
})

/** One step in the life of a version. `roll-back` makes a new version of an older one. */
export const act = endpoint({
  post: '/scenarios/act',
  says: 'Lets a version run in shadow, sends it for review, switches it on or off, rolls back',
  who: { street: 'street' },
  sees: [],
  why: 'operation',
  input: closed({ rule: name, version, act: oneOf(workshopActs), reason }),
  output: closed({ version: Type.Integer(), state: oneOf(versionStates) }),
})

const perDay = closed({
  day: Type.String(),
  committee: Type.String(),
  draft: Type.Integer(),
  inForce: Type.Integer(),
  source: oneOf(['simulated', 'stored']),
})
/** `unknown`: nobody went, so nobody knows. `caught`, `missed`: of what needed somebody. */
const side = closed({
  visits: Type.Integer(),
  asks: Type.Integer(),
  perDay: Type.Number(),
  workerHours: Type.Number(),
  caught: Type.Integer(),
  missed: Type.Integer(),
  unknown: Type.Integer(),
  outcomes: counted,
  daysOverCapacity: Type.Integer(),
  falseVisitsPer1000HomesWeek: maybe(Type.Number()),
})

/** What a version would have meant, beside the one in force; says what of it is simulated. */
export const tryRule = endpoint({
  post: '/scenarios/try',
  says: 'Lets a version and the one in force judge the same days, and counts visits and hours',
  who: { street: 'street' },
  sees: [],
  why: 'operation',
  input: closed({
    definition: asJson,
    days: Type.Integer({ minimum: 1, maximum: 365 }),
    capacityPerDay: Type.Integer({ minimum: 1, maximum: 1_000 }),
    seed: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  }),
  output: closed({
    problems,
    result: maybe(
      closed({
        from: Type.String(),
        to: Type.String(),
        days: Type.Array(perDay, { maxItems: 40_000 }),
        draft: side,
        inForce: maybe(side),
        known: Type.Integer(),
        simulatedPercent: Type.Integer(),
        storedFrom: maybe(instant()),
        homes: Type.Integer(),
        capacityPerDay: Type.Integer(),
      }),
    ),
  }),
})

export const exportRules = endpoint({
  get: '/scenarios/export',
  says: 'The rules in force as JSON, after the published schema',
  who: desk,
  sees: [],
  why: 'operation',
  input: closed({}),
  output: closed({ text: Type.String() }),
})

export const importRules = endpoint({
  post: '/scenarios/import',
  says: 'Takes rules in as drafts, all or none',
  who: { street: 'street' },
  sees: [],
  why: 'operation',
  input: closed({ text: Type.String({ minLength: 2, maxLength: 262_144 }), reason }),
  // The text as JSON text: each quote and line of it is two characters.
  bodyBytesMax: 640 * 1024,
  output: closed({
    made: Type.Array(closed({ rule: Type.String(), version: Type.Integer() })),
    problems,
  }),
})

/** The published schema of a rule (JSON Schema 2020-12). */
export const ruleSchema = endpoint({
  get: '/scenarios/schema',
  says: 'The JSON Schema of a rule',
  who: { anyone: 'open' },
  sees: [],
  why: 'public',
  input: closed({}),
  output: closed({ text: Type.String() }),
})
