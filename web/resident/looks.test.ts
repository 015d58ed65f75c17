import { expect, test } from 'vitest'
import { minuteMs } from '../../src/kernel/clock.ts'
import { wordsOf } from '../words/index.ts'
import { groupByDay, timesOf, type Look } from './looks.ts'
import { book, now } from './sample.ts'

const [first] = book.looks as [Look]
const again = (minutesAgo: number, more: Partial<Look> = {}): Look => ({
  ...first,
  id: `0197e9c0-0000-7000-8000-00000000b${String(900 - minutesAgo).padStart(3, '0')}`,
  at: first.at - minutesAgo * minuteMs,
  ...more,
})

test('looks that read alike are one row of the newest, whatever lies between them', () => {
  const other = again(2, { how: 'list' })
  const [today] = groupByDay([first, again(1), other, again(3)], now, 'zh-CN')
  expect(today?.rows.map(({ newest, at }) => [newest.id, at.length])).toEqual([
    [first.id, 3],
    [other.id, 1],
  ])
})

test.each<Partial<Look>>([
  { unit: '十三村居委会' },
  { title: '书记' },
  { by: 'operator' },
  { by: 'rule', rule: 'care-silence', ruleVersion: 5 },
  { fields: ['name'] },
  { matter: 'operation' },
  { label: 'device-repair' },
  { how: 'list' },
])('a look that differs in %j is a row of its own', (more) => {
  expect(groupByDay([first, again(1, more)], now, 'en')[0]?.rows).toHaveLength(2)
})

test('the order of the fields is no difference, another day is', () => {
  const turned = again(1, { fields: [...first.fields].reverse() })
  const yesterday = again(24 * 60)
  const days = groupByDay([first, turned, yesterday], now, 'zh-CN')
  expect(days.map(({ rows }) => rows.map(({ at }) => at.length))).toEqual([[2], [1]])
})

test('each minute is said once, with how often', () => {
  const at = [first.at, again(1).at, again(1).at + 1]
  expect(timesOf(at, wordsOf('zh-CN').privacy)).toEqual(['09:31', '09:30（2 次）'])
  expect(timesOf(at, wordsOf('en').privacy)).toEqual(['09:31', '09:30 (2 times)'])
})
