import type { Cell } from '../../../platform/sheets/index.ts'
import { empty, textIn, wrong, type Read } from './cells.ts'

const digits = '零一二三四五六七八九'
const run = /[零〇一二两三四五六七八九十百廿卅]+/g

/** 1号, １号 and 一号 are one door: full width made half, numerals made digits, blanks gone. */
export function plainNumbers(text: string): string {
  const half = text.normalize('NFKC').replaceAll(/\s/g, '')
  return half.replaceAll(run, numberOf)
}

/** `十二` is 12, `一百零二` is 102, `二〇一` is 201. */
function numberOf(numerals: string): string {
  const plain = numerals
    .replaceAll('〇', '零')
    .replaceAll('两', '二')
    .replaceAll('廿', '二十')
    .replaceAll('卅', '三十')
  if (!/[十百]/.test(plain)) return [...plain].map((one) => digits.indexOf(one)).join('')
  let whole = 0
  let before = 0
  for (const one of plain) {
    if (one === '百') [whole, before] = [whole + (before || 1) * 100, 0]
    else if (one === '十') [whole, before] = [whole + (before || 1) * 10, 0]
    else before = digits.indexOf(one)
  }
  return String(whole + before)
}

/** The stair's number as it stands in codes: `26号`, `３单元` and `A座` are 26, 3 and A. */
export function stairIn(cell: Cell): Read<string> {
  const read = textIn(cell, 20)
  if ('wrong' in read || read.value === null) return read
  const plain = plainNumbers(read.value).replace(/(号门|号楼|号|单元|门洞|门|座|栋|幢)$/, '')
  return /^[0-9A-Za-z]{1,8}$/.test(plain) ? { value: plain } : wrong('stair')
}

export function roomIn(cell: Cell): Read<string> {
  const read = textIn(cell, 20)
  if ('wrong' in read || read.value === null) return read
  const plain = plainNumbers(read.value).replace(/(室|房|户)$/, '')
  return /^[0-9A-Za-z]{1,8}$/.test(plain) ? { value: plain } : wrong('room')
}

/** `5`, `五楼`, `-1`, `地下1层`. */
export function floorIn(cell: Cell): Read<number> {
  const read = textIn(cell, 10)
  if ('wrong' in read) return read
  if (read.value === null) return empty()
  const plain = plainNumbers(read.value)
    .replace(/^(地下|B)/i, '-')
    .replace(/(层|楼|F)$/i, '')
  const floor = /^-?\d{1,3}$/.test(plain) ? Number(plain) : Number.NaN
  return floor >= -9 && floor <= 150 ? { value: floor } : wrong('floor')
}

/** 501 is on the fifth floor: what the room says where the file does not. */
export function floorOf(room: string): number | undefined {
  const above = /^(\d{1,2})\d\d$/.exec(room)?.[1]
  return above === undefined || Number(above) === 0 ? undefined : Number(above)
}

/** By which two ways to write a building's name are one: 1幢, １号楼 and 一幢. */
export function buildingKey(name: string): string {
  return plainNumbers(name)
    .toLowerCase()
    .replace(/(号楼|楼|幢|栋|座|号)$/, '')
}

/** By which two ways to write a compound's or body's name are one. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase()
}

/** Stair and room in one cell: `26号501室`, `26-501`, `二十六号五〇一`. */
export function doorIn(cell: Cell): Read<{ stair: string; room: string }> {
  const read = textIn(cell, 60)
  if ('wrong' in read || read.value === null) return read as Read<never>
  const [, stair, room] =
    /([0-9A-Za-z]{1,8})(?:号门|号楼|号|单元|[-—/])([0-9A-Za-z]{1,8})(?:室|房|户)?$/.exec(
      plainNumbers(read.value),
    ) ?? []
  return stair && room ? { value: { stair, room } } : wrong('stair')
}
