import { describe, expect, test } from 'vitest'
import type { Cell } from '../../../platform/sheets/index.ts'
import { buildingKey, doorIn, floorIn, plainNumbers, roomIn, stairIn } from './addresses.ts'
import { codeIn, dayIn, nameIn, shareIn, timeIn, yesNoIn, type Read } from './cells.ts'
import { personKey } from './likeness.ts'

const told = <T>(read: Read<T>) => ('wrong' in read ? `!${read.wrong}` : read.value)

test('days, as cells and as people write them', () => {
  const days: [Cell, string | null][] = [
    ['2020-02-29', '2020-02-29'],
    ['2020/2/9', '2020-02-09'],
    ['２０２０．２．９', '2020-02-09'],
    ['2020年2月9日', '2020-02-09'],
    ['20200209', '2020-02-09'],
    [20_200_209, '2020-02-09'],
    [new Date('2020-02-09T00:00:00Z'), '2020-02-09'],
    [null, null],
    [' ', null],
    ['2026-02-29', '!date'],
    ['2020-13-01', '!date'],
    ['2020-02-09 24:00', '!date'],
    ['2020-02-09T00:00:00Z', '!date'],
    ['9/2/2020', '!date'],
    ['0000-01-01', '!date'],
    [43_870, '!date'],
    [new Date('2020-02-09T08:30:00Z'), '!date'],
    [new Date(Number.NaN), '!date'],
    [true, '!date'],
  ]
  expect(days.map(([cell]) => told(dayIn(cell)))).toEqual(days.map(([, day]) => day))
})

test('names keep their characters; what is none is refused', () => {
  const names: [Cell, string | null][] = [
    ['𠮷䶮', '𠮷䶮'],
    [' 阿依古丽·买买提 ', '阿依古丽·买买提'],
    ['José', 'José'],
    ['〇一', '〇一'],
    ['王'.repeat(60), '王'.repeat(60)],
    ['𠮷'.repeat(61), '!name'],
    ['王', '!name'],
    ['12', '!name'],
    [12, '!name'],
    ['王😀', '!name'],
    ['王\u0000五', '!control'],
    ['王\u200b五', '!control'],
    ['王\u2067五', '!control'],
    [new Date(0), '!notText'],
  ]
  expect(names.map(([cell]) => told(nameIn(cell)))).toEqual(names.map(([, name]) => name))
  expect(personKey('阿依古丽•买买提')).toBe(personKey('阿依古丽买买提'))
})

test('codes are text; a number has lost digits', () => {
  expect(told(codeIn(310_104_196_001_010_000, 30))).toBe('!numeric')
  expect(told(codeIn(new Date(0), 30))).toBe('!numeric')
  for (const said of ['3.10104E+17', '3.1e17', '1E+10'])
    expect(told(codeIn(said, 30))).toBe('!rounded')
  expect(told(codeIn('138****0000', 30))).toBe('!masked')
  expect(told(codeIn('０１２', 30))).toBe('０１２')
})

test('shares are exact fractions of at most ten thousand parts', () => {
  const shares: [Cell, unknown][] = [
    ['1/2', { part: 1, whole: 2 }],
    ['２／４', { part: 1, whole: 2 }],
    ['33.33%', { part: 3333, whole: 10_000 }],
    ['100%', { part: 1, whole: 1 }],
    [0.5, { part: 1, whole: 2 }],
    ['1', { part: 1, whole: 1 }],
    ['0', '!share'],
    ['3/2', '!share'],
    ['101%', '!share'],
    ['1/0', '!share'],
    ['1/10001', '!share'],
    [0.123_45, '!share'],
    [new Date('2026-01-02T00:00:00Z'), '!madeADate'],
  ]
  expect(shares.map(([cell]) => told(shareIn(cell)))).toEqual(shares.map(([, share]) => share))
})

test('yes and no, and times of day', () => {
  for (const cell of ['是', 'Y', '１', true]) expect(told(yesNoIn(cell))).toBe(true)
  for (const cell of ['否', 'no', 0, false]) expect(told(yesNoIn(cell))).toBe(false)
  expect(told(yesNoIn('也许'))).toBe('!yesNo')
  expect([timeIn('8:30', false), timeIn('24:00', true), timeIn('24:00', false)].map(told)).toEqual([
    ...['08:30', '24:00', '!time'],
  ])
})

describe('doors', () => {
  test('numerals, full width and digits are one number', () => {
    const same = {
      1: ['1', '１', '一', ' 一 '],
      10: ['10', '十', '一十', '一〇'],
      12: ['十二', '一二', '１２'],
      26: ['二十六', '廿六', '26'],
      102: ['一百零二', '一〇二'],
      120: ['一百二十'],
      501: ['五〇一', '五零一'],
    }
    for (const [number, ways] of Object.entries(same)) {
      expect(ways.map(plainNumbers)).toEqual(ways.map(() => number))
    }
  })

  test('stairs, rooms, floors, buildings and both in one', () => {
    expect(['26号', '３单元', 'A座', '十二号楼', 7].map((cell) => told(stairIn(cell)))).toEqual([
      ...['26', '3', 'A', '12', '7'],
    ])
    expect(['26-1', '甲', '123456789', 2.5].map((cell) => told(stairIn(cell)))).toEqual([
      ...['!stair', '!stair', '!stair', '!stair'],
    ])
    expect(['501室', '五〇一', 501, 'B01'].map((cell) => told(roomIn(cell)))).toEqual([
      ...['501', '501', '501', 'B01'],
    ])
    expect(['5楼', '地下1层', 'B2', -1, '十二层'].map((cell) => told(floorIn(cell)))).toEqual([
      ...[5, -1, -2, -1, 12],
    ])
    expect(new Set(['1幢', '１号楼', '一幢', '1'].map(buildingKey))).toEqual(new Set(['1']))
    const door = { stair: '26', room: '501' }
    for (const said of ['26号501室', '26-501', '二十六号五〇一', '虹桥路12弄26号501']) {
      expect(told(doorIn(said))).toEqual(door)
    }
    expect(told(doorIn('五楼左手'))).toBe('!stair')
  })
})
