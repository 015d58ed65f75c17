import type {
  Definition,
  Leaf,
  Signal,
  When,
} from '../../../src/watch/scenarios/definition/types.ts'
import { whyNotTried } from './preconditions.ts'
import {
  afterSaid,
  clearsSaid,
  cooldownSaid,
  expiresSaid,
  hoursSaid,
  isMoment,
  lengthSaid,
  numberSaid,
  quietSaid,
  seasonSaid,
  signalSaid,
  signsSaid,
  stopsSaid,
  type Speech,
} from './said.ts'

/** How a token is changed. `min`, `max`: whole numbers as they stand in the rule. */
export type Edit =
  | { as: 'minutes'; isZeroFine: boolean }
  | { as: 'choice'; of: string; isTruth?: true }
  | { as: 'number'; min: number; max: number; measure?: string }
  | { as: 'days' }
  | { as: 'signal' | 'signs' | 'measure' | 'measures' | 'text' }
  | { as: 'hours'; isQuiet: boolean }
  | { as: 'season' | 'after' | 'clears' | 'cooldown' | 'expires' | 'stops' }

/** Something in the sentence that can be changed: where it stands in the rule, and what it says. */
export type Token = { field: string; says: string; edit: Edit }
export type Part = string | Token
/** `node`: the condition that the line says, by its path; it can be replaced as a whole. */
export type Line = {
  depth: number
  parts: Part[]
  node?: string
  /** A step may be added after this line, to the list at this path. */
  list?: string
  /** How it ends and what it costs: said smaller. */
  isSmall?: true
}

const dayMinutes = 1_440

type Slots = Record<string, Part | Part[]>

/** A rule as a sentence, line by line: the same data in both languages. */
export function sentenceOf(rule: Definition, speech: Speech): Line[] {
  const { lines } = speech.words
  const say = (template: string, slots: Slots, depth = 0): Line => ({
    depth,
    parts: fill(template, slots),
  })
  return [
    say(rule.consent === null ? lines.forEvery : lines.forAgreed, {
      per: choice('per', rule.per, 'per', speech),
      consent: rule.consent === null ? '' : choice('consent', rule.consent, 'consent', speech),
    }),
    ...begun(whenLines(rule.when, 'when', 0, speech), lines.if, speech.words.comma.trim()),
    {
      ...say(lines.covered, { isCovered: truth('isCovered', rule.isCovered, speech) }),
      ...(rule.isCovered ? {} : { isSmall: true as const }),
    },
    whenever(rule, speech),
    {
      ...say(lines.after, {
        after: token('after', afterSaid(rule.after, speech), { as: 'after' }),
      }),
      ...(rule.after.times === 1 ? { isSmall: true as const } : {}),
    },
    ...stepLines(rule, 'steps', rule.steps, speech),
    ...endLines(rule, speech),
  ]
}

/** At which times it is looked at; at all times is said smaller. */
function whenever({ only }: Definition, speech: Speech): Line {
  const isAlways = only.days === 'every-day' && only.hours === null && only.season === null
  return {
    depth: 0,
    parts: fill(speech.words.lines.only, {
      days: choice('only.days', only.days, 'days', speech),
      hours: token('only.hours', hoursSaid(only.hours, speech), { as: 'hours', isQuiet: false }),
      season: token('only.season', seasonSaid(only.season, speech), { as: 'season' }),
    }),
    ...(isAlways ? { isSmall: true as const } : {}),
  }
}

/** What is said below the main sentence: how it ends, how often, what it costs, why. */
function endLines(rule: Definition, speech: Speech): Line[] {
  const { lines } = speech.words
  const say = (template: string, slots: Slots): Line => ({
    depth: 0,
    parts: fill(template, slots),
    isSmall: true,
  })
  const { clearsAfterMinutes: clears, cooldownMinutes: cooldown } = rule
  const isLead = rule.expiresDays !== null || rule.stopsBelow !== null
  return [
    say(lines.quiet, {
      quiet: token('quiet', quietSaid(rule.quiet, speech), { as: 'hours', isQuiet: true }),
    }),
    say(lines.urgent, { isEmergency: truth('isEmergency', rule.isEmergency, speech) }),
    say(lines.clears, {
      clears: token('clearsAfterMinutes', clearsSaid(clears, speech), { as: 'clears' }),
    }),
    say(lines.cooldown, {
      cooldown: token('cooldownMinutes', cooldownSaid(cooldown, speech), { as: 'cooldown' }),
    }),
    ...(isLead
      ? [
          say(lines.expires, {
            expiresDays: token('expiresDays', expiresSaid(rule.expiresDays, speech), {
              as: 'expires',
            }),
            stops: token('stopsBelow', stopsSaid(rule.stopsBelow, speech), { as: 'stops' }),
          }),
        ]
      : []),
    ...(whyNotTried(rule)
      ? []
      : [say(lines.work, { workMinutes: minutes('workMinutes', rule.workMinutes, speech) })]),
    say(lines.reason, {
      reason: token('reason', rule.reason === '' ? speech.words.reasonNone : rule.reason, {
        as: 'text',
      }),
    }),
  ]
}

