import { sql } from 'kysely'
import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import { maybeInstant, toInstant, type Tx } from '../../../platform/sql.ts'

/** Who was told of a matter, and the three facts of each note apart. */
export type Told = {
  person: PersonId
  madeAt: Instant
  attemptedAt: Instant | null
  deliveredAt: Instant | null
  acknowledgedAt: Instant | null
  /** Nothing more is sent: answered, over, or no way is left. */
  endedAt: Instant | null
}

export async function notesAbout(tx: Tx, matter: string): Promise<Told[]> {
  const { rows } = await sql<{
    person: string
    made_at: Date
    attempted_at: Date | null
    delivered_at: Date | null
    acknowledged_at: Date | null
    ended_at: Date | null
  }>`select person, made_at, attempted_at, delivered_at, acknowledged_at, ended_at
    from delivery.note where matter = ${matter} order by made_at, id limit 100`.execute(tx)
  return rows.map((row) => ({
    person: row.person as PersonId,
    madeAt: toInstant(row.made_at),
    attemptedAt: maybeInstant(row.attempted_at),
    deliveredAt: maybeInstant(row.delivered_at),
    acknowledgedAt: maybeInstant(row.acknowledged_at),
    endedAt: maybeInstant(row.ended_at),
  }))
}
