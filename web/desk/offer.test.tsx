import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import type { TaskId } from '../../src/kernel/ids.ts'
import { render } from '../server.tsx'
import { makeShell, ShellProvider } from '../shell/shell.tsx'
import { speak } from '../shell/speak.ts'
import { deskWordsOf } from '../words/desk.ts'
import { workWordsOf } from '../words/work.ts'
import { languages, type Language } from '../words/index.ts'
import { OfferedCard, Paper, type Offered } from './offer-facts.tsx'
import { dayBefore, paperProblems, type PaperDraft } from './paper.ts'
import * as sample from './sample.ts'
import type { OneTask } from './wording.ts'

const task = '0197e9c0-0000-7000-8000-0000000000e1' as TaskId
const visit = (state: OneTask['state'], next: OneTask['next']): OneTask => ({
  ...sample.openCheck,
  ...{ task, kind: 'care-offer', rule: 'care-offer', state, next },
  facts: sample.openRepair.facts,
  offers: ['fine', 'away', 'refused', 'wrong-home'],
})
const card: Offered = {
  ...{ name: '陈桂英', age: 80, livesAlone: true, hasSensor: true, agreed: null },
  texts: [
    { way: 'call', textVersion: 1 },
    { way: 'sensor', textVersion: 2 },
    { way: 'key-holder', textVersion: 2 },
  ],
  today: '2026-07-09',
}

function page(one: OneTask, language: Language = 'zh-CN') {
  return render({
    ...{ path: `/desk/tasks/${task}`, language, view: 'normal', isDemo: true, now: sample.now },
    params: { task },
    first: { '/api/identity/me': sample.me, [`/api/tasks/one?task=${task}`]: one },
  }).html
}

/** The card and its form as they stand after the tap. */
function opened(more: Partial<Offered> = {}, language: Language = 'zh-CN') {
  const shown = { ...card, ...more }
  const request = {
    ...{ path: '/', params: {}, language, view: 'normal' as const, isDemo: true },
    ...{ now: sample.now, first: {} },
  }
  return renderToString(
    <ShellProvider
      spoken={{
        ...{ ...speak(language), work: workWordsOf(language) },
        desk: deskWordsOf(language),
      }}
      shell={makeShell(request)}
    >
      <OfferedCard card={shown} />
      <Paper task={visit('at-the-door', ['find'])} card={shown} again={async () => undefined} />
    </ShellProvider>,
  )
}

test('whom to ask is opened by a tap that says that they will see it, and not before', () => {
  const html = page(visit('at-the-door', ['find']))
  expect(html).toContain('点开就看到姓名和年纪，住户会看到您看过')
  expect(html).toContain('</svg>看要问的是谁')
  expect(html).not.toContain('陈桂英')
  const raised = page(visit('raised', ['acknowledge']))
  expect(raised).toContain('收到以后，才能看要问的是谁')
  expect(raised).not.toContain('</svg>看要问的是谁')
  expect(page({ ...visit('at-the-door', []), part: 'told' })).not.toContain('看要问的是谁')
})

test('what they signed comes before what the visit found, at the door too', () => {
  const html = page(visit('at-the-door', ['find']))
  expect(html.indexOf('看要问的是谁')).toBeLessThan(html.indexOf('问过了'))
})

test.each(languages)('the card says who, and whether there is a sensor, in %s', (language) => {
  const isEnglish = language === 'en'
  const html = opened({}, language)
  expect(html).toContain(isEnglish ? 'there is one in the home' : '家里有')
  expect(html).toContain('陈桂英')
  expect(html).toContain(isEnglish ? '80' : '80 岁，独自居住')
  const left = html.replaceAll('陈桂英', '').match(/[\u4e00-\u9fff]+/g)
  if (isEnglish) expect(left).toBeNull()
})

test('without a sensor calls alone can be chosen', () => {
  const shut = (html: string) =>
    [...html.matchAll(/<input type="radio" name="way" value="([a-z-]+)"([^>]*)>/g)]
      .filter(([, , more]) => more?.includes('disabled'))
      .map(([, way]) => way)
  expect(shut(opened())).toEqual([])
  expect(shut(opened({ hasSensor: false }))).toEqual(['sensor', 'key-holder'])
  expect(opened({ hasSensor: false })).toContain('家里没有，现在只能选打电话')
})

test('once they have agreed no second paper is written down, and what is next is said', () => {
  const html = opened({ agreed: 'key-holder' })
  expect(html).toContain('传感器，另有人保管钥匙')
  expect(html).toContain('请接着填结果：问过了')
  expect(html).not.toContain('记下纸面同意</button>')
  expect(opened()).toContain('记下纸面同意</button>')
})

test.each<[string, Partial<PaperDraft>, boolean, string[]]>([
  ['whole', {}, false, []],
  ['without a choice', { way: null }, false, ['way']],
  ['of an old text', { textVersion: '1' }, false, ['version']],
  ['without its number', { textVersion: '' }, false, ['version']],
  ['for calls, by the number of their text', { way: 'call', textVersion: '1' }, false, []],
  ['without the key’s holder', { way: 'key-holder' }, false, ['key']],
  ['with the key’s holder', { way: 'key-holder' }, true, []],
  ['of today', { signedOn: '2026-07-09' }, false, []],
  ['of tomorrow', { signedOn: '2026-07-10' }, false, ['day']],
  ['of thirty days ago', { signedOn: '2026-06-09' }, false, []],
  ['too old', { signedOn: '2026-06-08' }, false, ['day']],
  ['without a day', { signedOn: '' }, false, ['day']],
])('a paper %s', (_, part, hasKey, wrong) => {
  const paper: PaperDraft = { way: 'sensor', textVersion: '2', signedOn: '2026-07-08', ...part }
  const contacts = [{ name: '王晓明', relation: '儿子', phone: '13900000001', hasKey }]
  expect(paperProblems(paper, contacts, card)).toEqual(wrong)
})

test('days are counted back over a month’s end', () => {
  expect(dayBefore('2026-03-01', 1)).toBe('2026-02-28')
})
