import { randomInt, randomUUID } from 'node:crypto'
import { dayMs } from '../../src/kernel/clock.ts'
import type { Streets } from './streets.ts'

/** An account that is nobody yet; whoever the elder was by another one they are no more. */
async function newAccount(town: Streets): Promise<string> {
  const { person } = town.a.elder
  await town.owner('update identity.standing set until = at where person = $1', [person])
  const account = randomUUID()
  await town.owner(
    'insert into identity.account (id, made_at, seen_at) values ($1, now(), now())',
    [account],
  )
  return account
}

/** The digits that a telephone shows at the station. */
export async function shownCode(town: Streets): Promise<string> {
  const account = await newAccount(town)
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  await town.owner('delete from identity.shown_code')
  await town.owner('insert into identity.shown_code values ($1, $2, $3)', [
    ...[account, town.program.given.seal.find('station', code)],
    new Date(town.clock.now() + dayMs),
  ])
  return code
}

/** The one open claim of the street: it seems to be the elder. */
export async function openClaim(town: Streets): Promise<string> {
  const account = await newAccount(town)
  const { street, homes, elder } = town.a
  const claim = randomUUID()
  await town.owner('delete from identity.claim')
  await town.owner(
    `insert into identity.claim (street, id, home, account, name_said, reason, person, proof,
      made_at) values ($1, $2, $3, $4, $5, 'held-by-another', $6, 'letter', now())`,
    [street, claim, homes[0], account, elder.name, elder.person],
  )
  return claim
}

/** Somebody may act for the elder. */
export async function openGrant(town: Streets, street: string): Promise<string> {
  const account = await newAccount(town)
  const grant = randomUUID()
  const now = town.clock.now()
  await town.owner(
    `insert into identity.grant (street, id, of_person, to_account, relation, called, way, made_at,
      until) values ($1, $2, $3, $4, 'kin', '侄子', 'code', $5, $6)`,
    [street, grant, town.a.elder.person, account, new Date(now), new Date(now + dayMs)],
  )
  return grant
}
