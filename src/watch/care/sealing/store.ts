import { sql } from 'kysely'
import type { Database, Tx } from '../../../platform/sql.ts'

/** Which rows: telephones in clear, or sealed with one of these keys. */
export type Which = 'clear' | readonly string[]

const everyPhone = sql`
  select 'plan' as at, id, person, contacts as kept, one -> 'phone' as phone
  from care.plan, jsonb_array_elements(contacts) as one
  union all
  select 'asked', id, person, contact, contact -> 'phone' from care.asked_contact`

export type Kept = { at: 'plan' | 'asked'; id: string; person: string; kept: unknown }

/** As the owner, over all streets. */
export async function rowsWith(tx: Tx, which: Which, most: number): Promise<Kept[]> {
  const keys = which === 'clear' ? [] : [...which]
  const { rows } = await sql<Kept>`
    select distinct at, id, person, kept from (${everyPhone}) as every
    where case when ${which === 'clear'} then jsonb_typeof(phone) = 'string'
      else phone ->> 'key' = any(${keys}::text[]) end
    limit ${most}`.execute(tx)
  return rows
}

/** Unless somebody changed it meanwhile: then the next round meets it. */
export async function putKept(tx: Tx, { at, id, kept }: Kept, sealed: unknown): Promise<void> {
  const [before, after] = [JSON.stringify(kept), JSON.stringify(sealed)]
  if (at === 'plan') {
    await sql`
      update care.plan set contacts = ${after}::jsonb
      where id = ${id} and contacts = ${before}::jsonb`.execute(tx)
  } else {
    await sql`
      update care.asked_contact set contact = ${after}::jsonb
      where id = ${id} and contact = ${before}::jsonb`.execute(tx)
  }
}

/** As the owner. */
export async function keysIn(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    select distinct phone ->> 'key' as key from (${everyPhone}) as every
    where jsonb_typeof(phone) = 'object'`.execute(tx)
  return rows.map(({ key }) => key)
}

/** What was overwritten lies in the tables' files until they are written anew. */
export async function rewriteTables({ ownerPool }: Database): Promise<void> {
  await ownerPool.query('vacuum (full, analyze) care.plan')
  await ownerPool.query('vacuum (full, analyze) care.asked_contact')
}
