import { expect, test } from 'vitest'
import { hourMs, minuteMs } from '../../src/kernel/clock.ts'
import type { CommitteeCode } from '../../src/kernel/ids.ts'
import { pages, render } from '../server.tsx'
import { findPage, type PageRequest } from '../shell/pages.ts'
import { centreWordsOf } from '../words/centre.ts'
import { languages, type Language } from '../words/index.ts'
import { belongsTo, inputOf, namedLists, openedPath } from './lists.ts'
import { byUrgency, groupOf, type StreetNow } from './matters.ts'
import { formatMonth, monthsBefore } from './months.ts'
import { shortName } from './name.tsx'
import * as sample from './sample.ts'

function draw(path: string, language: Language, more: Partial<PageRequest> = {}) {
  const found = findPage(pages, path)
  if (!found) throw new Error(`no page ${path}`)
  const answers: Record<string, unknown> = {
    '/api/identity/me': sample.me,
    '/api/overview/street': sample.street,
    '/api/overview/pulse': sample.pulse,
  }
  const first = Object.fromEntries(
    ['/api/identity/me', ...found.page.needs(found.params, sample.now)].map((url) => [
      url,
      answers[url] ?? answerOf(url),
    ]),
  )
  return render({
    ...{ path, params: found.params, language, view: 'normal', isDemo: true, first },
    ...{ now: sample.now, ...more },
  })
}

function answerOf(url: string): unknown {
  if (url.startsWith('/api/overview/matter?')) return sample.one
  if (url.startsWith('/api/overview/month?')) return sample.month
  if (url.includes('closedIn=2026-07-09')) return sample.closedList
  return sample.list
}

const withStreet = (wish: Partial<StreetNow>): Partial<PageRequest> => ({
  first: {
    '/api/overview/street': { ...sample.street, ...wish },
    '/api/overview/pulse': sample.pulse,
  },
})

const seat = '/centre'
const matter = `/centre/matters/${sample.one.task}`

test.each([
  [
    seat,
    ['田林街道 值守台', '值班长在岗 · 到 17:00', '今天已结，平常此时 54', '门被强开', '超 2 小时'],
  ],
  [matter, ['已收到', '谁能去', '派去', '发出不等于送到', '我来过问', '119']],
  ['/centre/wall', ['大屏：只到居委', '燃气报警', '设备健康', '从未']],
  ['/centre/list/unowned', ['无人负责的事', '负责的人都还在岗位上', '一件也没有']],
  ['/centre/list/closed-today', ['今天已结的事', '确有其事', '超时']],
  [
    '/centre/month',
    ['田林街道 2026年7月 月报', '消防通道被占', '7 分 · 31 分', '十件里九件不超过'],
  ],
  [openedPath('2026-06', { kind: 'hazard', rule: 'gas' }), ['2026年6月 燃气报警', '回月报']],
])('the page %s says in Chinese what it has to', (path, parts) => {
  const { html, front } = draw(path, 'zh-CN')
  expect(front).toBe('centre')
  for (const part of parts) expect(html).toContain(part)
})

test.each([
  [seat, ['Duty seat', 'until 17:00', 'closed today, usually 54 by now', '2 h late']],
  [matter, ['Who could go', 'Step in', 'none stands for another']],
  ['/centre/wall', ['Wall view', 'Gas alarm']],
  ['/centre/month/2026-06', ['Jun 2026 in numbers', '7 min · 31 min', 'nine of ten within']],
])('the page %s says in English what it has to', (path, parts) => {
  const { html } = draw(path, 'en')
  for (const part of parts) expect(html).toContain(part)
})

test('every number is a door to the list behind it', () => {
  const { html } = draw(seat, 'zh-CN')
  const doors = [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)
  for (const door of [
    ...['open', 'emergency', 'unowned', 'closed-today', 'hour'].map((one) => `/centre/list/${one}`),
    '/desk/devices/of/all/all/unknown',
    '/desk/devices/of/all/smoke/never-reported',
    `/centre/list/committee/${sample.matters[0]?.committee}`,
  ]) {
    expect(doors).toContain(door)
  }
  for (const door of doors.filter((one) => one?.startsWith('/centre'))) {
    expect(findPage(pages, door ?? '')).toBeDefined()
  }
})

