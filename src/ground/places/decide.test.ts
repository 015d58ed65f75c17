import { expect, test } from 'vitest'
import { flatten, homesOf } from './decide.ts'

const committee = { code: '310104011013', name: '田林十二村' }
const street = { code: '310104011', name: '田林街道', committees: [committee] }
const district = { code: '310104', name: '徐汇区', streets: [street] }

test('the register as rows, parents before children', () => {
  const second = { code: '310101', name: '黄浦区', streets: [] }
  expect(flatten({ districts: [district, second] })).toEqual([
    { code: '310104', name: '徐汇区', kind: 'district', parent: null },
    { code: '310101', name: '黄浦区', kind: 'district', parent: null },
    { code: '310104011', name: '田林街道', kind: 'street', parent: '310104' },
    { code: '310104011013', name: '田林十二村', kind: 'committee', parent: '310104011' },
  ])
  expect(flatten({ districts: [] })).toEqual([])
})

test.each([
  ['a street of another district', { ...street, code: '310101011' }, '310101011'],
  [
    'a committee of another street',
    { ...street, committees: [committee, { ...committee, code: '310104012001' }] },
    '310104012001',
  ],
])('%s is named', (_what, one, strayCode) => {
  expect(flatten({ districts: [{ ...district, streets: [one] }] })).toEqual({ strayCode })
})

test('a stair’s homes: floor × 100 + number', () => {
  const homes = homesOf('310104011013-01', { number: '26', floors: 2, homesPerFloor: 2 })
  expect(homes.map(({ code, floor, room }) => [code, floor, room])).toEqual([
    ['310104011013-01-26-101', 1, '101'],
    ['310104011013-01-26-102', 1, '102'],
    ['310104011013-01-26-201', 2, '201'],
    ['310104011013-01-26-202', 2, '202'],
  ])
  const tower = homesOf('310104011013-01', { number: '1', floors: 99, homesPerFloor: 20 })
  expect(tower.at(-1)).toMatchObject({ floor: 99, room: '9920' })
  expect(new Set(tower.map(({ code }) => code)).size).toBe(99 * 20)
})
