import { sql, type Selectable } from 'kysely'
import type { Instant } from '../../kernel/clock.ts'
import type { ConsentId, HomeCode, PersonId, PlaceCode, StreetCode } from '../../kernel/ids.ts'
import type { Outcome } from '../../kernel/event.ts'
import { maybeInstant, tables, toDate, toInstant, type Tx } from '../../platform/sql.ts'
import type { Gap, Loss, PlanState, SensorState } from './kernel/index.ts'
import type { ScenariosTables } from './tables.gen.ts'
import type { Rule, Scored, Watch } from './types.ts'

/** The version of a rule in force at an instant. */
export async function ruleInForce(tx: Tx, rule: string, now: Instant): Promise<Rule> {
  const row = await tables<ScenariosTables>(tx)
    .selectFrom('scenarios.rule')
    .selectAll()
    .where('rule', '=', rule)
    .where('in_force_from', '<=', toDate(now))
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  return ruleOf(row)
}

function ruleOf(row: Selectable<ScenariosTables['scenarios.rule']>): Rule {
  return {
    rule: row.rule,
    version: row.version,
    silentHours: row.silent_hours,
    visitHours: row.visit_hours,
    since: toInstant(row.in_force_from),
  }
}

export async function allRules(tx: Tx): Promise<Rule[]> {
  const rows = await tables<ScenariosTables>(tx)
    .selectFrom('scenarios.rule')
    .selectAll()
    .orderBy('rule')
    .orderBy('version')
    .execute()
  return rows.map(ruleOf)
}

function watchOf(row: Selectable<ScenariosTables['scenarios.watch']>): Watch {
  return {
    street: row.street as StreetCode,
    subject: row.subject,
    rule: row.rule,
    ruleVersion: row.rule_version,
    person: row.person as PersonId,
    home: row.home as HomeCode,
    consent: row.consent as ConsentId,
    since: toInstant(row.since),
    awayUntil: maybeInstant(row.away_until),
    gaps: row.gaps as Gap[],
    isRaised: row.is_raised,
  }
}

export async function addWatch(tx: Tx, watch: Watch): Promise<void> {
  await tables<ScenariosTables>(tx)
    .insertInto('scenarios.watch')
    .values({
      street: watch.street,
      subject: watch.subject,
      rule: watch.rule,
      rule_version: watch.ruleVersion,
      person: watch.person,
      home: watch.home,
      consent: watch.consent,
      since: toDate(watch.since),
      away_until: null,
      gaps: '[]',
      is_raised: false,
    })
    .execute()
}

export async function watches(
  tx: Tx,
  where: { subject: string } | { home: PlaceCode } | 'all',
): Promise<Watch[]> {
  let query = tables<ScenariosTables>(tx).selectFrom('scenarios.watch').selectAll()
  if (where !== 'all') {
    query =
      'subject' in where
        ? query.where('subject', '=', where.subject)
        : query.where('home', '=', where.home)
  }
  return (await query.execute()).map(watchOf)
}

export async function setAway(tx: Tx, subject: string, until: Instant | null): Promise<void> {
  await tables<ScenariosTables>(tx)
    .updateTable('scenarios.watch')
    .set({ away_until: until === null ? null : toDate(until) })
    .where('subject', '=', subject)
    .execute()
}

/** A human looked: written at once, so that a crash does not leave the plan raised for ever. */
export async function restartWatch(tx: Tx, subject: string, at: Instant): Promise<void> {
  await tables<ScenariosTables>(tx)
    .updateTable('scenarios.watch')
    .set({ since: toDate(at), gaps: '[]', is_raised: false })
    .where('subject', '=', subject)
    .execute()
}

/** Everything that was kept about a plan's silence. Answers whose it was. */
export async function erase(
  tx: Tx,
  consent: ConsentId,
): Promise<{ subject: string; person: PersonId }[]> {
  const rows = await tables<ScenariosTables>(tx)
    .deleteFrom('scenarios.watch')
    .where('consent', '=', consent)
    .returning(['subject', 'person'])
    .execute()
  if (rows.length === 0) return []
  const subjects = rows.map((row) => row.subject)
  await tables<ScenariosTables>(tx)
    .deleteFrom('scenarios.finding')
    .where('subject', 'in', subjects)
    .execute()
  return rows.map(({ subject, person }) => ({ subject, person: person as PersonId }))
}