/** What one neighbourhood does otherwise. */
export function localLines(rule: Definition, at: number, speech: Speech): Line[] {
  const local = rule.local[at]
  if (!local) return []
  const field = `local.${at}`
  const quiet = token(`${field}.quiet`, quietSaid(local.quiet, speech), {
    as: 'hours',
    isQuiet: true,
  })
  return [
    ...stepLines(rule, `${field}.steps`, local.steps, speech),
    { depth: 0, parts: fill(speech.words.lines.quiet, { quiet }), isSmall: true },
  ]
}

/** Who is told, one after the other; each waits for the one before. */
function stepLines(
  rule: Definition,
  field: string,
  steps: Definition['steps'],
  speech: Speech,
): Line[] {
  const { lines } = speech.words
  return steps.map((step, at) => {
    const isLast = at === steps.length - 1
    const isFirst = at === 0
    const template = isLast
      ? isFirst
        ? lines.last
        : lines.lastNext
      : isFirst
        ? lines.waits
        : lines.waitsNext
    return {
      depth: 0,
      parts: fill(template, {
        tell: choice(`${field}.${at}.tell`, step.tell, 'tell', speech),
        within: within(`${field}.${at}.withinMinutes`, step.withinMinutes, rule.act, speech),
        act: choice('act', rule.act, 'act', speech),
      }),
      ...(isLast ? { list: field } : {}),
    }
  })
}

/** A condition. A joined one says first whether all or one of its parts has to hold. */
function whenLines(when: When, field: string, depth: number, speech: Speech): Line[] {
  const { lines } = speech.words
  switch (when.is) {
    case 'all':
    case 'any': {
      const isAll = when.is === 'all'
      // the whole of it needs no heading: "if … and …" says it
      const isWhole = isAll && depth === 0
      const word = isAll ? lines.and : lines.or
      const inner = when.of.map((one, at) =>
        whenLines(one as When, `${field}.of.${at}`, isWhole ? 0 : depth + 1, speech),
      )
      return [
        ...(isWhole ? [] : [{ depth, parts: [isAll ? lines.allOf : lines.anyOf], node: field }]),
        ...inner.flatMap((one, at) =>
          begun(one, at === 0 ? '' : word, at < inner.length - 1 ? speech.words.comma.trim() : ''),
        ),
      ]
    }
    case 'not': {
      const [line, ...rest] = whenLines(when.of, `${field}.of`, depth, speech)
      const parts = [lines.not, ...(line?.parts ?? [])]
      return [{ depth, parts, node: field }, ...rest]
    }
    default:
      return [{ depth, parts: leafParts(when, field, speech), node: field }]
  }
}

/** One condition in words: what it looks at, for how long, how often. */
export function leafParts(leaf: Leaf, field: string, speech: Speech): Part[] {
  const { lines } = speech.words
  const at = (name: string) => `${field}.${name}`
  switch (leaf.is) {
    case 'silence':
      return fill(lines.silence, {
        minutes: minutes(at('minutes'), leaf.minutes, speech),
        signs: token(at('signs'), signsSaid(leaf.signs, speech), { as: 'signs' }),
      })
    case 'state':
      return fill(isMoment(leaf.signal) ? lines.moment : lines.state, {
        signal: signal(at('signal'), leaf.signal, speech),
        minutes: lasting(at('minutes'), leaf.minutes, speech),
      })
    case 'threshold':
      return fill(lines.threshold, {
        measure: token(at('measure'), speech.words.measure(leaf.measure), { as: 'measure' }),
        side: choice(at('side'), leaf.side, 'side', speech),
        number: token(at('number'), numberSaid(leaf.number, leaf.measure), {
          as: 'number',
          ...{ min: -1_000_000_000, max: 1_000_000_000, measure: leaf.measure },
        }),
        minutes: lasting(at('minutes'), leaf.minutes, speech),
      })
    case 'count':
      return fill(lines.count, {
        minutes: minutes(at('minutes'), leaf.minutes, speech),
        signal: signal(at('signal'), leaf.signal, speech),
        atLeast: token(at('atLeast'), speech.words.times(leaf.atLeast), {
          as: 'number',
          ...{ min: 1, max: 100 },
        }),
      })
    case 'sequence':
      return fill(lines.sequence, {
        first: signal(at('first'), leaf.first, speech),
        minutes: minutes(at('minutes'), leaf.minutes, speech),
        then: signal(at('then'), leaf.then, speech),
      })
    case 'health':
      return fill(lines.health, {
        condition: choice(at('condition'), leaf.condition, 'condition', speech),
      })
    case 'habit':
    case 'peers':
      return comparingParts(leaf, at, speech)
    default:
      return leaf satisfies never
  }
}

