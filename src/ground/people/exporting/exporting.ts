import { committeesOf, type Asker, type SignedIn } from '../../../kernel/asker.ts'
import type { Seen } from '../../../kernel/book.ts'
import { dayOf, timeOf } from '../../../kernel/calendar.ts'
import { hourMs, type Instant } from '../../../kernel/clock.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import { writeCsv, writeXlsx } from '../../../platform/sheets/index.ts'
import {
  columnsOf,
  kindWords,
  watermarkTitle,
  type Columns,
  type FileFormat,
  type ImportKind,
  type StaffDoor,
} from '../importing/index.ts'
import { divisionNamed } from '../../places/index.ts'
import { namesOf } from '../store.ts'
import type * as api from './api.ts'
import { approvalsNeeded, hasOutgrown, mayApprove, stateOf } from './decide.ts'
import * as store from './store.ts'
import { countOf, exportedOf, looksOf } from './tables.ts'
import { rowsMax, termHours, withPast, type ExportRequest } from './types.ts'

export type Exports = { given: Given; staff: StaffDoor }
type Poster = SignedIn & { post: NonNullable<SignedIn['post']> }

const listedMax = 100

function isPoster(asker: Asker): asker is Poster {
  return asker.kind === 'person' && asker.post !== null
}

function scopeOf(asker: Poster) {
  return { street: asker.street, person: asker.person, committees: committeesOf(asker) }
}

export async function askExport(
  { given, staff }: Exports,
  asker: Asker,
  { kind, reason, ...input }: Input<typeof api.askExport>,
): Promise<Output<typeof api.askExport> | Fault> {
  if (!isPoster(asker)) return fault('not-allowed')
  const { street, post } = asker
  if (kind === 'staff' && post.role !== 'street') return fault('not-allowed', 'kind')
  const own = post.role === 'street' ? null : post.committee
  const committee = input.committee ?? own
  const isBeyond = own === null ? committee?.startsWith(street) === false : committee !== own
  if (isBeyond) return fault('not-found', 'committee')
  const askedAt = given.clock.now()
  const until = askedAt + termHours * hourMs
  const id = given.newId<string>()
  return given.db.inStreet(scopeOf(asker), async (tx) => {
    const isThere = committee === null || (await divisionNamed(tx, committee)) !== undefined
    if (!isThere) return fault('not-found', 'committee')
    const range = { street, committee, isPastIn: withPast.has(reason), reason }
    const rows = await countOf(tx, staff, kind, { ...range, committees: committeesOf(asker) })
    if (rows > rowsMax) return fault('table-too-large', 'committee')
    const asked = { export: id, kind, committee, reason, rows, street }
    const by = { byPerson: asker.person, byPost: post.id }
    await store.addExport(tx, { ...asked, ...by, askedAt, until })
    return { export: id, rows, approvalsNeeded: approvalsNeeded(rows), until }
  })
}

export async function decideExport(
  { given }: Exports,
  asker: Asker,
  { export: id, verdict }: Input<typeof api.decideExport>,
): Promise<Output<typeof api.decideExport> | Fault> {
  if (!isPoster(asker)) return fault('not-allowed')
  const now = given.clock.now()
  return given.db.inStreet(scopeOf(asker), async (tx) => {
    const asked = await store.exportHeld(tx, asker.street, id)
    if (!asked) return fault('not-found', 'export')
    if (!mayApprove(asked, asker.person)) return fault('own-export', 'export')
    const state = stateOf(asked, now)
    if (state === 'over') return fault('export-over', 'export')
    if (state !== 'waiting') return fault('already-so', 'export')
    if (verdict === 'refuse') {
      await store.refuse(tx, id, asker.person, now)
      return { export: id, state: 'refused', approvals: approvalsOf(asked) }
    }
    const which = asked.firstBy === null ? 'first' : 'second'
    await store.approve(tx, id, asker.person, now, which)
    const isReady = which === 'second'
    return { export: id, state: isReady ? 'ready' : 'waiting', approvals: isReady ? 2 : 1 }
  })
}

function approvalsOf({ firstBy, secondBy }: ExportRequest): number {
  return [firstBy, secondBy].filter((by) => by !== null).length
}

