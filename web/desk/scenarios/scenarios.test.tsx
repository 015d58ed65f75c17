import { describe, expect, test } from 'vitest'
import { outcomes } from '../../../src/kernel/event.ts'
import { measures, moments, readingStates } from '../../../src/watch/devices/types.ts'
import {
  checkDefinition,
  shippedRules,
  type Definition,
} from '../../../src/watch/scenarios/definition/index.ts'
import { problemWords } from '../../../src/watch/scenarios/definition/types.ts'
import { pages, render } from '../../server.tsx'
import { findPage } from '../../shell/pages.ts'
import { languages, type Language } from '../../words/index.ts'
import { workWordsOf } from '../../words/work.ts'
import { scenarioWordsOf } from '../../words/scenarios.ts'
import { me, now, officer } from '../sample.ts'
import { changed, joined, negated, newLeaf, removed, valueAt } from './change.ts'
import { changeSaid } from './difference.ts'
import { wholeIn } from './editors.tsx'
import { momentStates } from './measured.ts'
import { preconditionsOf } from './preconditions.ts'
import { problemsAt, problemsElsewhere, problemSaid } from './problems.ts'
import type { Speech } from './said.ts'
import { lineSaid, localLines, sentenceOf } from './sentence.ts'
import * as sample from './sample.ts'

const speechOf = (language: Language): Speech => ({
  words: scenarioWordsOf(language),
  language,
  nameOf: (place) => place,
})
const zh = speechOf('zh-CN')
const en = speechOf('en')
const said = (rule: Definition, speech: Speech) => sentenceOf(rule, speech).map(lineSaid).join('\n')
const every = [...shippedRules().map(({ definition }) => definition), sample.many]

describe('a rule is a sentence', () => {
  test('of the same data in both languages', () => {
    const chinese = said(sample.careSilence, zh)
    for (const part of [
      '只限签过关爱提醒同意书的',
      '连续 48 小时 没有 动静',
      '传感器都正常',
      '就先请本人，15 分 没有回应',
      '最后派社工在 2 小时 内上门看望。',
      '22:00–07:00 不上门',
    ]) {
      expect(chinese).toContain(part)
    }
    const english = said(sample.careSilence, en)
    for (const part of [
      'For every home that agreed to agreed care,',
      'if for 48 h there is no sign of life,',
      'then ask the person, and after 15 min without an answer',
      'at last send the social worker to visit the home within 2 h.',
    ]) {
      expect(english).toContain(part)
    }
  })

  test.each(languages)(
    'every shipped rule can be read, with no word missing, in %s',
    (language) => {
      const speech = speechOf(language)
      for (const rule of every) {
        const text = said(rule, speech)
        expect(text, rule.rule).not.toMatch(/[{}]|undefined|null|NaN/)
        if (language === 'en') expect(text.replace(rule.reason, '')).not.toMatch(/\p{Script=Han}/u)
        expect(workWordsOf(language).tasks.ruleName(rule.rule) === rule.rule).toBe(
          rule.rule === 'many',
        )
      }
    },
  )

  test('every token stands for something in the rule, and each only once', () => {
    for (const rule of every) {
      const lines = [
        ...sentenceOf(rule, zh),
        ...rule.local.flatMap((_, at) => localLines(rule, at, zh)),
      ]
      const fields = lines
        .flatMap(({ parts }) => parts)
        .flatMap((part) => (typeof part === 'string' ? [] : [part.field]))
      for (const field of fields) expect(valueAt(rule, field), field).not.toBeUndefined()
      const own = fields.filter((field) => field !== 'act')
      expect(new Set(own).size).toBe(own.length)
    }
  })

  test('joined conditions say which belong together', () => {
    expect(said(sample.many, en)).toContain(
      [
        'if one of these holds:',
        'the smoke detector sounds, at once,',
        'or the temperature is above 65 °C, for 10 min,',
        'and it is not so that the smoke detector was tested,',
      ].join('\n'),
    )
  })
})

describe('no word is missing', () => {
  test.each(languages)('for what devices say and people find, in %s', (language) => {
    const words = scenarioWordsOf(language)
    for (const [kind, states] of Object.entries(readingStates)) {
      for (const state of states) expect(words.signalKeys).toContain(`${kind} ${state}`)
    }
    expect(words.measureKeys.toSorted()).toEqual(Object.keys(measures).toSorted())
    for (const outcome of outcomes) expect(words.outcome(outcome)).not.toBe(outcome)
    const sentences = problemWords.map((because) => words.problem(because, ''))
    expect(new Set(sentences).size).toBe(problemWords.length)
    // one that the pages do not know yet is shown as it is, and never as an empty line
    expect(words.problem('of-tomorrow', '')).toContain('of-tomorrow')
  })

  test('signals that do not last are those of the registry', () => {
    expect([...momentStates].toSorted()).toEqual([...moments].toSorted())
  })
})

