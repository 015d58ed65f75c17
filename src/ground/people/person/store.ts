import { sql } from 'kysely'
import type { PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Tx } from '../../../platform/sql.ts'

export type Known = {
  person: PersonId
  street: StreetCode
  name: string
  bornOn: string | null
  left: { why: 'moved' | 'died' | 'mistake'; on: string } | null
}

export async function knownOf(tx: Tx, person: PersonId): Promise<Known | undefined> {
  const { rows } = await sql<Known>`
    select id as person, street, name, to_char(born_on, 'YYYY-MM-DD') as "bornOn",
      case when left_at is not null then json_build_object('why', left_why,
        'on', to_char(left_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')) end as left
    from people.person where id = ${person}`.execute(tx)
  return rows[0]
}
