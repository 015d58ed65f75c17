import type { Cell } from '../../../platform/sheets/index.ts'
import type { Mistake } from './sentences.ts'

/** What a cell means, or what is wrong with it. Null: it is empty. */
export type Read<T> = { value: T | null } | { wrong: Mistake }

/** Controls, and what turns the direction of writing (Unicode UAX 9). */
const controls = '\\u0000-\\u001f\\u007f-\\u009f'
const turners = '\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff'
const control = new RegExp(`[${controls}${turners}]`)

export function empty<T>(): Read<T> {
  return { value: null }
}

export function wrong<T>(mistake: Mistake): Read<T> {
  return { wrong: mistake }
}

/** Words as they are kept (NFC); a whole number is its digits. */
export function textIn(cell: Cell, lettersMax: number): Read<string> {
  if (cell === null) return empty()
  if (cell instanceof Date || typeof cell === 'boolean') return wrong('notText')
  const text = String(cell).normalize('NFC').trim()
  if (text === '') return empty()
  if (control.test(text)) return wrong('control')
  return [...text].length > lettersMax ? wrong('tooLong') : { value: text }
}

/** Codes and numbers of people: only as text, for a table program keeps 15 digits of a number. */
export function codeIn(cell: Cell, lettersMax: number): Read<string> {
  if (typeof cell === 'number' || cell instanceof Date) return wrong('numeric')
  const read = textIn(cell, lettersMax)
  if ('wrong' in read || read.value === null) return read
  if (/^[0-9](\.[0-9]+)?e\+?[0-9]{1,2}$/i.test(read.value)) return wrong('rounded')
  return read.value.includes('*') ? wrong('masked') : read
}

/** 2 to 60 characters, at least one of them a letter; rare ones and `·` are names like others. */
export function nameIn(cell: Cell): Read<string> {
  if (typeof cell === 'number') return wrong('name')
  const read = textIn(cell, 60)
  if ('wrong' in read) return read.wrong === 'tooLong' ? wrong('name') : read
  if (read.value === null) return read
  const letters = [...read.value]
  const isName = letters.length >= 2 && /[\p{L}\p{Nl}]/u.test(read.value)
  return isName && !/\p{Extended_Pictographic}/u.test(read.value) ? read : wrong('name')
}

/** Syllables in pinyin, small, without tones. */
export function readingIn(cell: Cell): Read<string> {
  const read = textIn(cell, 120)
  if ('wrong' in read || read.value === null) return read
  const plain = read.value.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ')
  return /^[a-zü:]{1,8}( [a-zü:]{1,8})*$/.test(plain) ? { value: plain } : wrong('reading')
}

/** A day 'YYYY-MM-DD', from a date cell or as people write it; 29 February 2026 is none. */
export function dayIn(cell: Cell): Read<string> {
  if (cell === null) return empty()
  if (cell instanceof Date) return dateCell(cell)
  if (typeof cell === 'boolean') return wrong('date')
  const text = String(cell).normalize('NFKC').trim()
  if (text === '') return empty()
  const parts =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ??
    /^(\d{4})年(\d{1,2})月(\d{1,2})日?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  if (!parts) return wrong('date')
  const [, year = '', month = '', day = ''] = parts
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(written) ? { value: written } : wrong('date')
}

/** A date cell counts days; with a time of day in it, somebody meant something else. */
function dateCell(cell: Date): Read<string> {
  if (Number.isNaN(cell.getTime())) return wrong('date')
  const text = cell.toISOString()
  const day = text.slice(0, 10)
  return text.endsWith('T00:00:00.000Z') && isDay(day) ? { value: day } : wrong('date')
}

function isDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`)
  const isReal = !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === day
  return isReal && day >= '1850-01-01' && day <= '2199-12-31'
}

const yes = ['是', '有', '对', '独居', 'yes', 'y', 'true', '1', '√', '✓']
const no = ['否', '无', '不', '不是', 'no', 'n', 'false', '0', '×']

export function yesNoIn(cell: Cell): Read<boolean> {
  if (typeof cell === 'boolean') return { value: cell }
  const read = textIn(cell, 10)
  if ('wrong' in read || read.value === null) return read as Read<boolean>
  const word = read.value.normalize('NFKC').toLowerCase()
  if (yes.includes(word)) return { value: true }
  return no.includes(word) ? { value: false } : wrong('yesNo')
}

/** One of a closed list: by its id, or by any of the words that people use for it. */
export function wordIn<Word extends string>(
  cell: Cell,
  words: Readonly<Record<Word, readonly string[]>>,
): Read<Word> {
  const read = textIn(cell, 40)
  if ('wrong' in read || read.value === null) return read as Read<Word>
  const said = read.value.normalize('NFKC').toLowerCase().replaceAll(' ', '-')
  const ids = Object.keys(words) as Word[]
  const found = ids.find(
    (id) => id === said || words[id].some((one) => one.replaceAll(' ', '-') === said),
  )
  return found ? { value: found } : wrong('word')
}

/** `1/2`, `50%` or `0.5`: so many parts of so many, exact. */
export function shareIn(cell: Cell): Read<{ part: number; whole: number }> {
  if (cell instanceof Date) return wrong('madeADate')
  const read = textIn(cell, 20)
  if ('wrong' in read || read.value === null) return read as Read<never>
  const text = read.value.normalize('NFKC').replaceAll('⁄', '/').replaceAll(/\s/g, '')
  const [, top, bottom] = /^([1-9]\d{0,4})\/([1-9]\d{0,4})$/.exec(text) ?? []
  if (top && bottom) return within(Number(top), Number(bottom))
  const [, percent, cents = ''] = /^(\d{1,3})(?:\.(\d{1,2}))?%$/.exec(text) ?? []
  if (percent) return within(Number(percent) * 100 + Number(cents.padEnd(2, '0')), 10_000)
  const [, ones, decimals = ''] = /^([01])(?:\.(\d{1,4}))?$/.exec(text) ?? []
  if (!ones) return wrong('share')
  return within(Number(ones) * 10_000 + Number(decimals.padEnd(4, '0')), 10_000)
}

function within(part: number, whole: number): Read<{ part: number; whole: number }> {
  if (part < 1 || part > whole) return wrong('share')
  const by = commonDivisor(part, whole)
  const [parts, wholes] = [part / by, whole / by]
  return wholes > 10_000 ? wrong('share') : { value: { part: parts, whole: wholes } }
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}

export function wholeIn(cell: Cell, min: number, max: number, mistake: Mistake): Read<number> {
  const read = textIn(cell, 10)
  if ('wrong' in read || read.value === null) return read as Read<number>
  const text = read.value.normalize('NFKC')
  const number = /^-?\d{1,4}$/.test(text) ? Number(text) : Number.NaN
  return number >= min && number <= max ? { value: number } : wrong(mistake)
}

/** 'HH:MM'; the end of hours may be 24:00. */
export function timeIn(cell: Cell, isEnd: boolean): Read<string> {
  const read = textIn(cell, 8)
  if ('wrong' in read || read.value === null) return read
  const [, hour = '', minute = ''] = /^(\d{1,2}):(\d{2})$/.exec(read.value.normalize('NFKC')) ?? []
  const written = `${hour.padStart(2, '0')}:${minute}`
  const isTime = /^([01]\d|2[0-3]):[0-5]\d$/.test(written) || (isEnd && written === '24:00')
  return isTime ? { value: written } : wrong('time')
}
