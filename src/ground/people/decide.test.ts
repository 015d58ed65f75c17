import { expect, test } from 'vitest'
import { ageOn, isBirthday } from './decide.ts'

test.each([
  ['1943-02-01', '2026-01-31', 82],
  ['1943-02-01', '2026-02-01', 83],
  ['1943-02-01', '2026-12-31', 83],
  ['2026-07-07', '2026-07-07', 0],
  ['1940-02-29', '2026-02-28', 85],
  ['1940-02-29', '2026-03-01', 86],
  ['1940-02-29', '2024-02-28', 83],
  ['1940-02-29', '2024-02-29', 84],
  ['1943-12-31', '2026-01-01', 82],
])('born on %s, on %s a person is %d', (bornOn, day, age) => {
  expect(ageOn(bornOn, day)).toBe(age)
})

test.each([
  ['2026-07-07', true],
  ['2026-07-08', false],
  ['1943-02-01', true],
  ['2024-02-29', true],
  ['2026-02-29', false],
  ['1900-02-29', false],
  ['2026-02-30', false],
  ['2026-04-31', false],
  ['2026-13-01', false],
  ['2026-00-10', false],
  ['2026-01-00', false],
  ['1896-07-07', true],
  ['1895-07-07', false],
  ['0000-01-01', false],
  ['', false],
])('%s is a birthday as of 7 July 2026: %s', (bornOn, is) => {
  expect(isBirthday(bornOn, '2026-07-07')).toBe(is)
})
