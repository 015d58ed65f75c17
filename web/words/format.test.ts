import { expect, test } from 'vitest'
import {
  formatCount,
  formatDate,
  formatDay,
  formatDue,
  formatDuration,
  formatInstant,
  formatLeft,
  formatList,
  formatSpan,
  formatTime,
} from './format.ts'

const at = (text: string) => Date.parse(`${text}+08:00`)
const now = at('2026-07-09T09:42:00')
const second = 1_000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

test.each([
  ['2026-07-09T17:30:00', '今天 17:30', 'Today 17:30'],
  ['2026-07-09T00:00:00', '今天 00:00', 'Today 00:00'],
  ['2026-07-09T23:59:59', '今天 23:59', 'Today 23:59'],
  ['2026-07-08T23:59:59', '昨天 23:59', 'Yesterday 23:59'],
  ['2026-07-08T00:00:00', '昨天 00:00', 'Yesterday 00:00'],
  ['2026-07-07T23:59:59', '7月7日 23:59', '7 Jul 23:59'],
  ['2026-07-07T05:50:00', '7月7日 05:50', '7 Jul 05:50'],
  ['2026-07-10T12:00:00', '明天 12:00', 'Tomorrow 12:00'],
  ['2026-07-11T00:00:00', '7月11日 00:00', '11 Jul 00:00'],
  ['2025-12-31T23:59:00', '2025年12月31日 23:59', '31 Dec 2025 23:59'],
  ['2027-01-01T00:00:00', '2027年1月1日 00:00', '1 Jan 2027 00:00'],
])('the instant %s reads %s', (text, chinese, english) => {
  expect(formatInstant(at(text), now, 'zh-CN')).toBe(chinese)
  expect(formatInstant(at(text), now, 'en')).toBe(english)
})

test('midnight in Shanghai, not in London, begins a day', () => {
  const beforeDawn = at('2026-07-09T00:10:00')
  expect(new Date(beforeDawn).getUTCDate()).toBe(8)
  expect(formatInstant(at('2026-07-08T23:50:00'), beforeDawn, 'zh-CN')).toBe('昨天 23:50')
  expect(formatTime(beforeDawn)).toBe('00:10')
})

test.each([
  ['2026-07-09T00:00:00', '今天', 'Today'],
  ['2026-07-08T12:00:00', '昨天', 'Yesterday'],
  ['2026-07-07T12:00:00', '7月7日 星期二', 'Tue 7 Jul'],
  ['2026-06-29T12:00:00', '6月29日 星期一', 'Mon 29 Jun'],
  ['2025-07-06T12:00:00', '2025年7月6日 星期日', 'Sun 6 Jul 2025'],
])('the day of %s reads %s', (text, chinese, english) => {
  expect(formatDay(at(text), now, 'zh-CN')).toBe(chinese)
  expect(formatDay(at(text), now, 'en')).toBe(english)
})

test.each([
  [0, '0 秒', '0 s'],
  [59 * second + 999, '59 秒', '59 s'],
  [minute, '1 分', '1 min'],
  [hour - 1, '59 分', '59 min'],
  [hour, '1 小时', '1 h'],
  [2 * hour + 40 * minute, '2 小时 40 分', '2 h 40 min'],
  [49 * hour, '49 小时', '49 h'],
  [3 * day - minute, '71 小时 59 分', '71 h 59 min'],
  [3 * day, '3 天', '3 days'],
  [3 * day + 5 * hour + 59 * minute, '3 天 5 小时', '3 days 5 h'],
  [-hour, '0 秒', '0 s'],
])('%d ms lasts %s', (ms, chinese, english) => {
  expect(formatDuration(ms, 'zh-CN')).toBe(chinese)
  expect(formatDuration(ms, 'en')).toBe(english)
})

test.each([
  [35 * minute, '还剩 35 分', '35 min left'],
  [42 * second, '还剩 42 秒', '42 s left'],
  [3 * day + 5 * hour, '还剩 3 天', '3 days left'],
  [1, '还剩 0 秒', '0 s left'],
  [0, '刚到期', 'Due now'],
  [1 - minute, '刚到期', 'Due now'],
  [-minute, '超 1 分', '1 min late'],
  [-2 * hour, '超 2 小时', '2 h late'],
])('%d ms before its deadline it says %s', (left, chinese, english) => {
  expect(formatLeft(now + left, now, 'zh-CN')).toBe(chinese)
  expect(formatLeft(now + left, now, 'en')).toBe(english)
})

test('a near deadline is counted down, a far one is named', () => {
  expect(formatDue(now + 2 * hour, now, 'zh-CN')).toBe('还剩 2 小时')
  expect(formatDue(now + 2 * hour + 1, now, 'zh-CN')).toBe('今天 11:42')
  expect(formatDue(now - hour, now, 'zh-CN')).toBe('超 1 小时')
})

test('a span names the day once where one day is enough', () => {
  const to = at('2026-07-11T15:00:00')
  expect(formatSpan(at('2026-07-11T09:00:00'), to, now, 'zh-CN')).toBe('7月11日 09:00–15:00')
  expect(formatSpan(now, to, now, 'zh-CN')).toBe('今天 09:42 – 7月11日 15:00')
})

test('counts are grouped by three', () => {
  expect([0, 999, 1_000, 1_234_567].map(formatCount)).toEqual(['0', '999', '1,000', '1,234,567'])
})

test('lists and dates follow the language', () => {
  expect(formatList(['门牌', '电话'], 'zh-CN')).toBe('门牌、电话')
  expect(formatList(['door', 'phone'], 'en')).toBe('door, phone')
  expect(formatDate(now, now, 'en')).toBe('9 Jul')
})
