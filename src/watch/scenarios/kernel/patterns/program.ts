import { minuteMs } from '../../../../kernel/clock.ts'
import { readingStates, type DeviceKind } from '../../../devices/index.ts'
import type { Definition, Leaf, Signal, When } from '../../definition/index.ts'
import { codeOf, isLasting, kindOfMeasure, type Codes } from './codes.ts'
import { compileOnly, type OnlyTimes } from './only.ts'

/**
 * A leaf as it is judged. `row`: its first number in a subject's row; `cell`: its first number in
 * the row of one bound sensor; `own`: its place among the leaves that each sensor has by itself.
 */
type Part = { at: number; row: number; cell: number; own: number; ms: number; isPositive: boolean }
export type StateLeaf = Part & { is: 'state' }
export type ThresholdLeaf = Part & { is: 'threshold'; isAbove: boolean; number: number }
export type CountLeaf = Part & { is: 'count'; atLeast: number }
export type SequenceLeaf = Part & { is: 'sequence' }
export type SilenceLeaf = Part & { is: 'silence'; kinds: ReadonlySet<DeviceKind> }
export type LifeLeaf = Part & { is: 'life' }
export type HabitLeaf = Part & {
  is: 'habit'
  of: 'gap' | 'count' | 'use'
  isLife: boolean
  isAbove: boolean
  percent: number
  days: number
  /** Of `use`: the counters, each with a number in the cell. */
  counters: number[]
}
export type HealthLeaf = Part & { is: 'health'; condition: string }
export type PatternLeaf =
  | StateLeaf
  | ThresholdLeaf
  | CountLeaf
  | SequenceLeaf
  | SilenceLeaf
  | LifeLeaf
  | HabitLeaf
  | HealthLeaf

/** What a fact does to a leaf. `enters`, `leaves`: a lasting state; `happens`: a moment. */
export type Role = 'enters' | 'leaves' | 'happens' | 'says' | 'first' | 'then'
export type Touch = { leaf: PatternLeaf; role: Role }

export type Expression =
  | { is: 'leaf'; at: number }
  | { is: 'not'; of: Expression }
  | { is: 'all' | 'any'; of: Expression[] }

export type Program = {
  leaves: PatternLeaf[]
  expression: Expression
  only: OnlyTimes | null
  isCovered: boolean
  /** By code of a fact. Undefined: the rule does not care. */
  touches: (Touch[] | undefined)[]
  /** Leaves that a sign of life touches, whatever it was. */
  lifeLeaves: PatternLeaf[]
  /** Leaves that every message matters to, since it shows what was covered. */
  hearing: PatternLeaf[]
  /** The shortest silence of life: the core is armed with it. */
  life: LifeLeaf | null
  lives: LifeLeaf[]
  health: HealthLeaf[]
  /** Kinds of sensors that it binds; null: all. */
  kinds: ReadonlySet<DeviceKind> | null
  rowSize: number
  cellSize: number
  ownSize: number
  times: number
  withinMs: number
  /** null: only a person ends it. */
  clearsMs: number | null
  cooldownMs: number
}

/**
 * Numbers that every subject has. `due`: when it is looked at by time. `began`: nothing before it
 * counts. `heardFrom`: messages before it were not heard (an agreement). `endedAt`, `falseSince`,
 * `joinedAt`, `judgedAt`: when its matter ended, when it ceased to be so, when a further edge was
 * told, when it was looked at last. `edges`: a ring of `times`, where more than one is needed.
 */
export const header = {
  due: 0,
  began: 1,
  heardFrom: 2,
  endedAt: 3,
  falseSince: 4,
  joinedAt: 5,
  judgedAt: 6,
  edges: 7,
} as const
/** Numbers that every bound sensor has: when a finding last named it. */
export const cellHeader = { namedAt: 0, size: 1 } as const

const lifeKinds: readonly DeviceKind[] = ['motion', 'door-contact', 'door-access']
export const partsOfDay = 4

