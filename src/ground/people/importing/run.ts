import { createHash } from 'node:crypto'
import { committeesOf, type Asker, type SignedIn } from '../../../kernel/asker.ts'
import { dayOf } from '../../../kernel/calendar.ts'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import { errorFacts } from '../../../platform/log.ts'
import { isUnread, readSheet, type Unread } from '../../../platform/sheets/index.ts'
import type { Tx } from '../../../platform/sql.ts'
import { stampsOf } from '../../../platform/taking-back.ts'
import { lockPlaces, registerOf } from '../../places/index.ts'
import type * as api from './api.ts'
import { columnsOf } from './columns.ts'
import type { StaffDoor } from './doors.ts'
import { planHomes } from './homes.ts'
import { planOwners } from './owners.ts'
import { inBatches, type Made, type Plan, type Scope } from './plan.ts'
import { planResidents } from './residents.ts'
import { planStaff } from './staff.ts'
import * as store from './store.ts'
import { matchTitles, type Matched } from './titles.ts'
import {
  fileBytesMax,
  linesMax,
  sheetLinesMax,
  undoDays,
  unfoldedBytesMax,
  type Columns,
  type ImportKind,
  type Line,
} from './types.ts'

type Table = Input<typeof api.importDryRun>
type Outcome = Pick<
  Output<typeof api.importDryRun>,
  'lines' | 'good' | 'bad' | 'faults' | 'duplicateCount' | 'duplicates'
>

/** An import that this program runs or ran; what came in is in the database. */
type Job = {
  import: string
  street: StreetCode
  by: PersonId
  kind: ImportKind
  state: 'reading' | 'writing' | 'done' | 'refused' | 'failed'
  done: number
  outcome: Outcome
  at: Instant
}

export type Imports = { given: Given; staff: StaffDoor; jobs: Map<string, Job> }

const shownMax = 300
const listedMax = 100
const jobsKept = 200
/** Over all streets: each takes a connection and half a processor while it runs. */
const runningMax = 2

type Poster = SignedIn & { post: NonNullable<SignedIn['post']> }

export function openImports(given: Given, staff: StaffDoor): Imports {
  return { given, staff, jobs: new Map() }
}

export async function dryRun(
  { given, staff }: Imports,
  asker: Asker,
  table: Table,
): Promise<Output<typeof api.importDryRun> | Fault> {
  const read = await readTable(asker, table)
  if (isFault(read)) return read
  const { by, matched } = read
  const columns: Columns = columnsOf[table.kind]
  const outcome = await given.db.inStreet(scopeOf(by), async (tx) => {
    const plan = await planOf(given, staff, tx, by, table, matched.lines)
    return outcomeOf(plan, matched.lines.length)
  })
  return {
    ...outcome,
    ...{ columns: matched.matched, ignored: matched.ignored.slice(0, 100) },
    unmatched: Object.entries(columns)
      .filter(([name]) => !matched.matched.some(({ column }) => column === name))
      .map(([column, { zh, en, isNeeded = false }]) => ({ column, 'zh-CN': zh, en, isNeeded })),
  }
}

export async function importRegister(
  imports: Imports,
  asker: Asker,
  table: Table,
): Promise<Output<typeof api.importRegister> | Fault> {
  const { given, jobs } = imports
  if (isBusy(jobs, asker)) return fault('import-busy')
  const read = await readTable(asker, table)
  if (isFault(read)) return read
  const { by, matched, digest } = read
  const [missing] = matched.missing
  const columns: Columns = columnsOf[table.kind]
  if (missing) return fault('not-the-template', columns[missing]?.zh ?? missing)
  // The file was read meanwhile.
  if (isBusy(jobs, asker)) return fault('import-busy')
  const job: Job = {
    ...{ import: given.newId<string>(), street: by.street, by: by.person, kind: table.kind },
    ...{ state: 'reading', done: 0, at: given.clock.now() },
    outcome: { lines: matched.lines.length, ...nothing },
  }
  keepJob(jobs, job)
  void run(imports, by, table, matched.lines, digest, job).catch((error: unknown) => {
    job.state = 'failed'
    given.log.say('import.failed', errorFacts(error))
  })
  return { import: job.import }
}

