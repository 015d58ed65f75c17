import { expect, test } from 'vitest'
import { dayMs } from '../../src/kernel/clock.ts'
import { blankContact, checkContacts } from '../shell/contacts.ts'
import { awayDates, awayUntil, endOfDay, formatUntil } from './away.ts'
import { unite } from './looks.ts'
import { book } from './sample.ts'

const at = (text: string) => Date.parse(`${text}+08:00`)
const now = at('2026-07-09T09:42:00')

test.each([
  ['2026-07-09T00:00:00', 0, '2026-07-09T23:59:00'],
  ['2026-07-09T23:59:59', 0, '2026-07-09T23:59:00'],
  ['2026-07-09T07:59:00', 1, '2026-07-10T23:59:00'],
  ['2026-12-31T22:00:00', 1, '2027-01-01T23:59:00'],
])('a day ahead ends by the clock of Shanghai: %s + %d', (from, days, end) => {
  expect(endOfDay(at(from), days)).toBe(at(end))
})

test.each([
  ['2026-07-09', at('2026-07-09T23:59:00')],
  ['2026-10-06', at('2026-10-06T23:59:00')],
  ['2026-10-07', null],
  ['2026-07-08', null],
  ['2026-07-32', null],
  ['', null],
])('the date %s is away until %s', (date, until) => {
  expect(awayUntil(date, now)).toBe(until)
})

test('the last day offered lies within the 90 days that are taken', () => {
  const last = awayUntil(awayDates(now).last, now)
  expect(last).not.toBeNull()
  expect(last).toBeLessThanOrEqual(now + 90 * dayMs)
})

test('a whole day is said as a day, a moment as a moment', () => {
  expect(formatUntil(at('2026-07-12T23:59:00'), now, 'zh-CN')).toBe('7月12日')
  expect(formatUntil(at('2026-07-12T18:00:00'), now, 'zh-CN')).toBe('7月12日 18:00')
})

test('empty rows are left out, and what a Chinese keyboard writes is understood', () => {
  const checked = checkContacts([
    blankContact,
    { name: ' 王晓明 ', relation: '儿子', phone: '１３９－０000 0001' },
  ])
  expect(checked).toEqual({
    contacts: [{ name: '王晓明', relation: '儿子', phone: '139-0000 0001' }],
    problems: null,
  })
})

test.each([
  [{ name: '', relation: '儿子', phone: '13900000001' }, { name: true }],
  [{ name: '王', relation: '', phone: '13900000001' }, { relation: true }],
  [{ name: '王', relation: '儿子', phone: '1390' }, { phone: true }],
  [{ name: '王', relation: '儿子', phone: '12345' }, {}],
  [{ name: '王', relation: '儿子', phone: '不记得' }, { phone: true }],
  [{ name: '王'.repeat(40), relation: '儿'.repeat(20), phone: '+86 139 0000 0001' }, {}],
  [
    { name: '王'.repeat(41), relation: '儿'.repeat(21), phone: '' },
    { name: true, relation: true, phone: true },
  ],
])('half-written contact %j is marked', (draft, wrong) => {
  expect(checkContacts([draft]).problems ?? [{}]).toEqual([wrong])
})

test('what a contact calls the person, and who has the key, stays when it is changed', () => {
  const kept = { name: '王晓明', relation: '儿子', phone: '139', callsMe: '妈', hasKey: true }
  const { contacts } = checkContacts([
    { ...kept, phone: '13900000001', callsMe: ' 妈 ' },
    { ...blankContact, callsMe: '', hasKey: false },
  ])
  expect(contacts).toEqual([{ ...kept, phone: '13900000001' }])
  const named = { name: true, relation: true, phone: true }
  expect(checkContacts([{ ...blankContact, hasKey: true }]).problems).toEqual([named])
})

test('rows that come twice stand once, newest first', () => {
  const [first, second, third] = book.looks
  if (!first || !second || !third) throw new Error('the sample is too short')
  expect(unite([second, third], [first, second])).toEqual([first, second, third])
})
