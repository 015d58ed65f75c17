import { sql } from 'kysely'
import { minuteMs, type Instant } from '../../../kernel/clock.ts'
import type { AccountId } from '../../../kernel/ids.ts'
import { tables, toDate, type Tx } from '../../../platform/sql.ts'
import type { IdentityTables } from '../tables.gen.ts'

export type Ceremony = {
  challenge: Buffer
  kind: 'register' | 'sign-in' | 'step-up' | 'oidc'
  /** Whose it is; null: nobody has signed in. */
  account: AccountId | null
  /** Hash of the secret of the browser that asked. */
  device: Buffer
  facts: Readonly<Record<string, string>>
}

export const ceremonyMs = 5 * minuteMs
/** Of one browser and kind; the oldest goes. */
const openMax = 5

export async function addCeremony(tx: Tx, ceremony: Ceremony, now: Instant): Promise<void> {
  const { challenge, kind, account, device, facts } = ceremony
  await sql`
    delete from identity.ceremony where challenge in (
      select challenge from identity.ceremony where device = ${device} and kind = ${kind}
      order by expires_at desc offset ${openMax - 1})`.execute(tx)
  await tables<IdentityTables>(tx)
    .insertInto('identity.ceremony')
    .values({
      ...{ challenge, kind, account, device, facts: JSON.stringify(facts) },
      expires_at: toDate(now + ceremonyMs),
    })
    .execute()
}

/** The answer has come: the same challenge is never taken twice. */
export async function takeCeremony(
  tx: Tx,
  { challenge, kind, device }: Pick<Ceremony, 'challenge' | 'kind' | 'device'>,
  now: Instant,
): Promise<Ceremony | undefined> {
  const row = await tables<IdentityTables>(tx)
    .deleteFrom('identity.ceremony')
    .where('challenge', '=', challenge)
    .where('kind', '=', kind)
    .where('device', '=', device)
    .where('expires_at', '>', toDate(now))
    .returning(['account', 'facts'])
    .executeTakeFirst()
  if (!row) return undefined
  const facts = row.facts as Ceremony['facts']
  return { challenge, kind, device, account: row.account as AccountId | null, facts }
}

export async function dropEnded(tx: Tx, now: Instant): Promise<number> {
  const gone = await tables<IdentityTables>(tx)
    .deleteFrom('identity.ceremony')
    .where('expires_at', '<', toDate(now))
    .executeTakeFirst()
  return Number(gone.numDeletedRows)
}
