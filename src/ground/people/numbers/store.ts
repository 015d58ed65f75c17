import { sql } from 'kysely'
import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Tx } from '../../../platform/sql.ts'
import type { NumberKind } from './types.ts'

/** Bytes as hex: they travel in one JSON text. */
type Row = { person: string; kind: string; sealed: string; find: string; key: string }

export async function putNumbers(tx: Tx, street: StreetCode, rows: readonly Row[]): Promise<void> {
  await sql`
    insert into people.number (street, person, kind, sealed, find, key)
    select ${street}, person, kind, decode(sealed, 'hex'), decode(find, 'hex'), key
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as row (person uuid, kind text, sealed text, find text, key text)
    on conflict (person, kind) do update
      set sealed = excluded.sealed, find = excluded.find, key = excluded.key`.execute(tx)
}

export async function numberOf(
  tx: Tx,
  person: PersonId,
  kind: string,
): Promise<{ sealed: Buffer; key: string } | undefined> {
  const { rows } = await sql<{ sealed: Buffer; key: string }>`
    select sealed, key from people.number
    where person = ${person} and kind = ${kind}`.execute(tx)
  return rows[0]
}

type Sealed = { person: PersonId; kind: NumberKind; sealed: Buffer; key: string }

export async function numbersOf(tx: Tx, people: readonly PersonId[]): Promise<Sealed[]> {
  const { rows } = await sql<Sealed>`
    select person, kind, sealed, key from people.number
    where person = any(${[...people]}::uuid[])`.execute(tx)
  return rows
}

const alikeMax = 20

export async function withNumber(
  tx: Tx,
  kind: string,
  finds: readonly Buffer[],
  but: PersonId,
): Promise<PersonId[]> {
  const { rows } = await sql<{ person: PersonId }>`
    select person from people.number
    where kind = ${kind} and find = any(${[...finds]}::bytea[]) and person <> ${but}
    order by person limit ${alikeMax}`.execute(tx)
  return rows.map(({ person }) => person)
}

export async function hasNumber(
  tx: Tx,
  kind: string,
  finds: readonly Buffer[],
  but: PersonId,
): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select people.has_number(${kind}, ${[...finds]}::bytea[], ${but}) as has`.execute(tx)
  return rows[0]?.has === true
}
