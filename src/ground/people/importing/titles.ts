import type { Cell } from '../../../platform/sheets/index.ts'
import { watermarkTitle } from './columns.ts'
import type { Columns, Line } from './types.ts'

export type Mapping = readonly { title: string; column: string }[]

export type Matched<Name extends string> = {
  lines: Line<Name>[]
  /** Which title was taken for which column. */
  matched: { title: string; column: Name }[]
  /** Titles that nothing is read from. */
  ignored: string[]
  /** Needed columns that no title was taken for; then there are no lines. */
  missing: Name[]
  /** A column of the mapping that there is not. */
  unknown: string | null
}

const shownMax = 40

/**
 * Lines of a table by column. A title is known by either language, by the words that tables in use
 * have for it, or by what the asker says; the first of two alike counts.
 */
export function matchTitles<Name extends string>(
  cells: readonly (readonly Cell[])[],
  columns: Columns & Readonly<Record<Name, Columns[string]>>,
  mapping: Mapping,
): Matched<Name> {
  const names = Object.keys(columns) as Name[]
  const known = titlesOf(columns, names)
  const unknown = mapping.find(({ column }) => !names.includes(column as Name))?.column ?? null
  for (const { title, column } of mapping) known.set(keyOf(title), column as Name)
  const where = new Map<Name, number>()
  const matched: Matched<Name>['matched'] = []
  const ignored: string[] = []
  for (const [at, cell] of (cells[0] ?? []).entries()) {
    const title = cell === null ? '' : String(cell).normalize('NFC').trim()
    if (title === '' || title === watermarkTitle) continue
    const name = known.get(keyOf(title))
    if (name === undefined || where.has(name)) ignored.push(title.slice(0, shownMax))
    else {
      where.set(name, at)
      matched.push({ title: title.slice(0, shownMax), column: name })
    }
  }
  const missing = names.filter((name) => columns[name].isNeeded && !where.has(name))
  const lines = missing.length > 0 || unknown ? [] : linesOf(cells, columns, names, where)
  return { lines, matched, ignored, missing, unknown }
}

function titlesOf<Name extends string>(
  columns: Columns & Readonly<Record<Name, Columns[string]>>,
  names: readonly Name[],
): Map<string, Name> {
  const known = new Map<string, Name>()
  const learn = (title: string, name: Name) => {
    if (!known.has(keyOf(title))) known.set(keyOf(title), name)
  }
  for (const name of names) learn(name, name)
  for (const name of names) {
    learn(columns[name].zh, name)
    learn(columns[name].en, name)
  }
  for (const name of names) for (const title of columns[name].also) learn(title, name)
  return known
}

/** `姓名 *`, `姓名（必填）` and `NAME` are titles like 姓名 and Name. */
function keyOf(title: string): string {
  return title
    .normalize('NFKC')
    .replaceAll(/[\s*:]/g, '')
    .replace(/\((必填|选填|可不填|required|optional)\)$/i, '')
    .toLowerCase()
}

function linesOf<Name extends string>(
  cells: readonly (readonly Cell[])[],
  columns: Columns & Readonly<Record<Name, Columns[string]>>,
  names: readonly Name[],
  where: ReadonlyMap<Name, number>,
): Line<Name>[] {
  const lines: Line<Name>[] = []
  const places = [...where.values()]
  for (const [at, row] of cells.entries()) {
    if (at === 0 || places.every((place) => isEmpty(row[place]))) continue
    if (at === 1 && isSecondTitle(row, columns, where)) continue
    const found = names.map((name) => [name, row[where.get(name) ?? -1] ?? null])
    lines.push({ line: at + 1, cells: Object.fromEntries(found) as Record<Name, Cell> })
  }
  return lines
}

function isEmpty(cell: Cell | undefined): boolean {
  return cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '')
}

/** Our template has a line of English titles below the Chinese ones. */
function isSecondTitle<Name extends string>(
  row: readonly Cell[],
  columns: Columns & Readonly<Record<Name, Columns[string]>>,
  where: ReadonlyMap<Name, number>,
): boolean {
  return [...where].every(([name, at]) => isEmpty(row[at]) || row[at] === columns[name].en)
}