export async function savePlans(tx: Tx, plans: readonly PlanState[]): Promise<void> {
  if (plans.length === 0) return
  await sql`
    update scenarios.watch set since = to_timestamp(row.since / 1000.0), gaps = row.gaps,
      is_raised = row.raised
    from json_to_recordset(${JSON.stringify(plans)}::json)
      as row (plan uuid, since double precision, gaps jsonb, raised boolean)
    where watch.subject = row.plan`.execute(tx)
}

export async function saveSensors(
  tx: Tx,
  street: StreetCode,
  sensors: readonly SensorState[],
): Promise<void> {
  if (sensors.length === 0) return
  await sql`
    insert into scenarios.sensor (street, device, heard_at, lost)
    select ${street}, sensor, to_timestamp("heardAt" / 1000.0), lost
    from json_to_recordset(${JSON.stringify(sensors)}::json)
      as row (sensor uuid, "heardAt" double precision, lost text)
    on conflict (device) do update set heard_at = excluded.heard_at, lost = excluded.lost
  `.execute(tx)
}

export async function savedSensors(tx: Tx): Promise<Map<string, SensorState>> {
  const rows = await tables<ScenariosTables>(tx)
    .selectFrom('scenarios.sensor')
    .select(['device', 'heard_at', 'lost'])
    .execute()
  return new Map(
    rows.map((row) => [
      row.device,
      { sensor: row.device, heardAt: maybeInstant(row.heard_at), lost: row.lost as Loss | null },
    ]),
  )
}

export async function judgedPosition(tx: Tx): Promise<number> {
  const { rows } = await sql<{ judged_position: number }>`
    select judged_position from scenarios.progress`.execute(tx)
  return rows[0]?.judged_position ?? 0
}

export async function saveJudged(tx: Tx, position: number): Promise<void> {
  await sql`update scenarios.progress set judged_position = ${position}`.execute(tx)
}

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
    })
    .execute()
}

/** What was asked for because something is wrong with a device; its `since` is when it was found. */
export async function conditionsFound(tx: Tx, rules: readonly string[]) {
  const rows = await tables<ScenariosTables>(tx)
    .selectFrom('scenarios.finding')
    .select(['street', 'rule', 'subject', 'found_at'])
    .where('rule', 'in', [...rules])
    .execute()
  return rows.map((row) => ({
    street: row.street as StreetCode,
    rule: row.rule,
    subject: row.subject,
    since: toInstant(row.found_at),
  }))
}

/** Findings that nobody was responsible for yet. */
export async function findingsWithoutTask(tx: Tx): Promise<Found[]> {
  const rows = await tables<ScenariosTables>(tx)
    .selectFrom('scenarios.finding')
    .selectAll()
    .where('task', 'is', null)
    .orderBy('found_at')
    .limit(100)
    .execute()
  return rows.map((row) => ({
    street: row.street as StreetCode,
    id: row.id,
    rule: row.rule,
    ruleVersion: row.rule_version,
    subject: row.subject,
    place: row.place as PlaceCode,
    foundAt: toInstant(row.found_at),
    facts: row.facts,
    task: null,
  }))
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

/** Scored once per task, however often the event comes. */
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
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

export async function countOutcomes(tx: Tx) {
  const { rows } = await sql<{ rule: string; version: number; outcome: Outcome; count: number }>`
    select rule, rule_version as version, outcome, count(*) as count
    from scenarios.outcome group by 1, 2, 3 order by 1, 2, 3`.execute(tx)
  return rows
}

export async function countFindings(tx: Tx) {
  const { rows } = await sql<{ rule: string; version: number; count: number }>`
    select rule, rule_version as version, count(*) as count
    from scenarios.finding group by 1, 2`.execute(tx)
  return rows
}

/** Whom the rule judged on a day for the first time: their book gets one line a day. */
export async function notLookedOn(tx: Tx, day: string): Promise<Watch[]> {
  const rows = await tables<ScenariosTables>(tx)
    .updateTable('scenarios.watch')
    .set({ looked_on: day })
    .where((eb) => eb.or([eb('looked_on', 'is', null), eb('looked_on', '<', day)]))
    .returningAll()
    .execute()
  return rows.map(watchOf)
}

/** A finding's content goes with its task's; counts are in the outcomes. */
export async function deleteFindingsBefore(tx: Tx, before: Instant): Promise<number> {
  const done = await tables<ScenariosTables>(tx)
    .deleteFrom('scenarios.finding')
    .where('found_at', '<', toDate(before))
    .executeTakeFirst()
  return Number(done.numDeletedRows)
}
