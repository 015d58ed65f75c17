import { sql, type Selectable } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { PlaceCode, StreetCode } from '../../../kernel/ids.ts'
import { maybeInstant, tables, toDate, toInstant, type Tx } from '../../../platform/sql.ts'
import type { ScenariosTables } from '../tables.gen.ts'
import type { Scored } from '../types.ts'

export type Found = {
  street: StreetCode
  id: string
  rule: string
  ruleVersion: number
  subject: string
  place: PlaceCode
  foundAt: Instant
  facts: unknown
  task: string | null
  /** Quiet hours: nobody is sent before. */
  notBefore: Instant | null
  /** How many of the rule's steps were asked before anybody was sent. */
  step: number
}

export async function addFinding(tx: Tx, found: Found): Promise<void> {
  await tables<ScenariosTables>(tx)
    .insertInto('scenarios.finding')
    .values({
      street: found.street,
      id: found.id,
      rule: found.rule,
      rule_version: found.ruleVersion,
      subject: found.subject,
      place: found.place,
      found_at: toDate(found.foundAt),
      facts: JSON.stringify(found.facts),
      task: found.task,
      not_before: found.notBefore === null ? null : toDate(found.notBefore),
      step: found.step,
    })
    .execute()
}

/**
 * What was asked for last because something is wrong with a device; its `since` is when it was
 * found. What was wrong before that is over, and must not take back what is asked for now.
 */
export async function conditionsFound(tx: Tx, rules: readonly string[]) {
  const rows = await tables<ScenariosTables>(tx)
    .selectFrom('scenarios.finding')
    .distinctOn(['street', 'rule', 'subject'])
    .select(['street', 'rule', 'subject', 'found_at'])
    .where('rule', 'in', [...rules])
    .where('ended_at', 'is', null)
    .orderBy('street')
    .orderBy('rule')
    .orderBy('subject')
    .orderBy('found_at', 'desc')
    .execute()
  return rows.map((row) => ({
    street: row.street as StreetCode,
    rule: row.rule,
    subject: row.subject,
    since: toInstant(row.found_at),
  }))
}

/** How many of a street's findings without a task are asked again at one look. */
export const askedAtOnce = 100

/**
 * Findings that nobody was responsible for yet, or that wait: for the end of quiet hours, for an
 * answer. `now`: of those, whose time has come; `after`: and which were written after this one.
 */
export async function findingsWithoutTask(tx: Tx, now?: Instant, after?: string): Promise<Found[]> {
  let query = tables<ScenariosTables>(tx)
    .selectFrom('scenarios.finding')
    .selectAll()
    .where('task', 'is', null)
    .where('ended_at', 'is', null)
  if (now !== undefined) {
    query = query.where((eb) =>
      eb.or([eb('not_before', 'is', null), eb('not_before', '<=', toDate(now))]),
    )
  }
  if (after !== undefined) query = query.where('id', '>', after)
  const rows = await query.orderBy('id').limit(askedAtOnce).execute()
  return rows.map(foundOf)
}

/** What waits of a subject: for an answer, or for the end of quiet hours. Nobody was sent yet. */
export async function waitingAbout(tx: Tx, subject: string): Promise<Found[]> {
  const rows = await tables<ScenariosTables>(tx)
    .selectFrom('scenarios.finding')
    .selectAll()
    .where('subject', '=', subject)
    .where('task', 'is', null)
    .where('ended_at', 'is', null)
    .orderBy('found_at')
    .execute()
  return rows.map(foundOf)
}

/** Locks it: an answer and the end of its time come one after the other. */
export async function openFinding(tx: Tx, id: string): Promise<Found | undefined> {
  const row = await tables<ScenariosTables>(tx)
    .selectFrom('scenarios.finding')
    .selectAll()
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row && foundOf(row)
}

function foundOf(row: Selectable<ScenariosTables['scenarios.finding']>): Found {
  return {
    street: row.street as StreetCode,
    id: row.id,
    rule: row.rule,
    ruleVersion: row.rule_version,
    subject: row.subject,
    place: row.place as PlaceCode,
    foundAt: toInstant(row.found_at),
    facts: row.facts,
    task: row.task,
    notBefore: maybeInstant(row.not_before),
    step: row.step,
  }
}