describe('what is wrong', () => {
  const context = { street: '310104011' }
  const quick = changed(sample.careSilence, 'when.minutes', 720)
  const { problems } = checkDefinition(quick, context)

  test('stands beside its token with the reason and what would do', () => {
    const lines = sentenceOf(quick, zh)
    const beside = lines.filter((line) => problemsAt(problems, line).length > 0)
    expect(beside.map(lineSaid)).toEqual(['如果 连续 12 小时 没有 动静，'])
    expect(problems.map((one) => problemSaid(one, zh)).join()).toContain('不到 48 小时，只能问本人')
    expect(problems.map((one) => problemSaid(one, en)).join()).toContain('Below 48 h only')
    expect(problemsElsewhere(problems, lines)).toEqual([])
  })

  test('is said below where no token is about it, and never twice', () => {
    const whole = { field: 'rule', because: 'name-reserved' }
    const inside = { field: 'when.of.1.signal.states.0', because: 'unknown-state' }
    const lines = sentenceOf(
      shippedRules().find(({ definition }) => definition.rule === 'wandering-night')?.definition ??
        sample.many,
      zh,
    )
    expect(problemsElsewhere([whole, inside], lines)).toEqual([whole])
    expect(lines.filter((line) => problemsAt([inside], line).length > 0)).toHaveLength(1)
  })

  test('a list of people that ends in nobody’s post is said beside its last step', () => {
    const rule = changed(sample.careSilence, 'steps', sample.careSilence.steps.slice(0, 2))
    const { problems: wrong } = checkDefinition(rule, context)
    const beside = sentenceOf(rule, en).filter((line) => problemsAt(wrong, line).length > 0)
    expect(beside.map(lineSaid)).toEqual([
      'at last ask the contact to visit the home within 30 min.',
    ])
  })

  test('a floor that another condition cannot give is said so, however long that one is', () => {
    const rule = changed(sample.careSilence, 'when', newLeaf('state'))
    const { problems: wrong } = checkDefinition(rule, context)
    expect(wrong.map((one) => problemSaid(one, zh)).join()).toContain('连续 48 小时 没有任何动静')
  })

  test('a consent that is missing and a floor that is broken are said before anything runs', () => {
    const held = (rule: Definition) =>
      preconditionsOf(rule, zh)
        .filter(({ isHeld }) => !isHeld)
        .map(({ says }) => says)
    expect(held(sample.careSilence)).toEqual([])
    expect(held(quick)).toEqual([zh.words.pre.underFloor])
    expect(held({ ...sample.careSilence, consent: null })).toEqual([zh.words.pre.noConsent])
  })
})

describe('a change', () => {
  test('leaves everything beside it as it was', () => {
    const next = changed(sample.careSilence, 'steps.1.withinMinutes', 45)
    expect(next).toEqual({
      ...sample.careSilence,
      steps: sample.careSilence.steps.map((step, at) =>
        at === 1 ? { ...step, withinMinutes: 45 } : step,
      ),
    })
    expect(next.steps[0]).toBe(sample.careSilence.steps[0])
  })

  test('of a signal into one that does not last takes its length away', () => {
    const rule = changed(sample.careSilence, 'when', newLeaf('state'))
    const held = changed(rule, 'when.minutes', 10)
    const pressed = changed(held, 'when.signal', { kind: 'sos-button', states: ['pressed'] })
    expect(valueAt(pressed, 'when.minutes')).toBe(0)
    expect(valueAt(held, 'when.minutes')).toBe(10)
  })

  test('of the conditions can be taken back', () => {
    const { careSilence } = sample
    const two = joined(careSilence, 'when', 'all')
    expect(two.when).toMatchObject({ is: 'all', of: [careSilence.when, { is: 'state' }] })
    const three = joined(two, 'when.of.0', 'all')
    expect(valueAt(three, 'when.of')).toHaveLength(3)
    const inner = joined(two, 'when.of.1', 'any')
    expect(valueAt(inner, 'when.of.1')).toMatchObject({ is: 'any' })
    expect(removed(inner, 'when.of.1.of.1')).toEqual(two)
    expect(removed(two, 'when.of.1')).toEqual(careSilence)
    expect(negated(negated(careSilence, 'when'), 'when')).toEqual(careSilence)
  })

  test('is said in words, in both languages', () => {
    const one = { field: 'when.minutes', from: 2_880, to: 4_320 }
    expect(changeSaid(one, zh)).toEqual({ name: '多久', says: '从「48 小时」改成「3 天」' })
    const quiet = { field: 'quiet', from: null, to: { from: '22:00', to: '07:00' } }
    expect(changeSaid(quiet, en).says).toBe('added “22:00–07:00”')
    const joinedNow = { field: 'when', from: sample.careSilence.when, to: sample.many.when }
    expect(changeSaid(joinedNow, en).says).toContain('the smoke detector sounds')
    for (const [field, from] of Object.entries(sample.many)) {
      const to = Object.entries(sample.careSilence).find(([name]) => name === field)?.[1]
      for (const speech of [zh, en]) {
        const { name, says } = changeSaid({ field, from, to }, speech)
        expect(`${name} ${says}`).not.toMatch(/[{}[\]]|undefined|object/)
      }
    }
  })
})

