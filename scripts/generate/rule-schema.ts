import { ruleSchemaNow } from '../../src/watch/scenarios/definition/index.ts'

/** `data/rule.schema.json`: what a file of rules may hold, for whoever writes one elsewhere. */
export function ruleSchema(): string {
  return `${JSON.stringify(ruleSchemaNow(), null, 2)}\n`
}
