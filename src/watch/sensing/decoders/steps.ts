import type { Field, Model } from '../../devices/index.ts'

/** A declared field with its path cut into parts, from the message or from an item of its list. */
export type Step = { field: Field; path: readonly string[] }
export type Steps = {
  whole: readonly Step[]
  lists: readonly { path: readonly string[]; steps: readonly Step[] }[]
}

const known = new WeakMap<Model, Steps>()

/** A model's fields, cut once: those of the message itself, and those of each list in it. */
export function stepsOf(model: Model): Steps {
  const before = known.get(model)
  if (before) return before
  const whole: Step[] = []
  const lists = new Map<string, Step[]>()
  for (const field of model.fields) {
    const [outer = '', inner] = field.path.split('[].', 2)
    if (inner === undefined) whole.push({ field, path: outer.split('.') })
    else {
      const steps = lists.get(outer) ?? []
      lists.set(outer, [...steps, { field, path: inner.split('.') }])
    }
  }
  const cut = [...lists].map(([path, steps]) => ({ path: path.split('.'), steps }))
  const steps = { whole, lists: cut }
  known.set(model, steps)
  return steps
}
