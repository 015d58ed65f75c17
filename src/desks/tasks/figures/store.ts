import { sql, type RawBuilder } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { Outcome } from '../../../kernel/event.ts'
import type { CommitteeCode, PersonId, PlaceCode, PostId, TaskId } from '../../../kernel/ids.ts'
import { maybeInstant, toDate, toInstant, type Tx } from '../../../platform/sql.ts'
import type { TaskKind, TaskState } from '../types.ts'
import type { KindFigures, OpenMatter, Proof, Took, Urgency } from './types.ts'

/** What a street may have open at once before its picture says "and more". */
export const mattersMax = 500

export type Within = { committee?: CommitteeCode; kind?: TaskKind; rule?: string }

type MatterRow = {
  id: string
  kind: string
  rule: string
  urgency: string
  state: string
  committee: string
  opened_at: Date
  acknowledge_by: Date
  due_at: Date
  closed_at: Date | null
  outcome: string | null
  tier: number
  post: string
}

const columns = sql.raw(
  'id, kind, rule, urgency, state, committee, opened_at, acknowledge_by, due_at, closed_at, ' +
    'outcome, tier, post',
)

/** Emergencies first, then what runs out first. */
export async function openMatters(tx: Tx, within: Within = {}): Promise<OpenMatter[]> {
  const { rows } = await sql<MatterRow>`
    select ${columns} from tasks.task where state <> 'closed' ${among(within)}
    order by urgency = 'emergency' desc,
      case when state = 'raised' then least(acknowledge_by, due_at) else due_at end, id
    limit ${mattersMax}`.execute(tx)
  return rows.map(matterOf)
}

/** Opened or closed in a span, the newest first; what was taken back unseen is not among them. */
export async function mattersIn(
  tx: Tx,
  event: 'opened' | 'closed',
  { from, to }: { from: Instant; to: Instant },
  within: Within = {},
): Promise<(OpenMatter & { closedAt: Instant | null; outcome: Outcome | null })[]> {
  const at = sql.raw(`${event}_at`)
  const { rows } = await sql<MatterRow>`
    select ${columns} from tasks.task
    where ${at} >= ${toDate(from)} and ${at} < ${toDate(to)}
      and (state <> 'closed' or outcome is not null) ${among(within)}
    order by ${at} desc, id limit ${mattersMax}`.execute(tx)
  return rows.map((row) => ({
    ...matterOf(row),
    closedAt: maybeInstant(row.closed_at),
    outcome: row.outcome as Outcome | null,
  }))
}

/** How many ended in each of these spans; what was taken back unseen does not count. */
export async function countClosedIn(
  tx: Tx,
  spans: readonly { from: Instant; to: Instant }[],
): Promise<number[]> {
  const { rows } = await sql<{ n: number }>`
    select (select count(*)::int from tasks.task where state = 'closed' and outcome is not null
      and closed_at >= span.since and closed_at < span.until) as n
    from unnest(${spans.map(({ from }) => toDate(from))}::timestamptz[],
      ${spans.map(({ to }) => toDate(to))}::timestamptz[]) with ordinality
      as span (since, until, place)
    order by span.place`.execute(tx)
  return rows.map(({ n }) => n)
}

