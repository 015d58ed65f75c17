import { expect, test } from 'vitest'
import { dayMs } from '../../src/kernel/clock.ts'
import { render } from '../server.tsx'
import type { View } from '../shell/page.ts'
import { languages, type Language } from '../words/index.ts'
import { consentWordsOf } from '../words/consents.ts'
import { residentWordsOf } from '../words/resident.ts'
import type { Consent } from './consent-acts.tsx'
import * as sample from './sample.ts'

const views: readonly View[] = ['normal', 'elder']
const { now } = sample

const never = {
  ...{ is: 'never', since: null, until: null, by: null, isOnPaper: false, textVersion: null },
  ...{ presentVersion: 2, renewBy: null, notAskedUntil: null, before: [] },
} as const satisfies Omit<Consent, 'purpose'>
const live = {
  ...{ ...never, is: 'live', since: now - dayMs, until: now + 364 * dayMs, by: 'person' },
  textVersion: 2,
} as const satisfies Omit<Consent, 'purpose'>

const mine: Consent[] = [
  {
    ...{ purpose: 'agreed-care', ...live, textVersion: 1, renewBy: now + 9 * dayMs },
    isOnPaper: true,
    before: [{ since: now - 90 * dayMs, endedAt: now - 60 * dayMs, by: 'guardian' }],
  },
  { purpose: 'wandering-guard', ...never, is: 'refused', notAskedUntil: now + 200 * dayMs },
  { purpose: 'agreed-calls', ...never },
]
const itself = { consents: mine, mayEnd: true, mayGive: true, now }

function draw(answer: object, language: Language = 'zh-CN', view: View = 'normal') {
  const first = {
    '/api/identity/me': sample.me,
    '/api/duties/call': sample.whom,
    '/api/privacy/consents': answer,
  }
  const asked = { path: '/consents', params: {}, language, view, isDemo: true, now, first }
  return render(asked).html
}

test.each(languages)('all that is agreed to is named with its dates and its way out: %s', (one) => {
  const words = consentWordsOf(one)
  for (const view of views) {
    const html = draw(itself, one, view)
    for (const purpose of ['agreed-care', 'wandering-guard', 'agreed-calls'] as const) {
      expect(html).toContain(words.names[purpose])
    }
    for (const said of [words.onPaper, words.end['agreed-care'], words.before, words.renew]) {
      expect(html).toContain(said)
    }
    // What is not agreed to has nothing to end.
    expect(html).not.toContain(words.end['agreed-calls'])
  }
})

test('the words that changed are there to be read before anybody presses', () => {
  const html = draw(itself)
  const terms = residentWordsOf('zh-CN').terms.care
  expect(html.indexOf(terms[0]!.says)).toBeGreaterThan(0)
  expect(html.indexOf(terms[0]!.says)).toBeLessThan(html.indexOf(consentWordsOf('zh-CN').renew))
})

test('a no is met kindly: until when nobody asks, and that the door is open', () => {
  const html = draw({ ...itself, consents: [mine[1]!] })
  expect(html).toContain('没有人再来问您')
  expect(html).toContain('自己随时可以同意')
  expect(html).toContain('href="/care"')
})

test('what the street has not switched on cannot be asked for', () => {
  const off: Consent = { purpose: 'agreed-care', ...never, is: 'off' }
  const html = draw({ ...itself, consents: [off] })
  expect(html).toContain(consentWordsOf('zh-CN').offLine)
  expect(html).not.toContain('href="/care"')
})

test.each([
  [true, 'mayOnlyEnd'],
  [false, 'kinOnly'],
] as const)('who acts for the person gives nothing, and may end: %s', (mayEnd, says) => {
  const words = consentWordsOf('zh-CN')
  const html = draw({ ...itself, mayEnd, mayGive: false })
  expect(html).toContain(words[says])
  expect(html).not.toContain(words.renew)
  expect(html.includes(words.end['agreed-care'])).toBe(mayEnd)
})

test('where care is not switched on, only calls are offered', () => {
  const first = {
    '/api/identity/me': sample.me,
    '/api/duties/call': sample.whom,
    '/api/care/mine': { ...sample.cares.offered, isOn: false },
  }
  const asked = { path: '/care', params: {}, view: 'normal' as const, isDemo: true, now, first }
  const { html } = render({ ...asked, language: 'zh-CN' })
  const { caring } = residentWordsOf('zh-CN')
  expect(html).toContain(caring.notOnHead)
  expect(html).toContain(caring.agreeCalls)
  expect(html).not.toContain(`>${caring.agree}<`)
})