/** `peers` is judged once a day from sums and not from the stream: undefined. */
export function compile(definition: Definition, codes: Codes): Program | undefined {
  const { after, clearsAfterMinutes, cooldownMinutes } = definition
  const program: Program = {
    leaves: [],
    expression: { is: 'all', of: [] },
    only: compileOnly(definition.only),
    isCovered: definition.isCovered,
    touches: [],
    lifeLeaves: [],
    hearing: [],
    life: null,
    lives: [],
    health: [],
    kinds: kindsOf(definition),
    rowSize: header.edges + (after.times > 1 ? after.times : 0),
    cellSize: cellHeader.size,
    ownSize: 0,
    times: after.times,
    withinMs: after.minutes * minuteMs,
    clearsMs: clearsAfterMinutes === null ? null : clearsAfterMinutes * minuteMs,
    cooldownMs: cooldownMinutes * minuteMs,
  }
  const expression = expressionOf(program, definition.when, true, codes)
  if (!expression) return undefined
  return { ...program, expression }
}

export function holds(expression: Expression, truth: Uint8Array, from: number): boolean {
  switch (expression.is) {
    case 'leaf':
      return truth[from + expression.at] === 1
    case 'not':
      return !holds(expression.of, truth, from)
    case 'all':
      for (const part of expression.of) if (!holds(part, truth, from)) return false
      return true
    case 'any':
      for (const part of expression.of) if (holds(part, truth, from)) return true
      return false
    default:
      return expression satisfies never
  }
}

function expressionOf(
  program: Program,
  when: When,
  isPositive: boolean,
  codes: Codes,
): Expression | undefined {
  switch (when.is) {
    case 'all':
    case 'any': {
      const of = when.of.map((part) => expressionOf(program, part, isPositive, codes))
      const known = of.filter((part) => part !== undefined)
      return known.length === of.length ? { is: when.is, of: known } : undefined
    }
    case 'not': {
      const of = expressionOf(program, when.of, !isPositive, codes)
      return of && { is: 'not', of }
    }
    default:
      return addLeaf(program, when, isPositive, codes)
  }
}

function addLeaf(
  program: Program,
  leaf: Leaf,
  isPositive: boolean,
  codes: Codes,
): Expression | undefined {
  const ms = 'minutes' in leaf ? leaf.minutes * minuteMs : 0
  const { rowSize: row, cellSize: cell, ownSize: own } = program
  const part: Part = { at: program.leaves.length, row, cell, own, ms, isPositive }
  const made = leafOf(program, leaf, part, codes)
  if (!made) return undefined
  program.leaves.push(made)
  return { is: 'leaf', at: made.at }
}

function leafOf(program: Program, leaf: Leaf, part: Part, codes: Codes): PatternLeaf | undefined {
  switch (leaf.is) {
    case 'state':
      return stateLeaf(program, leaf.signal, part, codes)
    case 'threshold': {
      const { measure, number, side } = leaf
      const made = { ...part, is: leaf.is, isAbove: side === 'above', number } as const
      const kind = kindOfMeasure(measure)
      if (kind) touch(program, codeOf(codes, kind, measure), made, 'says')
      return ownLeaf(program, made, 2)
    }
    case 'count': {
      const made = { ...part, is: leaf.is, atLeast: leaf.atLeast } as const
      program.rowSize += 1 + 2 * leaf.atLeast
      return touchAll(program, leaf.signal, made, 'says', codes)
    }
    case 'sequence': {
      const made = { ...part, is: leaf.is } as const
      program.rowSize += 2
      touchAll(program, leaf.first, made, 'first', codes)
      return touchAll(program, leaf.then, made, 'then', codes)
    }
    case 'silence':
      return leaf.signs === null ? lifeLeaf(program, part) : signsLeaf(program, leaf, part, codes)
    case 'habit':
      return habitLeaf(program, leaf, part, codes)
    case 'health': {
      const made = { ...part, is: leaf.is, condition: leaf.condition } as const
      program.health.push(made)
      return ownLeaf(program, made, 1)
    }
    case 'peers':
      return undefined
    default:
      return leaf satisfies never
  }
}

