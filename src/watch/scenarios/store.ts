import { sql, type Selectable } from 'kysely'
import type { Instant } from '../../kernel/clock.ts'
import type { ConsentId, HomeCode, PersonId, PlaceCode, StreetCode } from '../../kernel/ids.ts'
import type { JudgedPurpose } from '../../ground/privacy/index.ts'
import { maybeInstant, tables, toDate, toInstant, type Tx } from '../../platform/sql.ts'
import type { Loss, Progress, SavedSensor } from './kernel/index.ts'
import type { ScenariosTables } from './tables.gen.ts'
import type { Watch } from './types.ts'

function watchOf(row: Selectable<ScenariosTables['scenarios.watch']>): Watch {
  return {
    street: row.street as StreetCode,
    subject: row.subject,
    purpose: row.purpose as JudgedPurpose,
    person: row.person as PersonId,
    home: row.home as HomeCode,
    consent: row.consent as ConsentId,
    since: toInstant(row.since),
    awayUntil: maybeInstant(row.away_until),
  }
}

export async function addWatch(tx: Tx, watch: Watch): Promise<void> {
  await tables<ScenariosTables>(tx)
    .insertInto('scenarios.watch')
    .values({
      street: watch.street,
      subject: watch.subject,
      purpose: watch.purpose,
      person: watch.person,
      home: watch.home,
      consent: watch.consent,
      since: toDate(watch.since),
      away_until: null,
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

/**
 * Everything that was kept under a consent: the watch, what rules remember of the home, and what
 * they found. Answers whose it was.
 */
export async function erase(tx: Tx, consent: ConsentId): Promise<Watch[]> {
  const rows = await tables<ScenariosTables>(tx)
    .deleteFrom('scenarios.watch')
    .where('consent', '=', consent)
    .returningAll()
    .execute()
  for (const row of rows) {
    await sql`
      with ours as (
        select rule, version from scenarios.version where definition ->> 'consent' = ${row.purpose}
      ), remembered as (
        -- An end that is heard late says nothing of an agreement made since.
        delete from scenarios.subject using ours
        where subject.rule = ours.rule and subject.version = ours.version
          and subject.subject = ${row.home} and not exists (
            select 1 from scenarios.watch
            where watch.home = ${row.home} and watch.purpose = ${row.purpose})
      )
      delete from scenarios.finding using ours
      where finding.rule = ours.rule and finding.rule_version = ours.version
        and finding.subject = ${row.subject}`.execute(tx)
  }
  return rows.map(watchOf)
}

/** What rules remember, as the kernel wants it back. */
export async function savedSubjects(tx: Tx) {
  const rows = await tables<ScenariosTables>(tx)
    .selectFrom('scenarios.subject')
    .selectAll()
    .execute()
  return rows.map((row) => ({ ...row, street: row.street as StreetCode }))
}

export type SavedSubject = { rule: string; version: number; subject: string; state: unknown }

/** A null state is one that is as at the beginning. */
export async function saveSubjects(
  tx: Tx,
  street: StreetCode,
  subjects: readonly SavedSubject[],
): Promise<void> {
  if (subjects.length === 0) return
  await sql`
    with row as (
      select * from json_to_recordset(${JSON.stringify(subjects)}::json)
        as row (rule text, version int, subject text, state jsonb)
    ), gone as (
      delete from scenarios.subject using row
      where subject.street = ${street} and subject.rule = row.rule
        and subject.version = row.version and subject.subject = row.subject and row.state is null
    )
    insert into scenarios.subject (street, rule, version, subject, state)
    select ${street}, rule, version, subject, state from row where state is not null
    on conflict (street, rule, version, subject) do update set state = excluded.state`.execute(tx)
}

export async function forgetVersion(tx: Tx, rule: string, version: number): Promise<void> {
  await tables<ScenariosTables>(tx)
    .deleteFrom('scenarios.subject')
    .where('rule', '=', rule)
    .where('version', '=', version)
    .execute()
}

/**
 * A crash can come between what ended and what was saved of it: nothing stays of versions that are
 * not judged, nor of homes where nobody agrees to their judging.
 */
export async function forgetStrays(tx: Tx): Promise<void> {
  await sql`
    delete from scenarios.subject where not exists (
      select 1 from scenarios.version
      where version.street = subject.street and version.rule = subject.rule
        and version.version = subject.version and version.state in ('in-force', 'shadow')
        and (version.definition ->> 'consent' is null or exists (
          select 1 from scenarios.watch
          where watch.street = subject.street and watch.home = subject.subject
            and watch.purpose = version.definition ->> 'consent')))`.execute(tx)
}

export async function progressOf(tx: Tx): Promise<Map<StreetCode, Progress>> {
  const rows = await tables<ScenariosTables>(tx)
    .selectFrom('scenarios.street_progress')
    .selectAll()
    .execute()
  return new Map(
    rows.map((row) => [
      row.street as StreetCode,
      { fed: row.fed, settledAt: toInstant(row.settled_at), from: row.first_waiting },
    ]),
  )
}

export async function saveProgress(tx: Tx, street: StreetCode, progress: Progress): Promise<void> {
  const { fed, settledAt, from } = progress
  await sql`
    insert into scenarios.street_progress (street, fed, settled_at, first_waiting)
    values (${street}, ${fed}, ${toDate(settledAt)}, ${from})
    on conflict (street) do update set fed = excluded.fed, settled_at = excluded.settled_at,
      first_waiting = excluded.first_waiting`.execute(tx)
}

export async function saveSensors(
  tx: Tx,
  street: StreetCode,
  sensors: readonly SavedSensor[],
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

export async function savedSensors(tx: Tx): Promise<Map<string, SavedSensor>> {
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