/** When the street's first matter was opened; undefined: there was none yet. */
export async function firstOpened(tx: Tx): Promise<Instant | undefined> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(opened_at) as at from tasks.task`.execute(tx)
  return rows[0]?.at ? toInstant(rows[0].at) : undefined
}

/** What each post has in hand now. */
export async function inHand(tx: Tx): Promise<Map<PostId, number>> {
  const { rows } = await sql<{ post: string; n: number }>`
    select post, count(*)::int as n from tasks.task where state <> 'closed' group by post`.execute(
    tx,
  )
  return new Map(rows.map(({ post, n }) => [post as PostId, n]))
}

type FigureRow = Record<`${'answered' | 'reached' | 'closed'}_${'n' | 'half' | 'nine'}`, number> & {
  kind: string
  rule: string
  matters: number
  late: number
  climbed: number
  outcomes: Record<string, number> | null
}

/** Matters opened in a span, by kind and rule; `now` judges what is still open. */
export async function figuresOf(
  tx: Tx,
  from: Instant,
  to: Instant,
  now: Instant,
  within: Within = {},
): Promise<KindFigures[]> {
  const { rows } = await sql<FigureRow>`
    with matter as (
      select task.kind, task.rule, task.outcome, task.tier,
        ${msBetween('task.acknowledged_at', 'task.opened_at')} as answered,
        ${msBetween('reached.at', 'task.opened_at')} as reached,
        ${msBetween('task.closed_at', 'task.opened_at')} as closed,
        coalesce(task.closed_at, ${toDate(now)}) > task.due_at as is_late
      from tasks.task as task
      left join lateral (
        select min(at) as at from tasks.task_log as log
        where log.street = task.street and log.task = task.id and log.act in ('arrive', 'find')
      ) as reached on true
      where task.opened_at >= ${toDate(from)} and task.opened_at < ${toDate(to)}
        and (task.state <> 'closed' or task.outcome is not null) ${among(within, 'task.')}
    )
    select kind, rule, count(*)::int as matters,
      ${took('answered')}, ${took('reached')}, ${took('closed')},
      count(*) filter (where is_late)::int as late,
      count(*) filter (where tier > 1)::int as climbed,
      (select jsonb_object_agg(outcome, n) from (
        select outcome, count(*) as n from matter as same
        where same.kind = matter.kind and same.rule = matter.rule and outcome is not null
        group by outcome) as counted) as outcomes
    from matter group by kind, rule order by kind, rule`.execute(tx)
  return rows.map((row) => ({
    kind: row.kind as TaskKind,
    rule: row.rule,
    matters: row.matters,
    answered: tookOf(row, 'answered'),
    reached: tookOf(row, 'reached'),
    closed: tookOf(row, 'closed'),
    late: row.late,
    climbed: row.climbed,
    outcomes: Object.entries(row.outcomes ?? {}).map(([outcome, count]) => ({
      outcome: outcome as Outcome,
      count,
    })),
  }))
}

/**
 * One matter with what was done about it; never the words that somebody wrote at a door.
 * `isConcerned`: this person was told of it.
 */
export async function historyOf(tx: Tx, task: TaskId, who: PersonId) {
  const found = await sql<MatterRow & { place: string; rule_version: number; mine: boolean }>`
    select ${columns}, place, rule_version, exists (
      select from tasks.concerned as own where own.street = task.street and own.task = task.id
        and own.person = ${who} and own.part <> 'declined') as mine
    from tasks.task as task where id = ${task}`.execute(tx)
  const [row] = found.rows
  if (!row) return undefined
  const { rows } = await sql<{
    at: Date
    act: string
    state: string
    title: string | null
    unit: string | null
    to_title: string | null
    to_unit: string | null
    outcome: string | null
  }>`select at, act, state, title, unit, to_title, to_unit, outcome from tasks.task_log
    where task = ${task} order by step desc limit 200`.execute(tx)
  const log = rows.toReversed().map(({ at, act, state, title, unit, outcome, ...row }) => ({
    ...{ at: toInstant(at), act, title, unit },
    to: row.to_title === null ? null : { title: row.to_title, unit: row.to_unit ?? '' },
    ...{ state: state as TaskState, outcome: outcome as Outcome | null },
  }))
  const place = row.place as PlaceCode
  return { matter: matterOf(row), place, ruleVersion: row.rule_version, log, isConcerned: row.mine }
}

export async function lastProof(tx: Tx): Promise<Proof | undefined> {
  const { rows } = await sql<{
    at: Date
    open: number
    unowned: number
    unescalated: number
    late_ms: number | string
  }>`select at, open, unowned, unescalated, late_ms from tasks.proof
    order by at desc limit 1`.execute(tx)
  const [row] = rows
  if (!row) return undefined
  const { open, unowned, unescalated } = row
  return { at: toInstant(row.at), open, unowned, unescalated, lateMs: Number(row.late_ms) }
}

export async function openByStreet(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ street: string; n: number }>`
    select street, count(*)::int as n from tasks.task where state <> 'closed'
    group by street`.execute(tx)
  return new Map(rows.map(({ street, n }) => [street, n]))
}

/** What each street's newest look found to have fallen through. */
export async function fellThroughByStreet(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ street: string; n: number }>`
    select distinct on (street) street, unowned + unescalated as n from tasks.proof
    order by street, at desc`.execute(tx)
  return new Map(rows.map(({ street, n }) => [street, n]))
}

function among({ committee, kind, rule }: Within, table: '' | 'task.' = ''): RawBuilder<unknown> {
  const parts = Object.entries({ committee, kind, rule }).flatMap(([column, value]) =>
    value === undefined ? [] : [sql`and ${sql.raw(table + column)} = ${value}`],
  )
  return sql.join(parts, sql` `)
}

function matterOf(row: MatterRow): OpenMatter {
  const due = toInstant(row.due_at)
  return {
    task: row.id as TaskId,
    kind: row.kind as TaskKind,
    rule: row.rule,
    urgency: row.urgency as Urgency,
    state: row.state as TaskState,
    committee: row.committee as CommitteeCode,
    openedAt: toInstant(row.opened_at),
    deadline: row.state === 'raised' ? Math.min(toInstant(row.acknowledge_by), due) : due,
    tier: row.tier,
    post: row.post as PostId,
  }
}

function msBetween(later: string, earlier: string): RawBuilder<unknown> {
  return sql.raw(`(extract(epoch from ${later} - ${earlier}) * 1000)::bigint`)
}

/** Half and nine of ten were no slower than this: whole figures that happened, no interpolation. */
function took(column: 'answered' | 'reached' | 'closed'): RawBuilder<unknown> {
  const within = `within group (order by ${column})`
  return sql.raw(
    `count(${column})::int as ${column}_n, ` +
      `percentile_disc(0.5) ${within} as ${column}_half, ` +
      `percentile_disc(0.9) ${within} as ${column}_nine`,
  )
}

function tookOf(row: FigureRow, column: 'answered' | 'reached' | 'closed'): Took {
  const number = (value: number | string | null) => (value === null ? null : Number(value))
  return {
    count: row[`${column}_n`],
    half: number(row[`${column}_half`]),
    nineOfTen: number(row[`${column}_nine`]),
  }
}