function stateLeaf(program: Program, signal: Signal, part: Part, codes: Codes): StateLeaf {
  const made = { ...part, is: 'state' } as const
  const all = new Set<string>([...readingStates[signal.kind], ...signal.states])
  for (const state of all) {
    const isMeant = signal.states.includes(state)
    const code = codeOf(codes, signal.kind, state)
    if (isLasting(state)) touch(program, code, made, isMeant ? 'enters' : 'leaves')
    else if (isMeant) touch(program, code, made, 'happens')
  }
  return ownLeaf(program, made, 4)
}

function lifeLeaf(program: Program, part: Part): LifeLeaf {
  const made = { ...part, is: 'life' } as const
  program.rowSize += 2
  program.lifeLeaves.push(made)
  program.hearing.push(made)
  program.lives.push(made)
  if (!program.life || made.ms < program.life.ms) program.life = made
  return made
}

function signsLeaf(
  program: Program,
  { signs }: Extract<Leaf, { is: 'silence' }>,
  part: Part,
  codes: Codes,
): SilenceLeaf {
  const kinds = new Set((signs ?? []).map(({ kind }) => kind))
  const made = { ...part, is: 'silence', kinds } as const
  program.rowSize += 2
  program.hearing.push(made)
  for (const sign of signs ?? []) touchAll(program, sign, made, 'says', codes)
  return made
}

function habitLeaf(
  program: Program,
  { of, signal, side, percent, days }: Extract<Leaf, { is: 'habit' }>,
  part: Part,
  codes: Codes,
): HabitLeaf {
  const made = {
    ...({ ...part, is: 'habit', of, isLife: signal === null } as const),
    ...{ isAbove: side === 'above', percent, days },
    counters: (signal?.states ?? []).map((state) => codeOf(codes, signal?.kind ?? 'ground', state)),
  }
  program.rowSize += of === 'gap' ? 4 + 3 * partsOfDay : 5
  program.hearing.push(made)
  if (of === 'use') program.cellSize += made.counters.length
  if (signal === null) program.lifeLeaves.push(made)
  else touchAll(program, signal, made, 'says', codes)
  return made
}

/** A leaf that each sensor has by itself; true where it is so for one of them. */
function ownLeaf<L extends PatternLeaf>(program: Program, leaf: L, numbers: number): L {
  program.cellSize += numbers
  program.ownSize++
  return leaf
}

function touchAll<L extends PatternLeaf>(
  program: Program,
  signal: Signal,
  leaf: L,
  role: Role,
  codes: Codes,
): L {
  for (const state of signal.states) touch(program, codeOf(codes, signal.kind, state), leaf, role)
  return leaf
}

function touch(program: Program, code: number, leaf: PatternLeaf, role: Role): void {
  const touches = program.touches[code] ?? []
  // One leaf may name a state twice, in two of its signals.
  if (touches.some((one) => one.leaf === leaf && one.role === role)) return
  program.touches[code] = [...touches, { leaf, role }]
}

function kindsOf({ when }: Definition): ReadonlySet<DeviceKind> | null {
  const kinds = new Set<DeviceKind>()
  addKinds(when, kinds)
  return kinds.size === 0 ? null : kinds
}

function addKinds(when: When, kinds: Set<DeviceKind>): void {
  const add = (more: readonly DeviceKind[]) => more.forEach((kind) => kinds.add(kind))
  switch (when.is) {
    case 'all':
    case 'any':
      return when.of.forEach((part) => addKinds(part, kinds))
    case 'not':
      return addKinds(when.of, kinds)
    case 'silence':
      return add(when.signs?.map(({ kind }) => kind) ?? lifeKinds)
    case 'habit':
      return add(when.signal ? [when.signal.kind] : lifeKinds)
    case 'state':
    case 'count':
      return add([when.signal.kind])
    case 'sequence':
      return add([when.first.kind, when.then.kind])
    case 'threshold': {
      const kind = kindOfMeasure(when.measure)
      return add(kind ? [kind] : [])
    }
    case 'health':
    case 'peers':
      return undefined
    default:
      return when satisfies never
  }
}
