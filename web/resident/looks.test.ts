import { expect, test } from 'vitest'
import { dayMs, minuteMs } from '../../src/kernel/clock.ts'
import { bookWordsOf } from '../words/book.ts'
import {
  groupByDay,
  mayAsk,
  sentencesOf,
  stateOf,
  timesOf,
  withAsked,
  type Look,
  type Question,
} from './looks.ts'
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
  { outcome: 'fine' },
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
  expect(timesOf(at, bookWordsOf('zh-CN'))).toEqual(['09:31', '09:30（2 次）'])
  expect(timesOf(at, bookWordsOf('en'))).toEqual(['09:31', '09:30 (2 times)'])
})

const question: Question = { askedAt: now, dueAt: now + 5 * dayMs, answered: null }
const answered = { at: now, title: '书记', unit: '居委会', says: '上门看望' }

test('a row shows what was asked of any of its looks, the newest question first', () => {
  const older = { ...question, askedAt: now - 1 }
  const rows = [first, again(1, { question }), again(2, { question: older })]
  const [today] = groupByDay(rows, now, 'zh-CN')
  expect(today?.rows.map((row) => [row.newest.id, row.question])).toEqual([[first.id, question]])
})

test('a question is open until its day, late after it, and answered whenever it is', () => {
  expect(stateOf(question, question.dueAt)).toBe('asked')
  expect(stateOf(question, question.dueAt + 1)).toBe('late')
  expect(stateOf({ ...question, answered }, question.dueAt + 1)).toBe('answered')
})

test('what was asked on the page gives way to what the book knows', () => {
  const known = { ...question, answered }
  const asked = { [first.id]: question }
  expect(withAsked([first], asked)[0]?.question).toEqual(question)
  expect(withAsked([{ ...first, question: known }], asked)[0]?.question).toEqual(known)
})

test('a backup says why by itself, and nobody is asked about it', () => {
  const copied = again(1, { how: 'backup', by: 'operator', label: 'backup', fields: [] })
  expect([mayAsk(first), mayAsk(copied)]).toEqual([true, false])
})

test('the list is read as it stands: each day, each row once, with its outcome', () => {
  const words = bookWordsOf('zh-CN')
  const rows = [{ ...first, outcome: 'fine' as const }, again(1), again(2)]
  expect(sentencesOf(rows, now, 3, { words, language: 'zh-CN' })).toEqual([
    '最近 30 天，您的数据被看了 3 次。',
    '今天。',
    '09:31，十二村居委会 社工，看了：门牌、联系人、您的电话。因为：任务「上门看望」。结果：见到您了，平安。',
    '09:30，十二村居委会 社工，看了：门牌、联系人、您的电话。因为：任务「上门看望」。一共 2 次。',
  ])
  const english = sentencesOf(rows, now, 3, { words: bookWordsOf('en'), language: 'en' })
  expect(english.join('')).not.toMatch(/[。，]/)
})
