import { sql, type Selectable } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { Outcome } from '../../../kernel/event.ts'
import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import { maybeInstant, tables, toDate, toInstant, type Tx } from '../../../platform/sql.ts'
import type { Definition } from '../definition/index.ts'
import type { ScenariosTables } from '../tables.gen.ts'
import type { VersionState } from '../types.ts'
import type { Held, Version, VersionStep } from './types.ts'

type Row = Selectable<ScenariosTables['scenarios.version']>

/** Every version of a street, or of one of its rules, oldest first. */
export async function versions(tx: Tx, street: StreetCode, rule?: string): Promise<Version[]> {
  let query = tables<ScenariosTables>(tx)
    .selectFrom('scenarios.version')
    .selectAll()
    .where('street', '=', street)
  if (rule !== undefined) query = query.where('rule', '=', rule)
  return (await query.orderBy('rule').orderBy('version').execute()).map(versionOf)
}

/** Those that are judged: in force, or beside it in shadow. */
export async function judgedVersions(tx: Tx, street: StreetCode): Promise<Version[]> {
  const rows = await tables<ScenariosTables>(tx)
    .selectFrom('scenarios.version')
    .selectAll()
    .where('street', '=', street)
    .where('state', 'in', ['in-force', 'shadow'])
    .orderBy('rule')
    .orderBy('version')
    .execute()
  return rows.map(versionOf)
}

/** All of a rule, locked: two people take their steps one after the other. */
export async function versionsToChange(tx: Tx, rule: string): Promise<Version[]> {
  const rows = await tables<ScenariosTables>(tx)
    .selectFrom('scenarios.version')
    .selectAll()
    .where('rule', '=', rule)
    .orderBy('version')
    .forUpdate()
    .execute()
  return rows.map(versionOf)
}

function heldOf(title: string | null, unit: string | null): Held | null {
  return title === null || unit === null ? null : { title, unit }
}

function versionOf(row: Row): Version {
  const made = heldOf(row.made_title, row.made_unit)
  return {
    street: row.street as StreetCode,
    rule: row.rule,
    version: row.version,
    state: row.state as VersionState,
    definition: row.definition as Definition,
    reason: row.reason,
    basedOn: row.based_on,
    madeAt: toInstant(row.made_at),
    madeBy: made && { ...made, person: row.made_by as PersonId },
    reviewedBy: heldOf(row.reviewed_title, row.reviewed_unit),
    inForceFrom: maybeInstant(row.in_force_from),
    inForceTo: maybeInstant(row.in_force_to),
  }
}

/** False where the number is taken: two people made a version at once. */
export async function addVersion(tx: Tx, version: Version): Promise<boolean> {
  const { madeBy, reviewedBy } = version
  const done = await tables<ScenariosTables>(tx)
    .insertInto('scenarios.version')
    .values({
      street: version.street,
      rule: version.rule,
      version: version.version,
      state: version.state,
      definition: JSON.stringify(version.definition),
      reason: version.reason,
      based_on: version.basedOn,
      made_at: toDate(version.madeAt),
      made_by: madeBy?.person ?? null,
      made_title: madeBy?.title ?? null,
      made_unit: madeBy?.unit ?? null,
      reviewed_title: reviewedBy?.title ?? null,
      reviewed_unit: reviewedBy?.unit ?? null,
      in_force_from: version.inForceFrom === null ? null : toDate(version.inForceFrom),
      in_force_to: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

export async function setState(
  tx: Tx,
  { rule, version }: Pick<Version, 'rule' | 'version'>,
  state: VersionState,
  now: Instant,
  reviewer: Held | null,
): Promise<void> {
  const at = toDate(now)
  await tables<ScenariosTables>(tx)
    .updateTable('scenarios.version')
    .set((eb) => ({
      state,
      ...(state === 'in-force' ? { in_force_from: at, in_force_to: null } : {}),
      ...(state === 'retired' || state === 'stopped'
        ? { in_force_to: eb.fn.coalesce('in_force_to', eb.val(at)) }
        : {}),
      ...(reviewer ? { reviewed_title: reviewer.title, reviewed_unit: reviewer.unit } : {}),
    }))
    .where('rule', '=', rule)
    .where('version', '=', version)
    .execute()
}

export async function addStep(tx: Tx, street: StreetCode, id: string, step: VersionStep) {
  await tables<ScenariosTables>(tx)
    .insertInto('scenarios.step')
    .values({
      ...{ street, id, rule: step.rule, version: step.version, act: step.act },
      at: toDate(step.at),
      ...{ title: step.by?.title ?? null, unit: step.by?.unit ?? null, reason: step.reason },
    })
    .execute()
}

export async function stepsOf(tx: Tx, rule: string): Promise<VersionStep[]> {
  const rows = await tables<ScenariosTables>(tx)
    .selectFrom('scenarios.step')
    .selectAll()
    .where('rule', '=', rule)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    ...{ rule: row.rule, version: row.version, act: row.act as VersionStep['act'] },
    at: toInstant(row.at),
    ...{ by: heldOf(row.title, row.unit), reason: row.reason },
  }))
}

type Counted = { rule: string; version: number; count: number }

export async function findingsSince(tx: Tx, since: Instant): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    select rule, rule_version as version, count(*) as count from scenarios.finding
    where found_at >= ${toDate(since)} group by 1, 2`.execute(tx)
  return rows
}

export async function shadowFindings(tx: Tx, rule: string): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    select rule, version, count(*) as count from scenarios.shadow_finding
    where rule = ${rule} group by 1, 2`.execute(tx)
  return rows
}

export async function addShadowFinding(
  tx: Tx,
  found: { street: StreetCode; id: string; rule: string; version: number; committee: string },
  at: Instant,
): Promise<void> {
  await tables<ScenariosTables>(tx)
    .insertInto('scenarios.shadow_finding')
    .values({ ...found, found_at: toDate(at) })
    .execute()
}

export type OutcomeCount = Counted & { committee: string; month: string; outcome: Outcome }

/** Per version, neighbourhood and month in Shanghai. No person and no home is in it. */
export async function outcomesSince(
  tx: Tx,
  since: Instant,
  rule?: string,
): Promise<OutcomeCount[]> {
  const { rows } = await sql<OutcomeCount>`
    select rule, rule_version as version, committee, outcome, count(*) as count,
      to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM') as month
    from scenarios.outcome
    where at >= ${toDate(since)} and (${rule ?? null}::text is null or rule = ${rule ?? null})
    group by 1, 2, 3, 4, 6 order by 6, 3, 2, 4`.execute(tx)
  return rows
}

/**
 * The newest checks of one version, newest first, for a floor of hits. Who was not at home, or let
 * nobody in, was not checked.
 */
export async function newestOutcomes(tx: Tx, rule: string, version: number, count: number) {
  const rows = await tables<ScenariosTables>(tx)
    .selectFrom('scenarios.outcome')
    .select('outcome')
    .where('rule', '=', rule)
    .where('rule_version', '=', version)
    .where('outcome', 'not in', ['away', 'refused'])
    .orderBy('at', 'desc')
    .limit(count)
    .execute()
  return rows.map((row) => row.outcome as Outcome)
}

/** In how many homes of a neighbourhood somebody agrees to a purpose now. */
export async function homesWatched(tx: Tx) {
  const { rows } = await sql<{ committee: string; purpose: string; count: number }>`
    select left(home, 12) as committee, purpose, count(distinct home) as count
    from scenarios.watch group by 1, 2`.execute(tx)
  return rows
}