const nothing = { good: 0, bad: 0, faults: [], duplicateCount: 0, duplicates: [] }

function isBusy(jobs: Imports['jobs'], asker: Asker): boolean {
  const running = [...jobs.values()].filter(({ state }) => isRunning(state))
  const street = asker.kind === 'person' ? asker.street : null
  return running.length >= runningMax || running.some((job) => job.street === street)
}

function isRunning(state: Job['state']): boolean {
  return state === 'reading' || state === 'writing'
}

function keepJob(jobs: Imports['jobs'], job: Job): void {
  jobs.set(job.import, job)
  for (const [id, { state }] of jobs) {
    if (jobs.size <= jobsKept) return
    if (!isRunning(state)) jobs.delete(id)
  }
}

/** One transaction: a failure at any line leaves nothing behind. */
async function run(
  { given, staff }: Imports,
  by: Poster,
  table: Table,
  lines: readonly Line<string>[],
  digest: Buffer,
  job: Job,
): Promise<void> {
  const isIn = await given.db.inStreet(scopeOf(by), async (tx) => {
    await store.lockStreet(tx, by.street)
    const plan = await planOf(given, staff, tx, by, table, lines)
    job.outcome = outcomeOf(plan, lines.length)
    const { bad, duplicateCount, good } = job.outcome
    const mayLeaveOut = table.onDuplicate === 'leave-out'
    if (bad > 0 || good === 0 || (duplicateCount > 0 && !mayLeaveOut)) return false
    job.state = 'writing'
    const facts = { import: job.import, street: by.street, kind: table.kind, rows: good }
    const who = { byPerson: by.person, byPost: by.post.id, at: job.at, undoneAt: null }
    await store.addImport(tx, { ...facts, ...who }, digest)
    await noteRows(tx, by.street, job.import, await plan.write(tx, (done) => (job.done = done)))
    return true
  })
  job.state = isIn ? 'done' : 'refused'
}

/** Which rows are the import's, and what each is like now. */
async function noteRows(
  tx: Tx,
  street: StreetCode,
  id: string,
  made: readonly Made[],
): Promise<void> {
  const rows: store.ImportRow[] = []
  for (const [from, some] of Map.groupBy(made, (one) => one.from)) {
    const keys = some.map(({ key }) => key)
    const stamps = await stampsOf(tx, from, keys)
    for (const { line, isShared, key } of some) {
      const stamp = stamps.get(key)?.toString('hex')
      if (stamp === undefined) throw new Error(`${from.table} has lost a row of the import`)
      rows.push({ n: rows.length, line, isShared, wentTo: from.table, key, made: stamp })
    }
  }
  await inBatches(rows, (some) => store.addRows(tx, street, id, some))
}

export async function importProgress(
  { given, jobs }: Imports,
  asker: Asker,
  { import: id }: Input<typeof api.importProgress>,
): Promise<Output<typeof api.importProgress> | Fault> {
  if (!isPoster(asker)) return fault('not-allowed')
  const job = jobs.get(id)
  const isTheirs = job?.street === asker.street && mayTouch(asker, job.by)
  if (job && isTheirs && job.state !== 'done') {
    const { state, done, outcome, at, kind } = job
    return { import: id, kind, state, done, ...outcome, at }
  }
  const facts = await given.db.inStreet(scopeOf(asker), (tx) =>
    store.importOf(tx, asker.street, id),
  )
  if (!facts || !mayTouch(asker, facts.byPerson)) return fault('not-found', 'import')
  const { kind, rows, undoneAt, at } = facts
  const outcome = job?.outcome ?? { lines: rows, ...nothing, good: rows }
  return {
    ...{ import: id, kind, state: undoneAt === null ? 'done' : 'undone', done: rows },
    ...{ ...outcome, at },
  }
}

