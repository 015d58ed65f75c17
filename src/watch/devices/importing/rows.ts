import type { PlaceCode } from '../../../kernel/ids.ts'
import type { Cell } from '../../../platform/sheets/index.ts'
import { heartbeatSecondsDefault, purposeGiven } from '../decide.ts'
import { deviceKinds, devicePurposes } from '../types.ts'
import type { DeviceKind, DevicePurpose } from '../types.ts'
import {
  columnNames,
  columns,
  kindWords,
  mistakes,
  purposeWords,
  type Column,
  type Mistake,
} from './words.ts'

export type CellFault = { column: string; 'zh-CN': string; en: string }

/** One row as it was written, what it means, and what is wrong with it. */
export type Row = {
  /** As the table program counts: the first line is 1. */
  row: number
  written: Record<Column, string>
  kind: DeviceKind | null
  place: PlaceCode | null
  purpose: DevicePurpose | null
  heartbeatSeconds: number
  errors: CellFault[]
}

export const rowsMax = 5_000
const lettersMax: Record<Column, number> = {
  ...{ kind: 40, place: 40, gateway: 40, nameAtGateway: 100, model: 120, purpose: 40 },
  ...{ heartbeatSeconds: 10, label: 40, keeper: 40 },
}
const placeShape = /^\d{12}(-\d{2,3}(-[0-9A-Za-z]{1,8}(-[0-9A-Za-z]{1,8})?)?)?$/
/** Controls, and what turns the direction of writing (Unicode UAX 9). */
const controls = '[\\u0000-\\u001f\\u007f\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]'
const control = new RegExp(controls)
const everyControl = new RegExp(controls, 'g')

/**
 * Rows from the cells of the first sheet. Columns are known by either title, in any order; what
 * stands right of them is nobody's matter. Or the title that is missing, or that there are too
 * many rows.
 */
export function rowsFrom(
  cells: readonly (readonly Cell[])[],
): Row[] | { missing: string } | 'too-many' {
  const titles = (cells[0] ?? []).map(plain)
  const where = new Map(columnNames.map((name) => [name, columnAt(titles, name)]))
  for (const name of ['kind', 'place'] as const) {
    if (where.get(name) === -1) return { missing: columns[name].zh }
  }
  const hasSecondLine = plain(cells[1]?.[where.get('kind') ?? 0] ?? null) === columns.kind.en
  const from = hasSecondLine ? 2 : 1
  const filled = cells
    .map((row, at) => ({ row, number: at + 1 }))
    .slice(from)
    .filter(({ row }) => row.some((cell) => cell !== null && plain(cell) !== ''))
  if (filled.length > rowsMax) return 'too-many'
  return filled.map(({ row, number }) => {
    const found = Object.fromEntries(
      columnNames.map((name) => [name, row[where.get(name) ?? -1] ?? null]),
    ) as Record<Column, Cell>
    return rowOf(number, found)
  })
}

function columnAt(titles: string[], name: Column): number {
  const { zh, en } = columns[name]
  return titles.findIndex((title) => title === zh || title.toLowerCase() === en.toLowerCase())
}

function plain(cell: Cell): string {
  return cell === null ? '' : String(cell).normalize('NFC').trim()
}

function rowOf(row: number, cells: Record<Column, Cell>): Row {
  const errors: CellFault[] = []
  const written = {} as Record<Column, string>
  for (const name of columnNames) {
    const mistake = cellMistake(name, cells[name])
    if (mistake) errors.push(cellFault(name, mistake))
    written[name] = shown(cells[name])
  }
  const isSound = (name: Column) => !errors.some(({ column }) => column === columns[name].zh)
  const kind = wordOf(written.kind, deviceKinds, kindWords)
  if (!kind && isSound('kind')) errors.push(cellFault('kind', 'unknownKind'))
  const isPlace = isSound('place') && placeShape.test(written.place)
  if (!isPlace && isSound('place')) errors.push(cellFault('place', 'placeShape'))
  const place = isPlace ? (written.place as PlaceCode) : null
  const wished = wordOf(written.purpose, devicePurposes, purposeWords)
  if (!wished && written.purpose !== '') errors.push(cellFault('purpose', 'unknownPurpose'))
  const fits = kind && place && purposeGiven(kind, place, wished ?? undefined)
  if (fits && 'wrong' in fits) {
    const isKind = fits.wrong === 'place'
    errors.push(cellFault(isKind ? 'kind' : 'purpose', isKind ? 'kindNotHere' : 'purposeNotHere'))
  }
  const purpose = fits && 'purpose' in fits ? fits.purpose : null
  const seconds = written.heartbeatSeconds
  const heartbeatSeconds = seconds === '' ? heartbeatSecondsDefault : Number(seconds)
  const isBeat = /^\d{0,5}$/.test(seconds) && heartbeatSeconds >= 10 && heartbeatSeconds <= 86_400
  if (!isBeat) errors.push(cellFault('heartbeatSeconds', 'heartbeat'))
  return { row, written, kind, place, purpose, heartbeatSeconds, errors }
}

function cellMistake(name: Column, cell: Cell): Mistake | undefined {
  if (cell === null || plain(cell) === '') {
    return name === 'kind' || name === 'place' ? 'missing' : undefined
  }
  if (typeof cell === 'number' && columns[name].isCode) return 'numeric'
  if (typeof cell === 'boolean' || cell instanceof Date) return 'notText'
  if (control.test(plain(cell))) return 'control'
  return plain(cell).length > lettersMax[name] ? 'tooLong' : undefined
}

/** What the answer shows of a cell: short, and without what turns the direction of writing. */
function shown(cell: Cell): string {
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? '' : cell.toISOString()
  return plain(cell).replaceAll(everyControl, ' ').slice(0, 120)
}

function wordOf<Word extends string>(
  written: string,
  words: readonly Word[],
  names: Record<Word, { zh: string; en: string }>,
): Word | null {
  const small = written.toLowerCase()
  const found = words.find((word) => {
    const { zh, en } = names[word]
    return [word, en.toLowerCase(), zh, ...zh.split('与')].includes(small)
  })
  return found ?? null
}

export function cellFault(name: Column, mistake: Mistake): CellFault {
  const { zh, en } = mistakes[mistake]
  return { column: columns[name].zh, 'zh-CN': zh, en }
}
