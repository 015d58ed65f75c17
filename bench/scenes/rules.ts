/** Random rules of every leaf and combination, small enough that a scene of hours meets them. */
import { measures, moments, readingStates } from '../../src/watch/devices/index.ts'
import type { DeviceKind, DevicePurpose, Measure } from '../../src/watch/devices/index.ts'
import {
  shippedRules,
  type Definition,
  type RuleInUse,
  type Signal,
  type When,
} from '../../src/watch/scenarios/index.ts'
import type { Draw } from './chance.ts'
import { leavesOf } from './slow/history.ts'

export const street = '310104011'

/** Which kinds serve which purpose here. Personal ones need an agreement. */
export const kindsOfPurpose = {
  'agreed-care': ['motion', 'door-contact'],
  'door-security': ['door-access'],
  'home-safety': ['smoke', 'gas', 'water-leak', 'electrical'],
  'emergency-call': ['sos-button'],
  'public-space': ['camera-event', 'ground'],
  'water-and-power': ['electrical', 'water-leak'],
} as const satisfies Partial<Record<DevicePurpose, readonly DeviceKind[]>>
type JudgedPurpose = keyof typeof kindsOfPurpose

/** `hours`: minutes matter. `days`: what is usual for a place is learned. */
export type Span = 'hours' | 'days'

export function randomRules(draw: Draw, span: Span, count: number): RuleInUse[] {
  return Array.from({ length: count }, (_, i) => {
    const name = `drawn-${'abcdef'[i] ?? 'x'}`
    let definition = randomDefinition(draw, span, name)
    // A rule keeps one clock of life (definition/consent.ts).
    while (silencesOfLife(definition) > 1) definition = randomDefinition(draw, span, name)
    return { key: keyOf(definition.rule, 1), street, definition, isShadow: draw.isLucky(0.2) }
  })
}

function silencesOfLife({ when }: Definition): number {
  return leavesOf(when).filter((leaf) => leaf.is === 'silence' && leaf.signs === null).length
}

/** Leads come from daily sums and not from a stream, so those are not judged here. */
export function someShipped(draw: Draw): RuleInUse[] {
  const streamed = shippedRules().filter(({ definition }) => definition.when.is !== 'peers')
  if (draw.isLucky(0.6)) return []
  return draw.some(streamed, 2).map(({ definition }) => ({
    ...{ key: keyOf(definition.rule, 1), street, definition, isShadow: false },
  }))
}

export function keyOf(rule: string, version: number): string {
  return `${street} ${rule} ${version}`
}

function randomDefinition(draw: Draw, span: Span, rule: string): Definition {
  const purposes = Object.keys(kindsOfPurpose) as [JudgedPurpose, ...JudgedPurpose[]]
  const purpose = span === 'days' ? 'agreed-care' : draw.oneOf(purposes)
  const isPersonal = purpose === 'agreed-care'
  const isEmergency = !isPersonal && draw.isLucky(0.2)
  const consent = isPersonal ? draw.oneOf(['agreed-care', 'wandering-guard'] as const) : null
  const isHealth = !isPersonal && !isEmergency && draw.isLucky(0.08)
  return {
    ...{ rule, consent, isEmergency, local: [], act: 'look', quiet: null },
    purpose: isHealth ? 'device-operation' : purpose,
    per: isHealth
      ? 'device'
      : isPersonal
        ? 'home'
        : draw.oneOf(['device', 'home', 'stair', 'compound']),
    when: isHealth ? healthOf(draw) : randomWhen(draw, span, purpose, isEmergency),
    only: isEmergency ? always : randomOnly(draw),
    isCovered: !isEmergency && !isHealth && draw.isLucky(0.25),
    after: isEmergency || draw.isLucky(0.6) ? once : randomAfter(draw),
    clearsAfterMinutes: draw.oneOf([0, 0, null, 1, 3, draw.between(2, 30)] as const),
    cooldownMinutes: draw.oneOf([0, 0, 2, draw.between(1, 40)] as const),
    steps: [{ tell: 'worker', withinMinutes: 60 }],
    ...{ workMinutes: 30, expiresDays: null, stopsBelow: null, reason: 'drawn' },
  }
}

const once = { times: 1, minutes: 1 }
const always: Definition['only'] = { hours: null, days: 'every-day', season: null }

function randomAfter(draw: Draw): Definition['after'] {
  return { times: draw.between(2, 3), minutes: draw.between(2, 90) }
}

function healthOf(draw: Draw): When {
  const condition = draw.oneOf(['battery-low', 'tampered', 'clock-wrong'] as const)
  return { is: 'health', condition }
}

