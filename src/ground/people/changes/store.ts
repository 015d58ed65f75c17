import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import { toDate, type Tx } from '../../../platform/sql.ts'
import type { NumberKind } from '../numbers/types.ts'

export type Change = {
  change: string
  street: StreetCode
  person: PersonId
  kind: NumberKind
  sealed: Buffer
  key: string
  byPerson: PersonId
  askedAt: Instant
  until: Instant
}

const columns = sql`
  id as change, street, person, kind, sealed, key, by_person as "byPerson",
  floor(extract(epoch from asked_at) * 1000)::bigint as "askedAt",
  floor(extract(epoch from until) * 1000)::bigint as until`

/** Takes the place of what waits for the same number. */
export async function addChange(tx: Tx, made: Change & { byPost: string }): Promise<void> {
  const { street, person, kind, askedAt } = made
  await sql`
    update people.number_change
    set verdict = 'lapsed', decided_at = ${toDate(askedAt)}, sealed = null, key = null
    where person = ${person} and kind = ${kind} and decided_at is null`.execute(tx)
  await sql`
    insert into people.number_change
      (street, id, person, kind, sealed, key, by_person, by_post, asked_at, until)
    values (${street}, ${made.change}, ${person}, ${kind}, ${made.sealed}, ${made.key},
      ${made.byPerson}, ${made.byPost}, ${toDate(askedAt)}, ${toDate(made.until)})`.execute(tx)
}

/** Held until the transaction ends: of two who decide, one does. */
export async function changeHeld(tx: Tx, id: string, now: Instant): Promise<Change | undefined> {
  const { rows } = await sql<Change>`
    select ${columns} from people.number_change
    where id = ${id} and decided_at is null and until > ${toDate(now)} for update`.execute(tx)
  return rows[0]
}

export async function waiting(
  tx: Tx,
  which: { person: PersonId } | 'all',
  now: Instant,
  most: number,
): Promise<Change[]> {
  const person = which === 'all' ? null : which.person
  const { rows } = await sql<Change>`
    select ${columns} from people.number_change
    where decided_at is null and until > ${toDate(now)}
      and (${person}::uuid is null or person = ${person})
    order by asked_at, id limit ${most}`.execute(tx)
  return rows
}

export async function decide(
  tx: Tx,
  id: string,
  by: { person: PersonId; post: string | null; at: Instant },
  verdict: 'approved' | 'confirmed' | 'refused',
): Promise<void> {
  await sql`
    update people.number_change
    set verdict = ${verdict}, decided_at = ${toDate(by.at)}, decided_by = ${by.person},
      decided_post = ${by.post}, sealed = null, key = null
    where id = ${id}`.execute(tx)
}

/** As the owner. A change that nobody decided in its term is none; its number goes. */
export async function lapseChanges(tx: Tx, now: Instant): Promise<number> {
  const done = await sql`
    update people.number_change
    set verdict = 'lapsed', decided_at = ${toDate(now)}, sealed = null, key = null
    where decided_at is null and until <= ${toDate(now)}`.execute(tx)
  return Number(done.numAffectedRows ?? 0)
}

/** As the owner. */
export async function deleteChangesBefore(tx: Tx, before: Instant): Promise<number> {
  const done = await sql`
    delete from people.number_change where decided_at < ${toDate(before)}`.execute(tx)
  return Number(done.numAffectedRows ?? 0)
}
