import { expect, test } from 'vitest'
import { hourMs } from '../../../kernel/clock.ts'
import type { Purpose } from '../../../kernel/purpose.ts'
import { purposes, sensitivePurposes } from '../types.ts'
import { countTold, decideSwitch } from './decide.ts'
import type { Impact, Turn } from './types.ts'

const impact = (more: Partial<Impact> = {}): Impact => ({
  ...{ impact: 'the-newest', purpose: 'agreed-care', at: 1, title: '值班长', unit: '街道' },
  ...{ necessity: '为什么', risks: '风险', measures: '措施', isCarriedOver: false, ...more },
})
const turned = (isOn: boolean, turn = 3): Turn => ({
  ...{ turn, isOn, at: 1, title: '值班长', unit: '街道' },
})
const on = { purpose: 'agreed-care' as Purpose, isOn: true, impact: 'the-newest' as string | null }
const off = { ...on, isOn: false, impact: null }

type Case = {
  when: string
  asked: typeof on
  newest?: Impact
  last?: Turn
  says: object
}

const cases: Case[] = [
  { when: 'on, nothing on file', asked: on, says: { fault: 'impact-missing', field: 'impact' } },
  {
    when: 'on, what is on file was carried over by an upgrade',
    ...{
      asked: on,
      newest: impact({ isCarriedOver: true }),
      says: { fault: 'impact-missing', field: 'impact' },
    },
  },
  {
    when: 'on, with the newest on file',
    ...{ asked: on, newest: impact(), says: { purpose: 'agreed-care', turn: 1 } },
  },
  {
    when: 'on, with one that is not the newest any more',
    ...{
      asked: { ...on, impact: 'an older one' },
      newest: impact(),
      says: { fault: 'moved-on', field: 'impact' },
    },
  },
  {
    when: 'on, without naming any',
    ...{
      asked: { ...on, impact: null },
      newest: impact(),
      says: { fault: 'moved-on', field: 'impact' },
    },
  },
  {
    when: 'on, where it is on',
    ...{
      asked: on,
      newest: impact(),
      last: turned(true),
      says: { fault: 'already-so', field: 'isOn' },
    },
  },
  {
    when: 'on again, after it was switched off',
    ...{
      asked: on,
      newest: impact(),
      last: turned(false),
      says: { turn: 4, impact: 'the-newest' },
    },
  },
  { when: 'off, never touched', asked: off, says: { fault: 'already-so', field: 'isOn' } },
  {
    when: 'off, where it is off',
    asked: off,
    last: turned(false),
    says: { fault: 'already-so', field: 'isOn' },
  },
  {
    when: 'off, where it is on, whatever is on file',
    ...{ asked: off, last: turned(true), says: { turn: 4, impact: null } },
  },
  {
    when: 'a purpose that needs no switch',
    asked: { ...on, purpose: 'agreed-calls' },
    newest: impact(),
    says: { fault: 'bad-input', field: 'purpose' },
  },
]

test.each(cases)('switched $when', ({ asked, newest, last, says }) => {
  expect(decideSwitch(asked, { newest, last })).toMatchObject(says)
})

test('a count below ten is told as fewer than ten, and no other is bent', () => {
  expect([0, 1, 9].map(countTold)).toEqual([null, null, null])
  expect([10, 11, 4_000].map(countTold)).toEqual([10, 11, 4_000])
})

test('whatever senses or compares homes is sensitive; calls, which conclude nothing, are not', () => {
  expect(sensitivePurposes).toEqual(['agreed-care', 'wandering-guard', 'crowding-check'])
})

/** How a term reads in hours, in either language. */
const units: readonly [RegExp, number][] = [
  [/(\d+) ?(?:小时|h\b|hours?)/g, hourMs],
  [/(\d+) ?(?:天|days?)/g, 24 * hourMs],
  [/(\d+) ?(?:年|years?|y\b)/g, 366 * 24 * hourMs],
]

function longestIn(text: string): number {
  const found = units.flatMap(([unit, ms]) =>
    [...text.matchAll(unit)].map(([, count]) => (Number(count) * ms) / hourMs),
  )
  return Math.max(0, ...found)
}

test.each(Object.entries(purposes))('%s: both texts name the term, and no longer one', (_, one) => {
  const { hoursMax } = one.term
  // "72 hours and one": the hour in which what is over is deleted.
  const said = [one.kept['zh-CN'], one.kept.en].map(longestIn)
  for (const hours of said) {
    expect(Math.abs(hours - hoursMax)).toBeLessThanOrEqual(hoursMax > 365 * 24 - 1 ? 24 : 1)
  }
  expect(said[0]).toBe(said[1])
})
