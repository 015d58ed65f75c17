import { expect, test } from 'vitest'
import { render } from '../server.tsx'
import type { View } from '../shell/page.ts'
import { doorWords, secretIn } from '../shell/passes.ts'
import { languages, wordsOf, type Language } from '../words/index.ts'
import { dayMs } from '../../src/kernel/clock.ts'
import { digitsIn } from './digits.tsx'
import * as mine from './mine-sample.ts'
import { beginOf } from './pass-times.ts'
import * as sample from './sample.ts'

const views: readonly View[] = ['normal', 'elder']
const lowLevel = { fault: 'level-too-low', sentence: { 'zh-CN': '先确认。', en: 'Prove it.' } }
const acting = { name: '沈阿宝', until: sample.now + dayMs, relation: 'child' as const }

const usual: Record<string, unknown> = {
  '/api/identity/me': sample.me,
  '/api/duties/call': sample.whom,
  '/api/care/mine': sample.cares.seen,
  '/api/identity/home': mine.proven,
  '/api/identity/home/asked': { asked: [] },
  '/api/identity/passes': mine.passes,
  '/api/identity/grants': mine.grants,
  '/api/people/my-home': mine.mine,
  '/api/people/rights': mine.rights,
}

function draw(
  path: string,
  more: object = {},
  language: Language = 'zh-CN',
  view: View = 'normal',
) {
  const first = { ...usual, ...more }
  const asked = { path, params: {}, language, view, isDemo: true, now: sample.now, first }
  return render(asked).html
}

/** What is read, without the marks around it. */
const read = (html: string) => html.replace(/<[^>]*>/g, '')

const paths = ['/home', '/visitors', '/helpers', '/my-home', '/pass', '/desk/door']

test.each(paths)('in English no Chinese is left but names and the other language: %s', (path) => {
  for (const view of views) {
    const left = draw(path, {}, 'en', view)
      .replace(/田林十二村|十二村居委会|陈桂英|王晓明|女儿 小敏|沈阿宝|中文/g, '')
      .match(/[\u4e00-\u9fff]+/g)
    expect(left).toBeNull()
  }
})

test.each(paths)('no style of its own, which the policy would drop: %s', (path) => {
  for (const language of languages) expect(draw(path, {}, language)).not.toContain('style=')
})

test.each(['/home', '/visitors', '/helpers', '/my-home'])(
  'a person to call is in reach, and the elder view fills that button alone: %s',
  (path) => {
    const html = draw(path, {}, 'zh-CN', 'elder')
    expect(html).toMatch(/class="button button-primary[^"]*"[^>]*href="tel:/)
    expect(html.match(/button-primary/g)).toHaveLength(1)
  },
)

test.each(['/home', '/visitors', '/helpers', '/my-home', '/care', '/care/looks'])(
  'whoever acts for somebody is told so over every page, with the way back: %s',
  (path) => {
    const more = { '/api/identity/me': { ...sample.me, acting }, '/api/privacy/looks': sample.book }
    const html = read(draw(path, more))
    expect(html).toContain('您正在替 沈阿宝 办事')
    expect(html).toContain('回到自己')
    expect(read(draw(path, { '/api/privacy/looks': sample.book }))).not.toContain('您正在替')
  },
)

test('home says first what waits, and how the care plan stands', () => {
  expect(read(draw('/home'))).toContain('早上好，没有要您办的事')
  expect(read(draw('/home'))).toContain('最近一次动静：今天 07:50')
  const more = {
    '/api/care/mine': sample.cares.offered,
    '/api/identity/home/asked': { asked: [{ vouching: '1', name: '王小', askedAt: 1, until: 2 }] },
  }
  const html = read(draw('/home', more))
  expect(html).toContain('早上好，有\u00a02\u00a0件事等您')
  expect(html.indexOf('要不要居委帮您留意动静')).toBeLessThan(html.indexOf('访客码'))
  expect(read(draw('/home', more, 'en'))).toContain('2 things wait')
})

test('whoever is somebody in two streets is led to the other one', () => {
  const streets = [
    { street: '310104011', name: '田林街道' },
    { street: '310115005', name: '潍坊新村街道' },
  ]
  const html = read(draw('/home', { '/api/identity/home': { ...mine.proven, streets } }))
  expect(html).toContain('换到潍坊新村街道')
  expect(html).not.toContain('换到田林街道')
})

test('my devices are not those of whoever I act for', () => {
  expect(draw('/home')).toContain('href="/me/keys"')
  const me = { ...sample.me, acting }
  expect(draw('/home', { '/api/identity/me': me })).not.toContain('href="/me/keys"')
})

