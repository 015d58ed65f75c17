import { expect, test } from 'vitest'
import { checkDefinition, shippedRules } from '../../../src/watch/scenarios/definition/index.ts'
import { canBeTried } from '../../../src/watch/scenarios/trial/index.ts'
import { isStreamed } from '../../../src/watch/scenarios/workshop/index.ts'
import { pages, render } from '../../server.tsx'
import { findPage } from '../../shell/pages.ts'
import { languages, type Language } from '../../words/index.ts'
import { scenarioWordsOf } from '../../words/scenarios.ts'
import { me, now, officer } from '../sample.ts'
import { nameProblem, newPurposes, ruleFor, ruleLike } from './new-rule.ts'
import { whyNotTried } from './preconditions.ts'
import * as sample from './sample.ts'

const context = { street: '310104011' }
const shipped = shippedRules().map(({ definition }) => definition)
const named = (rule: string) => {
  const found = shipped.find((one) => one.rule === rule)
  if (!found) throw new Error(`no rule ships as ${rule}`)
  return found
}

test.each(newPurposes)('an empty rule for %s lacks nothing but why it is there', (purpose) => {
  const begun = ruleFor(purpose, 'garage-water')
  expect(begun.purpose).toBe(purpose)
  const { problems } = checkDefinition(begun, context)
  expect(problems).toEqual([{ field: 'reason', because: 'too-short', more: 1 }])
  expect(checkDefinition({ ...begun, reason: '说明' }, context).problems).toEqual([])
})

test.each(shipped.map((one) => [one.rule, one] as const))(
  'a rule like %s lacks nothing but why it is there',
  (_, pattern) => {
    const begun = ruleLike(pattern, 'garage-water')
    expect(checkDefinition(begun, context).problems.map(({ field }) => field)).toEqual(['reason'])
    expect(checkDefinition({ ...begun, reason: '说明' }, context).problems).toEqual([])
  },
)

test.each([
  ['', 'missing'],
  ['Garage', 'form'],
  ['garage_water', 'form'],
  ['-garage', 'form'],
  ['一楼', 'form'],
  ['a-b-c-d-e-f-g', 'form'],
  ['a'.repeat(61), 'form'],
  ['smoke', 'taken'],
  ['garage-water', null],
  ['garage2-water', null],
])('of the name %j is said: %s', (name, problem) => {
  expect(nameProblem(name, new Set(['smoke']))).toBe(problem)
  if (problem !== 'form') return
  const { problems } = checkDefinition({ ...named('smoke'), rule: name }, context)
  expect(problems.map(({ field }) => field)).toEqual(['rule'])
})

test('what can be neither tried nor shadowed is what the server refuses, and rules of devices', () => {
  for (const rule of shipped) {
    const why = whyNotTried(rule)
    expect(why === 'peers', rule.rule).toBe(!canBeTried(rule))
    expect(why === null, rule.rule).toBe(isStreamed(rule))
  }
})

function draw(path: string, first: Record<string, unknown>, language: Language = 'zh-CN') {
  const found = findPage(pages, path)
  const known = { '/api/identity/me': officer, ...first }
  const look = { language, view: 'normal' as const, isDemo: true, now }
  return render({ path, params: found?.params ?? {}, first: known, ...look }).html
}

const lead = named('overcrowding')
function leading(state: 'draft' | 'in-force', more: object = {}) {
  const [version] = sample.rule.versions
  const rule = {
    ...{ ...sample.rule, rule: 'overcrowding', reasons: null },
    versions: [{ ...version, version: 1, state, definition: lead, isMine: true, changes: [] }],
    ...more,
  }
  return { '/api/scenarios/rule?rule=overcrowding': rule }
}

test.each(languages)(
  'a rule of daily sums offers no trial and no shadow and says why, in %s',
  (language) => {
    const words = scenarioWordsOf(language)
    const html = draw('/desk/scenarios/overcrowding', leading('draft'), language)
    expect(html).toContain(words.noTrial.peers)
    expect(html).toContain(words.acts['submit'])
    for (const none of [words.trialEmpty, `>${words.tryDo}<`, `${words.acts['shadow']}</button>`]) {
      expect(html).not.toContain(none)
    }
  },
)

test('its hit rate is published to whoever reads it, and below which it stops', () => {
  const rate = { hitRate: { right: 7, checked: 25 }, mayChange: false }
  const html = draw('/desk/scenarios/overcrowding', leading('in-force', rate))
  for (const part of ['命中率', '28%', '核实过 25 次，对的 7 次', '最近 20 次核实里对的不到 20%']) {
    expect(html).toContain(part)
  }
  const none = draw('/desk/scenarios/overcrowding', leading('in-force', { hitRate: null }))
  expect(none).toContain('还没有命中率')
  const care = draw('/desk/scenarios/care-silence', {
    '/api/scenarios/rule?rule=care-silence': { ...sample.rule, hitRate: rate.hitRate },
  })
  expect(care).not.toContain('命中率')
})

test.each(languages)(
  'the street begins a new rule from another or from nothing, in %s',
  (language) => {
    const words = scenarioWordsOf(language)
    const rules = { '/api/scenarios/rules': sample.rules }
    expect(draw('/desk/scenarios', rules, language)).toContain('href="/desk/scenarios/new"')
    const html = draw('/desk/scenarios/new', rules, language)
    for (const part of [words.newName, words.newEmpty, words.newBegin, words.newPurpose]) {
      expect(html).toContain(part)
    }
    const read = {
      '/api/identity/me': me,
      '/api/scenarios/rules': { ...sample.rules, mayChange: false },
    }
    expect(draw('/desk/scenarios', read, language)).not.toContain('/desk/scenarios/new')
    const refused = draw('/desk/scenarios/new', read, language)
    expect(refused).toContain(words.mayNotChange)
    expect(refused).not.toContain(words.newBegin)
  },
)
