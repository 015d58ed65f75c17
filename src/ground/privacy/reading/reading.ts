import type { Asker, SignedIn } from '../../../kernel/asker.ts'
import type { Looker, Matter, Seen } from '../../../kernel/book.ts'
import { dayOf, startOfDay } from '../../../kernel/calendar.ts'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import type { How, Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { wrongAmong } from '../reviewing/index.ts'
import type * as api from './api.ts'
import * as store from './store.ts'
import { pageRows, type LookOutcome, type NameOf, type TaskEnds } from './types.ts'

type Row = Awaited<ReturnType<typeof store.looksAt>>[number]
type Line = Output<typeof api.whoLooked>['looks'][number]

export async function whoLooked(
  given: Given,
  asker: Asker,
  input: Input<typeof api.whoLooked>,
  taskEnds: TaskEnds,
): Promise<Seen<Output<typeof api.whoLooked>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { person } = asker
  const now = given.clock.now()
  const since = startOfDay(now) - 29 * dayMs
  const before = input.before ?? null
  return given.db.inStreet(asker, async (tx) => {
    const rows = await store.looksAt(tx, person, { before, count: pageRows + 1, now })
    const backups = await store.backupsBefore(tx, before, pageRows + 1)
    const ids = idsSince(since)
    const byDay = await store.looksByDay(tx, person, { since, firstId: ids, now })
    const lines = newestOf(rows, backups)
    const looks = await saidOf(tx, asker, lines.slice(0, pageRows), taskEnds)
    const days = Array.from({ length: 30 }, (_, i) => byDay.get(dayOf(since + i * dayMs)) ?? 0)
    return { answer: { looks, days, more: lines.length > pageRows, now }, looks: [] }
  })
}

type Backup = { id: string; at: Date }
type Found = { id: string; row: Row } | { id: string; backup: Backup }

/** Ids grow with time; the database and this sort them alike. */
function newestOf(rows: readonly Row[], backups: readonly Backup[]): Found[] {
  const found: Found[] = [
    ...rows.map((row) => ({ id: row.id, row })),
    ...backups.map((backup) => ({ id: backup.id, backup })),
  ]
  return found.toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(0, pageRows + 1)
}

/** Below every id of that day: an id is made after the moment that it stands for, never before. */
function idsSince(at: Instant): string {
  const hex = Math.max(0, at - dayMs)
    .toString(16)
    .padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}

async function saidOf(
  tx: Tx,
  { person }: SignedIn,
  found: readonly Found[],
  taskEnds: TaskEnds,
): Promise<Line[]> {
  const rows = found.flatMap((one) => ('row' in one ? [one.row] : []))
  const ids = rows.map(({ id }) => id)
  const asked = await store.questionsOn(tx, ids)
  const wrong = await wrongAmong(tx, ids)
  const outcomeOf = await outcomesOf(tx, person, rows, taskEnds)
  return found.map((one) =>
    'backup' in one
      ? backupLine(one.backup)
      : {
          ...lineOf(one.row),
          outcome: wrong.has(one.id) ? 'found-wrong' : outcomeOf(one.row),
          question: asked.get(one.id) ?? null,
        },
  )
}

function lineOf(row: Row): Omit<Line, 'outcome' | 'question'> {
  return {
    id: row.id,
    at: row.at.getTime(),
    by: row.by_kind as Looker['kind'],
    ...{ title: row.title, unit: row.unit, rule: row.rule, ruleVersion: row.rule_version },
    ...{ fields: row.fields, matter: row.matter_kind as Matter['kind'], label: row.label },
    how: row.how as How,
  }
}

/** Everything of the street, and so everything of the reader. */
function backupLine({ id, at }: Backup): Line {
  return {
    ...{ id, at: at.getTime(), by: 'operator', title: null, unit: null, rule: null },
    ...{ ruleVersion: null, fields: [], matter: 'operation', label: 'backup', how: 'backup' },
    ...{ outcome: null, question: null },
  }
}

/** Only of the reader's own matter; nothing where nobody has said anything yet. */
async function outcomesOf(
  tx: Tx,
  reader: PersonId,
  rows: readonly Row[],
  taskEnds: TaskEnds,
): Promise<(row: Row) => LookOutcome | null> {
  const tasks = await taskEnds(tx, reader, mattersOf(rows, 'task'))
  const requests = await store.requestEnds(tx, mattersOf(rows, 'request'))
  const ends = new Map<string, LookOutcome | null>([...tasks, ...requests])
  return ({ matter_id: matter }) => (matter === null ? null : (ends.get(matter) ?? null))
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function mattersOf(rows: readonly Row[], kind: Matter['kind']): string[] {
  const ids = rows.flatMap(({ matter_kind: its, matter_id: id }) =>
    its === kind && id !== null && uuid.test(id) ? [id] : [],
  )
  return [...new Set(ids)]
}

/** Whoever it names sees that their name was given. */
export async function whoWasIt(
  given: Given,
  asker: Asker,
  { look: id }: Input<typeof api.whoWasIt>,
  nameOf: NameOf,
): Promise<Seen<Output<typeof api.whoWasIt>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street } = asker
  return given.db.inStreet({ ...asker, committees: '*' }, async (tx) => {
    const look = await store.lookAt(tx, asker.person, id, given.clock.now())
    if (look?.by_kind !== 'post' || look.by_person === null) return fault('not-found', 'look')
    const person = look.by_person as PersonId
    const name = (await nameOf(tx, person)) ?? null
    const answer = { look: id, name, title: look.title ?? '', unit: look.unit ?? '' }
    const matter = { kind: 'operation', id: null, label: 'name-given' } as const
    const fields = ['name', 'post'] as const
    return { answer, looks: name === null ? [] : [{ street, person, fields, matter }] }
  })
}
