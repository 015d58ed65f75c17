import type { Instant } from '../../../kernel/clock.ts'
import type { PlaceCode, StreetCode } from '../../../kernel/ids.ts'
import { tables, toDate, type Tx } from '../../../platform/sql.ts'
import type { PlacesTables } from '../tables.gen.ts'

export async function setTag(
  tx: Tx,
  tag: { street: StreetCode; id: string; place: PlaceCode; digest: string },
  now: Instant,
): Promise<void> {
  const db = tables<PlacesTables>(tx)
  await db
    .updateTable('places.tag')
    .set({ ended_at: toDate(now) })
    .where('place', '=', tag.place)
    .where('ended_at', 'is', null)
    .execute()
  await db
    .insertInto('places.tag')
    .values({ ...tag, made_at: toDate(now) })
    .execute()
}

export async function tagged(tx: Tx, digest: string): Promise<PlaceCode | undefined> {
  const row = await tables<PlacesTables>(tx)
    .selectFrom('places.tag')
    .select('place')
    .where('digest', '=', digest)
    .where('ended_at', 'is', null)
    .executeTakeFirst()
  return row?.place as PlaceCode | undefined
}
