/** Few different lengths of time are in use, so a row keeps two bytes that say which. */
export type Limits = { ms: number[]; idOf: Map<number, number> }

const limitsMax = 65_536

export function createLimits(): Limits {
  return { ms: [], idOf: new Map() }
}

/**
 * The id of a length of time.
 * @throws RangeError where it is not a positive number, or more than 65,536 are in use
 */
export function limitId(limits: Limits, name: string, ms: number): number {
  const known = limits.idOf.get(ms)
  if (known !== undefined) return known
  if (!(ms > 0 && ms < Infinity)) throw new RangeError(`${name} must be a positive number`)
  if (limits.ms.length === limitsMax) throw new RangeError(`too many different ${name}`)
  limits.idOf.set(ms, limits.ms.length)
  return limits.ms.push(ms) - 1
}
