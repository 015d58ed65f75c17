/** What tests of imports and exports have in common: files as people have them, and asking. */
import type { Actor } from '../../../../../tests/rig/streets.ts'
import type { Output } from '../../../../kernel/endpoint.ts'
import type * as api from '../api.ts'
import { columnsOf } from '../columns.ts'
import type { Columns, ImportKind } from '../types.ts'

export type Row = Record<string, string>

/** A CSV with the titles of our template. */
export function csv(kind: ImportKind, rows: readonly Row[]): string {
  const columns: Columns = columnsOf[kind]
  const names = Object.keys(columns).filter(
    (name) => columns[name]?.isNeeded || rows.some((row) => row[name] !== undefined),
  )
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`
  const lines = [
    names.map((name) => columns[name]?.zh ?? ''),
    ...rows.map((row) => names.map((name) => row[name] ?? '')),
  ]
  return lines.map((line) => line.map(quoted).join(',')).join('\r\n')
}

export const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64')

export function table(kind: ImportKind, rows: readonly Row[], more: object = {}) {
  return { kind, base64: base64(csv(kind, rows)), ...more }
}

export async function dry(
  by: Actor,
  kind: ImportKind,
  rows: readonly Row[],
  more: object = {},
): Promise<Output<typeof api.importDryRun>> {
  const answer = await by.post('/api/people/imports/dry-run', table(kind, rows, more))
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return answer.body as Output<typeof api.importDryRun>
}

/** `line column sentence`, of every cell that is wrong; the sentence up to its first stop. */
export async function wrong(by: Actor, kind: ImportKind, rows: readonly Row[]): Promise<string[]> {
  const { faults } = await dry(by, kind, rows)
  return faults.map((one) => `${one.line} ${one.column} ${one.en}`.replace(/[.:;,].*/, ''))
}

/** How the import ended. */
export async function brought(
  by: Actor,
  asked: object,
): Promise<Output<typeof api.importProgress>> {
  const answer = await by.post('/api/people/imports', asked)
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  const { import: id } = answer.body as Output<typeof api.importRegister>
  for (;;) {
    const progress = await by.get(`/api/people/imports/one?import=${id}`)
    const now = progress.body as Output<typeof api.importProgress>
    if (!['reading', 'writing'].includes(now.state)) return now
    await new Promise((done) => setTimeout(done, 20))
  }
}

export function bring(by: Actor, kind: ImportKind, rows: readonly Row[], more: object = {}) {
  return brought(by, table(kind, rows, more))
}

let people = 0

/** An identity number that checks (GB 11643), another one each time. */
export function nextId(bornOn = '19600101'): string {
  const first17 = `310104${bornOn}${String(++people).padStart(3, '0')}`
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
  const sum = weights.reduce((all, weight, at) => all + weight * Number(first17[at]), 0)
  return `${first17}${'10X98765432'[sum % 11]}`
}