/** What is measured against something else: the home's own days, or the homes of its building. */
function comparingParts(
  leaf: Extract<Leaf, { is: 'habit' | 'peers' }>,
  at: (name: string) => string,
  speech: Speech,
): Part[] {
  const { words } = speech
  const percent = token(at('percent'), words.percent(leaf.percent), {
    as: 'number',
    ...{ min: 1, max: 10_000 },
  })
  const days = token(at('days'), words.days(leaf.days), { as: 'days' })
  if (leaf.is === 'peers') {
    return fill(words.lines.peers, {
      measures: token(at('measures'), leaf.measures.map(words.measure).join(words.andList), {
        as: 'measures',
      }),
      ...{ percent, days },
      ofDays: token(at('ofDays'), words.days(leaf.ofDays), { as: 'days' }),
      peersMin: token(at('peersMin'), words.homes(leaf.peersMin), {
        as: 'number',
        ...{ min: 10, max: 1_000 },
      }),
    })
  }
  const { habitGap, habitCount, habitUse } = words.lines
  const template = { gap: habitGap, count: habitCount, use: habitUse }[leaf.of]
  const side = choice(at('side'), leaf.side, 'side', speech)
  const sign: Part = leaf.signal
    ? token(at('signal'), signalSaid(leaf.signal, speech), { as: 'signal' })
    : words.anySign
  return fill(template, { side, percent, days, signal: sign })
}

/** All words of a line without their marks: for whoever only reads, and for differences. */
export function lineSaid(line: Pick<Line, 'parts'>): string {
  return line.parts.map((part) => (typeof part === 'string' ? part : part.says)).join('')
}

/** A template with its `{slots}` filled; what is empty leaves nothing behind. */
function fill(template: string, slots: Slots): Part[] {
  return template
    .split(/(\{\w+\})/)
    .flatMap((piece) => {
      const name = /^\{(\w+)\}$/.exec(piece)?.[1]
      return name === undefined ? [piece] : [slots[name] ?? []].flat()
    })
    .filter((part) => part !== '')
}

/** Lines with a word before the first and a mark after the last. */
function begun(lines: Line[], word: string, mark: string): Line[] {
  const last = lines.length - 1
  return lines.map((line, at) => ({
    ...line,
    parts: [
      ...(at === 0 && word !== '' ? [word] : []),
      ...line.parts,
      ...(at === last && mark !== '' ? [mark] : []),
    ],
  }))
}

function token(field: string, says: string, edit: Edit): Token {
  return { field, says, edit }
}

function choice(field: string, value: string, of: string, { words }: Speech): Token {
  return token(field, words.choices[of]?.[value] ?? value, { as: 'choice', of })
}

function truth(field: string, value: boolean, { words }: Speech): Token {
  const says = words.choices[field]?.[String(value)] ?? String(value)
  return token(field, says, { as: 'choice', of: field, isTruth: true })
}

function minutes(field: string, value: number, speech: Speech): Token {
  return token(field, lengthSaid(value, speech), { as: 'minutes', isZeroFine: false })
}

/** Whole days of a repair or of a check at home are working days. */
function within(field: string, value: number, act: Definition['act'], speech: Speech): Token {
  const isWorked = (act === 'repair' || act === 'check-home') && value % dayMinutes === 0
  return isWorked
    ? token(field, speech.words.workingDays(value / dayMinutes), {
        as: 'minutes',
        isZeroFine: false,
      })
    : minutes(field, value, speech)
}

/** How long something has to last; nought is at once. */
function lasting(field: string, value: number, speech: Speech): Token {
  const { atOnce, lasts } = speech.words
  const says = value === 0 ? atOnce : lasts(lengthSaid(value, speech))
  return token(field, says, { as: 'minutes', isZeroFine: true })
}

function signal(field: string, value: Signal, speech: Speech): Token {
  return token(field, signalSaid(value, speech), { as: 'signal' })
}
