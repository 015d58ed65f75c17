/**
 * json-rules-engine: a rule is JSON, and is asked with the facts of one home. It knows no time and
 * keeps nothing, so somebody else keeps when each home was seen, and asks for each at every look.
 */
import { createRequire } from 'node:module'
import { performance } from 'node:perf_hooks'
import { answer } from '../load/child.ts'
import { silentMs, start } from './scene.ts'

export type Asked = { perSecond: number; asked: number; silent: number }

type Engine = {
  addRule(rule: object): unknown
  run(facts: Record<string, unknown>): Promise<{ events: unknown[] }>
}

answer({ run })

async function run({ installed, forMs }: { installed: string; forMs: number }): Promise<Asked> {
  const load = createRequire(installed)
  const { Engine: Made } = load('json-rules-engine') as { Engine: new () => Engine }
  const engine = new Made()
  engine.addRule({
    conditions: {
      all: [
        { fact: 'silentMs', operator: 'greaterThanInclusive', value: silentMs },
        { fact: 'isCovered', operator: 'equal', value: true },
      ],
    },
    event: { type: 'silent' },
  })
  let [asked, silent] = [0, 0]
  const began = performance.now()
  while (performance.now() - began < forMs) {
    const seenAt = start + ((asked * 7_919) % (2 * silentMs))
    const facts = { silentMs: start + 2 * silentMs - seenAt, isCovered: asked % 10 > 0 }
    const { events } = await engine.run(facts)
    if (events.length > 0) silent++
    asked++
  }
  return { perSecond: (asked * 1_000) / (performance.now() - began), asked, silent }
}