function randomOnly(draw: Draw): Definition['only'] {
  const hour = () => `${String(draw.between(0, 23)).padStart(2, '0')}:${draw.oneOf(['00', '30'])}`
  return {
    hours: draw.isLucky(0.15) ? { from: hour(), to: hour() } : null,
    days: draw.isLucky(0.85) ? 'every-day' : draw.oneOf(['working-days', 'days-off']),
    season: draw.isLucky(0.06) ? draw.oneOf([summer, turnOfYear]) : null,
  }
}

const summer = { from: '05-01', to: '09-30' }
const turnOfYear = { from: '11-15', to: '03-03' }

function randomWhen(draw: Draw, span: Span, purpose: JudgedPurpose, isEmergency: boolean): When {
  const leaf = () => randomLeaf(draw, span, purpose, isEmergency)
  const inner = () => (draw.isLucky(0.3) ? ({ is: 'not', of: leaf() } as const) : leaf())
  if (draw.isLucky(0.5)) return leaf()
  const is = draw.oneOf(['all', 'any'] as const)
  if (draw.isLucky(0.7)) return { is, of: [leaf(), inner()] }
  const deep = draw.oneOf(['all', 'any'] as const)
  return { is, of: [leaf(), { is: deep, of: [leaf(), inner()] }] }
}

type SimpleWhen = Exclude<When, { is: 'all' } | { is: 'any' } | { is: 'not' }>

function randomLeaf(
  draw: Draw,
  span: Span,
  purpose: JudgedPurpose,
  isEmergency: boolean,
): SimpleWhen {
  if (span === 'days' && draw.isLucky(0.7)) return habitOf(draw, purpose)
  const minutes = span === 'days' ? draw.between(10, 3_000) : draw.between(1, 30)
  // What needs ordered coverage is never an emergency.
  const drawn = draw.between(isEmergency ? 2 : 0, 9)
  if (drawn === 0 && purpose === 'agreed-care') return { is: 'silence', signs: null, minutes }
  if (drawn <= 1) return { is: 'silence', signs: signalsOf(draw, purpose), minutes }
  if (drawn <= 4) return stateOf(draw, purpose)
  if (drawn === 5) return thresholdOf(draw, purpose) ?? stateOf(draw, purpose)
  if (drawn <= 7) {
    return { is: 'count', signal: signalOf(draw, purpose), atLeast: draw.between(1, 4), minutes }
  }
  const [first, then] = [signalOf(draw, purpose), signalOf(draw, purpose)]
  return { is: 'sequence', first, then, minutes }
}

function habitOf(draw: Draw, purpose: JudgedPurpose): SimpleWhen {
  const of = draw.oneOf(['gap', 'count'] as const)
  const signal = draw.isLucky(0.4) ? null : signalOf(draw, purpose)
  const side = of === 'gap' ? 'above' : draw.oneOf(['above', 'below'] as const)
  const percent = side === 'above' ? draw.between(70, 150) : draw.between(50, 130)
  return { is: 'habit', of, signal, side, percent, days: draw.between(2, 7) }
}

function stateOf(draw: Draw, purpose: JudgedPurpose): SimpleWhen {
  const signal = signalOf(draw, purpose)
  const isMoment = signal.states.some((state) => moments.has(state))
  return { is: 'state', signal, minutes: isMoment ? 0 : draw.oneOf([0, draw.between(1, 20)]) }
}

function thresholdOf(draw: Draw, purpose: JudgedPurpose): SimpleWhen | undefined {
  const measure = draw.some(measuresOf(kindsOfPurpose[purpose]), 1)[0]
  if (measure === undefined) return undefined
  const side = draw.oneOf(['above', 'below'] as const)
  return { is: 'threshold', measure, side, number: 50, minutes: draw.oneOf([0, 2, 10]) }
}

export function measuresOf(kinds: readonly DeviceKind[]): Measure[] {
  const known = Object.entries(measures) as [Measure, DeviceKind][]
  return known.filter(([, kind]) => kinds.includes(kind)).map(([measure]) => measure)
}

function signalsOf(draw: Draw, purpose: JudgedPurpose): Signal[] {
  return Array.from({ length: draw.between(1, 2) }, () => signalOf(draw, purpose))
}

function signalOf(draw: Draw, purpose: JudgedPurpose): Signal {
  const kind = draw.oneOf<DeviceKind>(kindsOfPurpose[purpose])
  const states: readonly string[] = readingStates[kind]
  return { kind, states: draw.some(states, Math.max(1, states.length - 1)) }
}
