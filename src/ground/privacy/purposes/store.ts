import { sql } from 'kysely'
import type { SignedIn } from '../../../kernel/asker.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { StreetCode } from '../../../kernel/ids.ts'
import type { Purpose } from '../../../kernel/purpose.ts'
import { tables, toDate, toInstant, type Tx } from '../../../platform/sql.ts'
import type { PrivacyTables } from '../tables.gen.ts'
import { nobody, type Impact, type Turn } from './types.ts'

type By = Pick<SignedIn, 'street' | 'person'> & { post: NonNullable<SignedIn['post']> }

function writtenBy({ street, person, post }: By, at: Instant) {
  const { id: by_post, title, unit } = post
  return { street, at: toDate(at), by_person: person, by_post, title, unit }
}

export async function addImpact(
  tx: Tx,
  by: By,
  impact: Pick<Impact, 'impact' | 'purpose' | 'at' | 'necessity' | 'risks' | 'measures'>,
): Promise<void> {
  const { impact: id, purpose, at, necessity, risks, measures } = impact
  const { edition } = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.impact')
    .select((its) => sql<number>`coalesce(${its.fn.max('edition')}, 0) + 1`.as('edition'))
    .where('street', '=', by.street)
    .where('purpose', '=', purpose)
    .executeTakeFirstOrThrow()
  await tables<PrivacyTables>(tx)
    .insertInto('privacy.impact')
    .values({ id, purpose, edition, necessity, risks, measures, ...writtenBy(by, at) })
    .execute()
}

/** The newest of each purpose, in the asker's street. */
export async function newestImpacts(tx: Tx, street: StreetCode): Promise<Map<Purpose, Impact>> {
  const rows = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.impact')
    .selectAll()
    .distinctOn('purpose')
    .where('street', '=', street)
    .orderBy('purpose')
    .orderBy('edition', 'desc')
    .execute()
  return new Map(
    rows.map(({ id: impact, by_person: by, at, purpose, ...row }) => [
      purpose as Purpose,
      {
        ...{ impact, purpose: purpose as Purpose, at: toInstant(at) },
        ...{ title: row.title, unit: row.unit },
        ...{ necessity: row.necessity, risks: row.risks, measures: row.measures },
        isCarriedOver: by === nobody,
      },
    ]),
  )
}

/** The last turn of each purpose that was ever switched. */
export async function turnsIn(tx: Tx, street: StreetCode): Promise<Map<Purpose, Turn>> {
  const rows = await tables<PrivacyTables>(tx)
    .selectFrom('privacy.purpose_switch')
    .select(['purpose', 'turn', 'is_on', 'at', 'title', 'unit'])
    .distinctOn('purpose')
    .where('street', '=', street)
    .orderBy('purpose')
    .orderBy('turn', 'desc')
    .execute()
  return new Map(
    rows.map(({ purpose, turn, is_on: isOn, at, title, unit }) => [
      purpose as Purpose,
      { turn, isOn, at: toInstant(at), title, unit },
    ]),
  )
}

/** Where a purpose is on, whichever street: how many, and in which. For the public page. */
export async function streetsWith(tx: Tx): Promise<{ street: StreetCode; purpose: Purpose }[]> {
  const { rows } = await sql<{ street: StreetCode; purpose: Purpose }>`
    select street, purpose from (
      select distinct on (street, purpose) street, purpose, is_on
      from privacy.purpose_switch order by street, purpose, turn desc) as newest
    where is_on`.execute(tx)
  return rows
}

export async function addTurn(
  tx: Tx,
  by: By,
  {
    purpose,
    turn,
    isOn,
    impact,
    at,
  }: Pick<Turn, 'turn' | 'isOn' | 'at'> & {
    purpose: Purpose
    impact: string | null
  },
): Promise<void> {
  await tables<PrivacyTables>(tx)
    .insertInto('privacy.purpose_switch')
    .values({ purpose, turn, is_on: isOn, impact, ...writtenBy(by, at) })
    .execute()
}