/** Over without a task: the finding stays as a count, and nothing is asked for it any more. */
export async function endFindings(
  tx: Tx,
  rule: string,
  subject: string,
  at: Instant,
): Promise<string[]> {
  const rows = await tables<ScenariosTables>(tx)
    .updateTable('scenarios.finding')
    .set({ ended_at: toDate(at) })
    .where('rule', '=', rule)
    .where('subject', '=', subject)
    .where('task', 'is', null)
    .where('ended_at', 'is', null)
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}

export async function takeStep(
  tx: Tx,
  finding: string,
  { step, notBefore }: Pick<Found, 'step'> & { notBefore: Instant },
): Promise<void> {
  await tables<ScenariosTables>(tx)
    .updateTable('scenarios.finding')
    .set({ step, not_before: toDate(notBefore) })
    .where('id', '=', finding)
    .execute()
}

export async function giveTask(tx: Tx, finding: string, task: string): Promise<void> {
  await tables<ScenariosTables>(tx)
    .updateTable('scenarios.finding')
    .set({ task })
    .where('id', '=', finding)
    .execute()
}

export async function dropFindings(tx: Tx, rule: string, subject: string): Promise<void> {
  await tables<ScenariosTables>(tx)
    .deleteFrom('scenarios.finding')
    .where('rule', '=', rule)
    .where('subject', '=', subject)
    .where('task', 'is', null)
    .execute()
}

/** Everything that a rule found. Answers what it was about. */
export async function dropAllFound(tx: Tx, rule: string): Promise<string[]> {
  const rows = await tables<ScenariosTables>(tx)
    .deleteFrom('scenarios.finding')
    .where('rule', '=', rule)
    .returning('subject')
    .execute()
  return [...new Set(rows.map(({ subject }) => subject))]
}

/** Scored once per task, however often the event comes: by what was found last. */
export async function addOutcome(tx: Tx, scored: Scored): Promise<boolean> {
  const done = await tables<ScenariosTables>(tx)
    .insertInto('scenarios.outcome')
    .values({
      street: scored.street,
      task: scored.task,
      rule: scored.rule,
      rule_version: scored.ruleVersion,
      committee: scored.committee,
      outcome: scored.outcome,
      at: toDate(scored.at),
    })
    .onConflict((conflict) =>
      conflict
        .columns(['street', 'task'])
        .doUpdateSet({ outcome: scored.outcome, at: toDate(scored.at) })
        .where('scenarios.outcome.at', '<', toDate(scored.at)),
    )
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

/** What rules found and how it ended before this program ran: of no home. Each task once. */
export async function addEnded(tx: Tx, ended: readonly (Scored & { foundAt: Instant })[]) {
  const rows = ended.map(({ at, foundAt, ...one }) => ({
    ...{ ...one, at: toDate(at), foundAt: toDate(foundAt) },
  }))
  await sql`
    with row as (
      select * from json_to_recordset(${JSON.stringify(rows)}::json) as row (street text, task uuid,
        rule text, "ruleVersion" int, committee text, outcome text, at timestamptz,
        "foundAt" timestamptz)
    ), found as (
      insert into scenarios.finding (street, id, rule, rule_version, subject, place, found_at,
        facts, task, ended_at)
      select street, task, rule, "ruleVersion", task::text, committee, "foundAt", '{}', task, at
      from row
    )
    insert into scenarios.outcome (street, task, rule, rule_version, committee, outcome, at)
    select street, task, rule, "ruleVersion", committee, outcome, at from row
    on conflict do nothing`.execute(tx)
}

/** A finding's content goes with its task's; counts are in the outcomes. Those in shadow go too. */
export async function deleteFindingsBefore(tx: Tx, before: Instant): Promise<number> {
  let gone = 0
  for (const table of ['scenarios.finding', 'scenarios.shadow_finding'] as const) {
    const done = await tables<ScenariosTables>(tx)
      .deleteFrom(table)
      .where('found_at', '<', toDate(before))
      .executeTakeFirst()
    gone += Number(done.numDeletedRows)
  }
  return gone
}