test('that nobody is on duty is said in signal, with a mark', () => {
  const { html } = draw(seat, 'zh-CN', withStreet({ onDuty: [] }))
  expect(html).toMatch(/badge-signal"><svg[^>]*>.*?<\/svg>现在没有人值班/)
})

test('an unowned matter and one that did not climb are an alarm, and no look yet is no nought', () => {
  const proof = { at: sample.now, unowned: 0, unescalated: 2, lateMs: 0 }
  const { html } = draw(seat, 'zh-CN', withStreet({ proof }))
  expect(html).toMatch(/is-signal[^>]*>0<\/b><span class="muted">件无人负责/)
  expect(draw(seat, 'zh-CN', withStreet({ proof: null })).html).toContain('还没有查过')
})

test('neighbourhoods of which nothing is known stand together, hatched', () => {
  const nothing = { open: 0, alive: 0, quiet: 0, unknown: 0, neverReported: 0 }
  const committees = sample.street.committees.map((one, index) =>
    index < 9 ? one : { ...one, ...nothing, tile: 'unknown' as const },
  )
  const { html } = draw(seat, 'zh-CN', withStreet({ committees, matters: [] }))
  expect(html).toContain('2 个居委没有设备，看不见')
  expect(html).toContain('爱建园、小安桥')
  expect(html.match(/hood-count/g)).toHaveLength(9)
})

test('a matter of the street itself says the street', () => {
  const [first] = sample.matters
  const committee = '310104011' as CommitteeCode
  const matters = [{ ...first!, kind: 'roster-gap' as const, rule: 'roster-gap', committee }]
  const { html } = draw(seat, 'zh-CN', withStreet({ matters }))
  expect(html).toContain('<span lang="zh-CN">田林街道</span> ·')
})

test('what is not known about a usual day is not said', () => {
  const { html } = draw(seat, 'zh-CN', withStreet({ usualByNow: null }))
  expect(html).not.toContain('平常此时')
})

test.each(languages)(
  'one button of the room is filled: the first who could go, in %s',
  (language) => {
    const { html } = draw(matter, language)
    expect(html.match(/button-primary/g)).toHaveLength(1)
    expect(html.indexOf('button-primary')).toBeLessThan(html.indexOf('十二村 副手'))
  },
)

test('the task itself opens only to whoever is concerned in it', () => {
  expect(draw(matter, 'zh-CN').html).not.toContain('/desk/tasks/')
  const first = {
    '/api/overview/street': sample.street,
    [`/api/overview/matter?task=${sample.one.task}`]: { ...sample.one, isConcerned: true },
  }
  expect(draw(matter, 'zh-CN', { first }).html).toContain(`/desk/tasks/${sample.one.task}`)
})

test('the wall opens no matter, and nothing on it but its doors can be pressed', () => {
  const found = findPage(pages, '/centre/wall')
  expect(found?.page.needs({}, sample.now)).toEqual(['/api/overview/street', '/api/overview/pulse'])
  const { html } = draw('/centre/wall', 'zh-CN')
  const main = html.slice(html.indexOf('<main'))
  expect(main).not.toMatch(/<a |<button|<summary/)
})

test('unknown and never reported are columns of their own, and hatched or bare, never green', () => {
  const { html } = draw(seat, 'zh-CN')
  expect(html).toMatch(/hood-unknown/)
  expect(html).toMatch(/aria-label="合计  ?不明 36 个"|aria-label="合计 不明 36 个"/)
  expect(html).toContain('设备：在线 120，安静 2，不明 24，从未上报 2')
})

test.each(languages)('empty, refused and waiting are states of their own, in %s', (language) => {
  const words = centreWordsOf(language)
  expect(draw(seat, language, withStreet({ matters: [] })).html).toContain(words.noMatters)
  const sentence = { 'zh-CN': '只给街道看。', en: 'For the street.' }
  const first = { '/api/overview/street': { fault: 'not-allowed', sentence } }
  expect(draw(seat, language, { first }).html).toContain(sentence[language])
  expect(draw(seat, language, { first: {} }).html).toContain('aria-busy')
  expect(draw('/centre/month', language, { first: {} }).html).toContain('aria-busy')
})

test('matters stand by urgency: an emergency first, then what is over its time', () => {
  const order = byUrgency(sample.matters, sample.now).map((one) => groupOf(one, sample.now))
  expect(order).toEqual([
    ...['emergency', 'overdue', 'hour', 'hour', 'hour', 'hour'],
    ...['today', 'today', 'today', 'later', 'later', 'later'],
  ])
})

test.each([
  [0, 'overdue'],
  [1, 'hour'],
  [hourMs, 'hour'],
  [hourMs + 1, 'today'],
  [14 * hourMs + 18 * minuteMs - 1, 'today'],
  [14 * hourMs + 18 * minuteMs, 'later'],
] as const)('%i ms before its deadline a matter stands under %s', (leftMs, group) => {
  const one = { urgency: 'usual', deadline: sample.now + leftMs } as const
  expect(groupOf(one, sample.now)).toBe(group)
  expect(groupOf({ ...one, urgency: 'emergency' }, sample.now)).toBe('emergency')
})

test('the groups of the list share its matters out, none twice', () => {
  const groups = namedLists.filter((one) => !['open', 'unowned', 'closed-today'].includes(one))
  const counts = sample.matters.map(
    (one) => groups.filter((what) => belongsTo(what, one, sample.now)).length,
  )
  expect(new Set(counts)).toEqual(new Set([1]))
})

test('a list asks for what its address says', () => {
  const ask = (path: string) => inputOf(findPage(pages, path)?.params ?? {}, sample.now)
  expect(ask('/centre/list/closed-today')).toEqual({ closedIn: '2026-07-09' })
  expect(ask('/centre/list/committee/310104011013')).toEqual({ committee: '310104011013' })
  expect(ask(openedPath('2026-06', { committee: '310104011013' }))).toEqual({
    ...{ openedIn: '2026-06', committee: '310104011013' },
  })
  const path = openedPath('2026-06', { kind: 'hazard', rule: 'gas', committee: '310104011013' })
  expect(ask(path)).toEqual({
    ...{ openedIn: '2026-06', kind: 'hazard', rule: 'gas', committee: '310104011013' },
  })
})

test('months go back over the year', () => {
  expect(monthsBefore('2026-02', 4)).toEqual(['2026-02', '2026-01', '2025-12', '2025-11'])
  expect(formatMonth('2025-12', 'zh-CN')).toBe('2025年12月')
  expect(formatMonth('2025-12', 'en')).toBe('Dec 2025')
})

test.each([
  ['田林十二村居委会', '田林十二村'],
  ['莘松新村第一社区居委会', '莘松新村第一'],
  ['居委会', '居委会'],
])('%s is %s where all are neighbourhoods', (name, short) => {
  expect(shortName(name)).toBe(short)
})
