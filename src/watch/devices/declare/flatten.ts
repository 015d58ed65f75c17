/** One declared field. `on` and `off` are its two values as JSON; `path` leads into the message. */
export type Expose = {
  name: string
  path: string
  type: string
  unit: string | undefined
  on: string | undefined
  off: string | undefined
  values: string[]
  isPublished: boolean
  isSettable: boolean
}

const exposesMax = 1000
const depthMax = 4
const published = 0b001
const settable = 0b010

/**
 * Declared fields without their nesting. The features of a composite lie below its property; those
 * of a light or a lock lie in the message itself. What is not of this form is left out.
 */
export function flatten(exposes: readonly unknown[]): Expose[] {
  const found: Expose[] = []
  collect(exposes, '', 1, found)
  return found
}

function collect(exposes: readonly unknown[], above: string, depth: number, found: Expose[]): void {
  for (const one of exposes) {
    if (found.length >= exposesMax || depth > depthMax) return
    if (typeof one !== 'object' || one === null || Array.isArray(one)) continue
    const raw = one as Record<string, unknown>
    const { type, property, features } = raw
    if (Array.isArray(features)) {
      const isComposite = type === 'composite' && typeof property === 'string'
      if (isComposite && !isPlain(property)) continue
      collect(features, isComposite ? `${above}${property}.` : above, depth + 1, found)
      continue
    }
    const expose = exposeOf(raw, above)
    if (expose) found.push(expose)
  }
}

function exposeOf(raw: Record<string, unknown>, above: string): Expose | undefined {
  const { property, name, type, unit, access } = raw
  if (typeof property !== 'string' || typeof type !== 'string' || !isPlain(property)) return
  const bits = typeof access === 'number' ? access : published
  return {
    // The name is the meaning; a property may have the endpoint's name behind it.
    name: typeof name === 'string' ? name : property,
    path: above + property,
    type,
    unit: typeof unit === 'string' ? unit : undefined,
    on: asJson(raw['value_on']),
    off: asJson(raw['value_off']),
    values: Array.isArray(raw['values'])
      ? raw['values'].filter((value) => typeof value === 'string')
      : [],
    isPublished: (bits & published) !== 0,
    isSettable: (bits & settable) !== 0,
  }
}

/** A path's dots and brackets are its own: a property that has some is not read. */
function isPlain(property: string): boolean {
  return property.length <= 80 && /^[^.[\]]+$/.test(property) && property !== '__proto__'
}

function asJson(value: unknown): string | undefined {
  const isScalar = ['boolean', 'number', 'string'].includes(typeof value)
  return isScalar ? JSON.stringify(value) : undefined
}