test.each([
  ['48', 48],
  [' 1,000 ', 1_000],
  ['0', null],
  ['1.5', null],
  ['-3', null],
  ['two', null],
  ['', null],
])('%j is taken as %j', (text, number) => {
  expect(wholeIn(text, 1, 10_000)).toBe(number)
})

function draw(path: string, more: Record<string, unknown> = {}, language: Language = 'zh-CN') {
  const found = findPage(pages, path)
  if (!found) throw new Error(`no page has the path ${path}`)
  const known: Record<string, unknown> = {
    '/api/identity/me': officer,
    '/api/scenarios/rules': sample.rules,
    '/api/scenarios/rule?rule=care-silence': sample.rule,
    ...more,
  }
  const first = Object.fromEntries(
    ['/api/identity/me', ...found.page.needs(found.params, 0)]
      .filter((url) => known[url] !== undefined)
      .map((url) => [url, known[url]]),
  )
  const look = { language, view: 'normal' as const, isDemo: true, now }
  return render({ path, params: found.params, first, ...look }).html
}

describe('the pages', () => {
  const one = '/desk/scenarios/care-silence'

  test('the list says by family what is in force and what misled too often', () => {
    const html = draw('/desk/scenarios')
    for (const part of [
      '关爱静默',
      '第 4 版 在用',
      '第 5 版 草稿',
      '误报 5.1%，高过 5%，请人复核',
    ]) {
      expect(html).toContain(part)
    }
    expect(html.match(/请人复核/g)).toHaveLength(2)
    const empty = draw('/desk/scenarios', {
      '/api/scenarios/rules': { ...sample.rules, rules: [] },
    })
    expect(empty).toContain('还没有规则')
  })

  test('the street changes the words of the sentence; a committee reads them', () => {
    const html = draw(one)
    expect(html.match(/class="token"/g)?.length).toBeGreaterThan(15)
    for (const part of ['先试跑，再相信', '送另一人复核', '影子运行']) expect(html).toContain(part)
    const read = draw(one, {
      '/api/identity/me': me,
      '/api/scenarios/rule?rule=care-silence': { ...sample.rule, mayChange: false },
    })
    expect(read).not.toMatch(/class="token[" ]|aria-haspopup/)
    expect(read).not.toContain('送另一人复核')
    expect(read).toContain('这里只能看')
  })

  test('nobody approves what they wrote', () => {
    const review = (isMine: boolean) => ({
      '/api/scenarios/rule?rule=care-silence': {
        ...sample.rule,
        versions: sample.rule.versions.map((version) =>
          version.version === 5 ? { ...version, state: 'review', isMine } : version,
        ),
      },
    })
    expect(draw(one, review(true))).not.toContain('批准，开始用')
    expect(draw(one, review(true))).toContain('要另一位值班长批准')
    expect(draw(one, review(false))).toContain('批准，开始用')
  })

  test.each(languages)('the history names posts and never people, in %s', (language) => {
    const html = draw(`${one}/history`, {}, language)
    for (const part of ['值班长', '8.9%', '0.61', '2026-06']) expect(html).toContain(part)
    expect(html).not.toContain(officer.name)
  })

  test('what is not there, refused or on its way has its own face', () => {
    const refused = { fault: 'not-found', sentence: { 'zh-CN': '没有找到。', en: 'Not found.' } }
    const missing = draw(one, { '/api/scenarios/rule?rule=care-silence': refused })
    expect(missing).toContain('没有找到。')
    expect(draw(one, { '/api/scenarios/rule?rule=care-silence': undefined })).toContain('正在取')
  })
})