test('home is three to five big things to an elder', () => {
  const acts = draw('/home', {}, 'zh-CN', 'elder').match(/class="act"/g) ?? []
  expect(acts.length).toBeGreaterThanOrEqual(3)
  expect(acts.length).toBeLessThanOrEqual(5)
})

test('whoever has only proven a telephone is led to proving their home, and to nothing else', () => {
  const more = {
    '/api/identity/me': lowLevel,
    '/api/care/mine': lowLevel,
    '/api/identity/home': { level: 'phone', waiting: [] },
    '/api/people/my-home': lowLevel,
  }
  const html = draw('/home', more)
  expect(read(html)).toContain('确认您住在这里')
  for (const path of ['/care', '/visitors']) expect(html).not.toContain(`href="${path}"`)
  expect(read(draw('/my-home', more))).toContain('我收到了一封信')
})

test('a pass names no visitor, and says what is not kept; only one that is not over is revoked', () => {
  const html = draw('/visitors')
  for (const said of ['不问来的人叫什么', '都不记', '24 小时以后', '26号楼门', '田林十二村 大门']) {
    expect(read(html)).toContain(said)
  }
  expect(html.match(/aria-label="作废：/g)).toHaveLength(2)
  expect(html).not.toMatch(/name="(visitor|name|phone)"/)
  expect([...html.matchAll(/name="hours" value="(\d+)"/g)].map((one) => one[1])).toEqual([
    '2',
    '4',
    '8',
    '24',
  ])
})

test('who may act for me is ended by one tap; for whom I may act is begun by one', () => {
  const html = draw('/helpers')
  expect(html).toMatch(/<button[^>]*>不让 女儿 小敏 再替我办事</)
  expect(html).toMatch(/<button[^>]*>现在替 沈阿宝 办事</)
  expect(read(html)).toContain('您签过字')
})

test('while acting no code can be made, and why is said', () => {
  const grants = { ...mine.grants, acting: mine.mother.grant }
  const html = read(draw('/helpers', { '/api/identity/grants': grants }))
  expect(html).toContain('这件事要本人来')
  expect(html).not.toContain('做一个码，读给他听')
  expect(html).not.toContain('现在替')
  expect(html).not.toContain('不让 女儿')
})

test('my home shows the household by name, a child by none, shares and hidden numbers', () => {
  const html = read(draw('/my-home'))
  for (const said of ['王晓明', '未满 18 周岁的家人', '2 分之 1', '48.36 平方米（不动产登记）']) {
    expect(html).toContain(said)
  }
  for (const said of ['139****0001', '手机改成 138****0002，对不对', '要业主书面委托']) {
    expect(html).toContain(said)
  }
})

test('what the machine could not decide waits for a person, and says so', () => {
  const more = { '/api/people/my-home': lowLevel, '/api/identity/home': mine.unproven }
  expect(read(draw('/my-home', more))).toContain('有人会来核对')
})

test('without script a pass cannot be shown, and the page says so', () => {
  expect(draw('/pass')).toContain('<noscript')
  expect(read(draw('/pass'))).toContain('所以要用脚本')
})

const secret = 'a'.repeat(43)

test.each([
  [`https://lilong.example/pass#${secret}`, secret],
  [`#${secret}`, secret],
  [secret, secret],
  [`  https://lilong.example/pass#${secret} `, secret],
  [`https://lilong.example/pass?secret=${secret}`, null],
  [`#${secret.slice(1)}`, null],
  ['#', null],
  ['', null],
])('the secret of a pass is what stands behind the #: %s', (link, found) => {
  expect(secretIn(link)).toBe(found)
})

test.each([
  ['12345678', 8, '12345678'],
  ['1234 5678', 8, '12345678'],
  ['1234-5678', 8, '12345678'],
  ['１２３４５６７８', 8, '12345678'],
  ['1234567', 8, null],
  ['1234567a', 8, null],
  ['', 8, null],
])('a code is read as people write it: %s', (written, count, digits) => {
  expect(digitsIn(written, count)).toBe(digits)
})

test.each([
  ['14:30', 2, Date.parse('2026-07-09T14:30:00+08:00')],
  ['08:00', 2, Date.parse('2026-07-09T08:00:00+08:00')],
  ['07:42', 2, null],
  ['24:00', 2, null],
  ['', 2, null],
])('a pass begins at a time of today that it does not end before: %s, %i h', (time, hours, at) => {
  expect(beginOf(time, hours, sample.now)).toBe(at)
})

test('a door is said in words in both languages', () => {
  const place = mine.passes.doors[1]!.place
  const said = languages.map((language) => doorWords(place, wordsOf(language).places))
  expect(said).toEqual(['田林十二村 大门', '田林十二村, the gate'])
})
