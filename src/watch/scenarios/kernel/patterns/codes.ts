import { measures, moments, readingStates, type DeviceKind } from '../../../devices/index.ts'

/** What devices can say, as dense numbers: looked up once, so the hot path compares numbers. */
export type Codes = {
  idOf: Map<string, Map<string, number>>
  kinds: DeviceKind[]
  states: string[]
}

export function createCodes(): Codes {
  const codes: Codes = { idOf: new Map(), kinds: [], states: [] }
  for (const [kind, states] of Object.entries(readingStates)) {
    for (const state of states) codeOf(codes, kind as DeviceKind, state)
  }
  for (const [measure, kind] of Object.entries(measures)) codeOf(codes, kind, measure)
  return codes
}

export function codeOf(codes: Codes, kind: DeviceKind, state: string): number {
  const known = codes.idOf.get(kind)?.get(state)
  if (known !== undefined) return known
  const code = codes.states.length
  const ofKind = codes.idOf.get(kind)
  if (ofKind) ofKind.set(state, code)
  else codes.idOf.set(kind, new Map([[state, code]]))
  codes.kinds.push(kind)
  codes.states.push(state)
  return code
}

/** A state that lasts until another: neither a moment nor a number. */
export function isLasting(state: string): boolean {
  return !moments.has(state) && !Object.hasOwn(measures, state)
}

export function kindOfMeasure(measure: string): DeviceKind | undefined {
  return Object.hasOwn(measures, measure) ? measures[measure as keyof typeof measures] : undefined
}
