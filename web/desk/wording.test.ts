import { expect, test } from 'vitest'
import { kinds } from '../../src/desks/tasks/types.ts'
import { readingStates } from '../../src/watch/devices/types.ts'
import { shippedRules } from '../../src/watch/scenarios/definition/index.ts'
import { languages } from '../words/index.ts'
import { workWordsOf } from '../words/work.ts'

test.each(languages)(
  'every rule that ships has a name and a badge of its own, in %s',
  (language) => {
    const { tasks } = workWordsOf(language)
    for (const { definition } of shippedRules()) {
      const { rule } = definition
      expect(tasks.ruleName(rule)).not.toBe(rule)
      if (rule !== 'device-silence') {
        expect(tasks.badge(rule, 'hazard')).not.toBe(tasks.badge('unheard-of', 'hazard'))
      }
    }
    for (const kind of kinds) expect(tasks.badge('rule-of-the-street', kind)).not.toBe('')
  },
)

test.each(languages)('whatever a device can say has a sentence, in %s', (language) => {
  const { tasks } = workWordsOf(language)
  for (const [kind, states] of Object.entries(readingStates)) {
    for (const state of states) expect(tasks.heard(kind, state)).toBeTruthy()
  }
})