export async function listExports(
  { given }: Exports,
  asker: Asker,
): Promise<Seen<Output<typeof api.listExports>> | Fault> {
  if (!isPoster(asker)) return fault('not-allowed')
  const { street } = asker
  const now = given.clock.now()
  const by = asker.post.role === 'street' ? null : asker.person
  return given.db.inStreet(scopeOf(asker), async (tx) => {
    const found = await store.exportsIn(tx, street, by, listedMax)
    const askers = [...new Set(found.map(({ byPerson }) => byPerson as PersonId))]
    const names = await namesOf(tx, askers)
    const exports = found.map(({ byPerson, firstBy: _, secondBy: __, refusedAt: ___, ...one }) => ({
      ...one,
      committee: one.committee as Output<typeof api.listExports>['exports'][number]['committee'],
      state: stateOf({ ...one, refusedAt: ___, secondBy: __ }, now),
      approvals: [_, __].filter((each) => each !== null).length,
      approvalsNeeded: approvalsNeeded(one.rows),
      name: names.get(byPerson as PersonId) ?? '',
      byAsker: byPerson === asker.person,
    }))
    const matter = { kind: 'operation', id: null, label: 'export-list' } as const
    const looks = askers.map((person) => ({ street, person, fields: ['name'] as const, matter }))
    return { answer: { exports }, looks }
  })
}

export async function fetchExport(
  { given, staff }: Exports,
  asker: Asker,
  { export: id, format = 'xlsx' }: Input<typeof api.fetchExport>,
): Promise<Seen<Output<typeof api.fetchExport>> | Fault> {
  if (!isPoster(asker)) return fault('not-allowed')
  const { street } = asker
  const now = given.clock.now()
  const read = await given.db.inStreet(scopeOf(asker), async (tx) => {
    const asked = await store.exportHeld(tx, street, id)
    if (!asked || asked.byPerson !== asker.person) return fault('not-found', 'export')
    const state = stateOf(asked, now)
    if (state === 'over') return fault('export-over', 'export')
    if (state === 'refused') return fault('export-refused', 'export')
    if (state === 'waiting') return fault('export-waits', 'export')
    const { kind, committee, reason } = asked
    // Whoever has another post since has another committee: what they asked for is not theirs.
    const own = asker.post.role === 'street' ? null : asker.post.committee
    if (own !== null && committee !== own) return fault('not-found', 'export')
    const range = { street, committee, isPastIn: withPast.has(reason), reason }
    const wanted = { ...range, committees: committeesOf(asker) }
    const exported = await exportedOf(given, tx, staff, kind, wanted)
    if (exported.rows.length > rowsMax || hasOutgrown(asked.rows, exported.rows.length)) {
      return fault('export-outgrown', 'export')
    }
    return { kind, reason, exported }
  })
  if (isFault(read)) return read
  const { kind, reason, exported } = read
  // Without a transaction open: writing a large table takes seconds.
  const bytes = await fileOf(kind, format, exported.rows, markOf(asker, now, id))
  if (isFault(bytes)) return bytes
  await given.db.inStreet(scopeOf(asker), (tx) => store.setFetched(tx, id, now))
  const name = `${kindWords[kind].zh} ${kind}-${dayOf(now)}.${format}`
  const answer = { name, base64: bytes.toString('base64'), rows: exported.rows.length }
  return { answer, looks: looksOf(exported, street, id, reason) }
}

/** Who fetches it and when: whoever passes it on passes this on. */
function markOf({ post }: Poster, now: Instant, id: string): string {
  return `${post.unit} ${post.title} ${dayOf(now)} ${timeOf(now)} ${id}`
}

async function fileOf(
  kind: ImportKind,
  format: FileFormat,
  rows: readonly Record<string, string>[],
  mark: string,
): Promise<Buffer | Fault> {
  const columns: Columns = columnsOf[kind]
  const names = Object.keys(columns)
  const titles = [
    names.map((name) => columns[name]?.zh ?? ''),
    names.map((name) => columns[name]?.en ?? ''),
  ]
  const lines = rows.map((row) => names.map((name) => row[name] ?? ''))
  if (format === 'csv') {
    const [first = [], second = []] = titles
    const marked = [...lines, ...(lines.length === 0 ? [names.map(() => '')] : [])]
    return writeCsv([
      [...first, watermarkTitle],
      [...second, ''],
      ...marked.map((line) => [...line, mark]),
    ])
  }
  const { zh, en } = kindWords[kind]
  const widths = names.map((name) => columns[name]?.width ?? 12)
  return writeXlsx({
    sheets: [
      { name: `${zh} ${en}`, rows: [...titles, ...lines], widths, titleLines: 2 },
      { name: '说明 Notes', rows: notes(mark), widths: [90] },
    ],
  })
}

function notes(mark: string): string[][] {
  return [
    [mark],
    ['此表由上面的岗位在该时间取出，只能用于申请时写明的事由，用完请删除。'],
    ['Fetched by the post above at that time, for the reason it was asked for and nothing else.'],
    ['表中每个人都能在自己的记录里看到这次导出。'],
    ['Everybody in it finds this export in their own book.'],
  ]
}
