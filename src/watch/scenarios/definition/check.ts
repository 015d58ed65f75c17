import { wrongAct } from './acts.ts'
import { wrongConsent } from './consent.ts'
import { leavesOf, wrongLeaf } from './leaves.ts'
import type { CheckContext, CheckedDefinition, Problem } from './types.ts'
import { wrongCrowding, wrongHealth } from './purposes.ts'
import { definition as schema, type Definition } from './schema.ts'
import { wrongShape } from './shape.ts'
import { wrongSteps } from './steps.ts'
import { wrongWords } from './words.ts'

export type Checked =
  | { checked: CheckedDefinition; problems: [] }
  | { checked: undefined; problems: Problem[] }

const problemsMax = 50

/**
 * A value that somebody would have as a rule: checked, or everything that is wrong with it, each at
 * its field. First the shape; only of a sound one is asked what it says.
 */
export function checkDefinition(value: unknown, context: CheckContext): Checked {
  const problems = problemsOf(value, context).slice(0, problemsMax)
  if (problems.length > 0) return { checked: undefined, problems }
  return { checked: freeze(structuredClone(value) as CheckedDefinition), problems: [] }
}

function problemsOf(value: unknown, context: CheckContext): Problem[] {
  const wrong = wrongShape(value, schema)
  if (wrong.length > 0) return wrong
  const definition = value as Definition
  return [
    ...wrongWords(definition),
    ...leavesOf(definition.when).flatMap((one) => wrongLeaf(one, definition)),
    ...wrongConsent(definition),
    ...wrongAct(definition),
    ...wrongHealth(definition),
    ...wrongCrowding(definition),
    ...wrongSteps(definition, context),
  ]
}

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value
  for (const inner of Object.values(value)) freeze(inner)
  return Object.freeze(value)
}