export async function listImports(
  { given }: Imports,
  asker: Asker,
): Promise<Output<typeof api.listImports> | Fault> {
  if (!isPoster(asker)) return fault('not-allowed')
  const by = asker.post.role === 'street' ? null : asker.person
  const now = given.clock.now()
  const found = await given.db.inStreet(scopeOf(asker), (tx) =>
    store.importsIn(tx, asker.street, by, listedMax),
  )
  return {
    imports: found.map(({ import: id, kind, rows, at, undoneAt, byPerson }) => {
      const until = at + undoDays * dayMs
      const undoUntil = undoneAt === null && until > now ? until : null
      const byAsker = byPerson === asker.person
      return { import: id, kind, rows, at, undoneAt, undoUntil, byAsker }
    }),
  }
}

export function isPoster(asker: Asker): asker is Poster {
  return asker.kind === 'person' && asker.post !== null
}

/** An officer answers for the street; everybody else for what they brought in themselves. */
export function mayTouch({ person, post }: Poster, by: PersonId): boolean {
  return post.role === 'street' || person === by
}

export function scopeOf(asker: Poster) {
  return { street: asker.street, person: asker.person, committees: committeesOf(asker) }
}

type ReadTable = { by: Poster; matched: Matched<string>; digest: Buffer }

async function readTable(asker: Asker, table: Table): Promise<ReadTable | Fault> {
  if (!isPoster(asker)) return fault('not-allowed')
  // Posts are filled by the street alone.
  if (table.kind === 'staff' && asker.post.role !== 'street') return fault('not-allowed', 'kind')
  const bytes = Buffer.from(table.base64, 'base64')
  if (bytes.length > fileBytesMax) return fault('table-too-large', 'base64')
  const cells = await readSheet(bytes, { linesMax: sheetLinesMax, unfoldedBytesMax })
  if (isUnread(cells)) return fault(unreadFaults[cells.unread], whereOf(cells))
  const columns: Columns = columnsOf[table.kind]
  const matched = matchTitles<string>(cells, columns, table.mapping ?? [])
  if (matched.unknown !== null) return fault('bad-input', `mapping.${matched.unknown}`)
  if (matched.lines.length > linesMax) return fault('table-too-large', 'base64')
  return { by: asker, matched, digest: createHash('sha256').update(bytes).digest() }
}

const unreadFaults = {
  'no-table': 'not-a-table',
  'no-text': 'table-unreadable',
  'too-large': 'table-too-large',
  quotes: 'table-quotes',
  busy: 'table-busy',
  stopped: 'table-stopped',
} as const satisfies Record<Unread['unread'], string>

function whereOf({ line }: Unread): string {
  return line === null ? 'base64' : `line ${line}`
}

async function planOf(
  given: Given,
  staff: StaffDoor,
  tx: Tx,
  by: Poster,
  { kind, onDuplicate = 'refuse' }: Table,
  lines: readonly Line<string>[],
): Promise<Plan> {
  const now = given.clock.now()
  const { street, committees } = scopeOf(by)
  const scope: Scope = { street, committees, today: dayOf(now), now, onDuplicate }
  const all = await registerOf(tx, street, committees)
  switch (kind) {
    case 'homes': {
      const codes = all.committees.map(({ code }) => code)
      await lockPlaces(tx, codes)
      return planHomes(given, scope, await registerOf(tx, street, committees), linesOf(lines))
    }
    case 'residents':
      return planResidents(given, tx, scope, all, linesOf(lines))
    case 'owners':
      return planOwners(given, tx, scope, all, linesOf(lines))
    case 'staff':
      return planStaff(given, tx, scope, all, staff, linesOf(lines))
    default:
      return kind satisfies never
  }
}

/** Lines were matched by the columns of that kind. */
function linesOf<Name extends string>(lines: readonly Line<string>[]): readonly Line<Name>[] {
  return lines
}

function outcomeOf({ faults, duplicates, good }: Plan, lines: number): Outcome {
  const bad = new Set(faults.map(({ line }) => line)).size
  const ordered = faults.toSorted((a, b) => a.line - b.line)
  return {
    ...{ lines, good, bad, faults: ordered.slice(0, shownMax) },
    duplicateCount: duplicates.length,
    duplicates: duplicates.toSorted((a, b) => a.line - b.line).slice(0, shownMax),
  }
}
