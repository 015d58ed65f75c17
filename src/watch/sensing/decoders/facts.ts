import type { DeviceKind } from '../../devices/index.ts'
import type { Fact } from '../types.ts'

/** The quiet states, each with those that it is the quiet of. */
const quiet: Readonly<Partial<Record<DeviceKind, Readonly<Record<string, readonly string[]>>>>> = {
  'door-contact': { closed: ['open'] },
  motion: { clear: ['occupied'] },
  smoke: { clear: ['alarm'] },
  gas: { clear: ['alarm'] },
  'water-leak': { dry: ['wet'] },
  electrical: { normal: ['overload', 'overheated', 'arc'] },
  'camera-event': { clear: ['e-bike-in-lift', 'fire-lane-blocked', 'bin-overflowing'] },
  ground: { free: ['occupied'], upright: ['tilted'], still: ['moved'] },
}

export function isLoud(fact: Fact): boolean {
  return fact.value === null && louder(fact) === undefined
}

function louder({ kind, state }: Fact): readonly string[] | undefined {
  return quiet[kind]?.[state]
}

/**
 * The facts of several fields as those of one device: each once, and quiet only if none is loud.
 * One probe of three is wet: the device is wet. Loud ones come first, numbers last.
 * `isWhole` says whether every field that could say this was heard.
 */
export function settle(facts: readonly Fact[], isWhole: (fact: Fact) => boolean): Fact[] {
  const states = facts.filter(({ value }) => value === null)
  const unique = states.filter((fact, at) => states.findIndex((one) => isSame(one, fact)) === at)
  const quieter = unique.filter((fact) => {
    const against = louder(fact)
    if (against === undefined) return false
    const isContradicted = unique.some(
      ({ kind, state }) => kind === fact.kind && against.includes(state),
    )
    return !isContradicted && isWhole(fact)
  })
  return [...unique.filter(isLoud), ...quieter, ...facts.filter(({ value }) => value !== null)]
}

function isSame(one: Fact, other: Fact): boolean {
  return one.kind === other.kind && one.state === other.state
}
