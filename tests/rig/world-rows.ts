/** Rows of the register and of signing in that belong to somebody of one committee. */
import { randomBytes, randomUUID } from 'node:crypto'
import { digest } from '../../src/platform/secrets.ts'
import type { Caller } from './contracts.ts'
import type { Streets } from './streets.ts'
import type { Part } from './world.ts'

type Owner = Streets['owner']

export async function fillRegister(
  owner: Owner,
  { street, homes, worker, resident, post }: Part,
  now: number,
): Promise<Record<string, string>> {
  const [account] = await owner(
    `insert into identity.account (id, made_at, seen_at)
     values (gen_random_uuid(), now(), now()) returning id`,
  )
  const secret = randomBytes(32).toString('base64url')
  const times = { at: new Date(now), later: new Date(now + 3_600_000) }
  const facts: Record<string, unknown> = {
    ...{ street, home: homes[0], account: account.id, resident: resident.person, post },
    ...{ worker: worker.person, bytes: randomBytes(32), secret: digest(secret), ...times },
    key: randomBytes(16).toString('base64url'),
  }
  const one = async (statement: string) => {
    const values: unknown[] = []
    const text = statement.replaceAll(
      /:(\w+)/g,
      (_, name: string) => `$${values.push(facts[name])}`,
    )
    return (await owner<{ id: string }>(text, values))[0]?.id ?? ''
  }
  const id = 'gen_random_uuid()'
  return {
    account: account.id,
    'pass-secret': secret,
    passkey: await one(`insert into identity.passkey (id, account, public_key, counter,
      transports, is_backed_up, device_name, made_at)
      values (:key, :account, :bytes, 0, '{}', false, 'phone', now()) returning id`),
    pass: await one(`insert into identity.pass values (:street, ${id}, :resident, :home,
      left(:home, 15), :secret, :at, :later, :at, null) returning id`),
    grant: await one(`insert into identity.grant (street, id, of_person, to_account, called,
      relation, way, made_at, until)
      values (:street, ${id}, :resident, :account, '女儿', 'child', 'code', :at, :later)
      returning id`),
    letter: await one(`insert into identity.letter values (:street, ${id}, :home, :bytes, :worker,
      :post, :at, :later) on conflict do nothing returning id`),
    claim: await one(`insert into identity.claim (street, id, home, account, name_said, reason,
      proof, made_at)
      values (:street, ${id}, :home, :account, '来客', 'not-registered', 'letter', :at)
      returning id`),
    vouching: await one(`with another as (
        insert into identity.account (id, made_at, seen_at) values (${id}, now(), now())
        returning id
      )
      insert into identity.vouching (street, id, home, account, name_said, asked_at, until)
      select :street, ${id}, :home, id, '来客', :at, :later from another returning id`),
    'number-change': await one(`insert into people.number_change (street, id, person, kind, sealed,
      key, by_person, by_post, asked_at, until)
      values (:street, ${id}, :resident, 'phone', :bytes, 'k', :worker, :post, :at, :later)
      returning id`),
    'own-change': await one(`insert into people.number_change (street, id, person, kind, sealed,
      key, by_person, by_post, asked_at, until)
      values (:street, ${id}, :resident, 'id-number', :bytes, 'k', :worker, :post, :at, :later)
      returning id`),
    household: await one(`insert into people.household values (:street, ${id}, :home, :at)
      returning id`),
    export: await one(`insert into people.export (street, id, kind, committee, reason, rows,
      by_person, by_post, asked_at, until)
      values (:street, ${id}, 'residents', left(:home, 12), 'rescue', 900, :worker, :post, :at,
        :later) returning id`),
    'own-export': await one(`insert into people.export (street, id, kind, committee, reason, rows,
      by_person, by_post, asked_at, until)
      values (:street, ${id}, 'residents', left(:home, 12), 'rescue', 9, :worker, :post, :at,
        :later) returning id`),
    import: await one(`insert into people.import (street, id, kind, file_digest, rows, by_person,
      by_post, at)
      values (:street, ${id}, 'residents', :bytes, 1, :worker, :post, :at) returning id`),
    ...(await booked(one)),
    'own-request': await one(`insert into privacy.own_request (street, id, person, committee, kind,
      part, says, at, due_at)
      values (:street, ${id}, :resident, left(:home, 12), 'correct', 'person', '名字写错了', :at,
        :later) returning id`),
    session: await one(`insert into identity.session (hash, kind, account, street, person, made_at,
      expires_at, opened_by, device) values (:bytes, 'page', :account, :street, :resident, :at,
      :later, 'code', :bytes) returning id`),
  }
}

/** A line in the resident's book, and another that they asked about. */
async function booked(one: (statement: string) => Promise<string>) {
  const look = `insert into privacy.look (street, id, person, at, by_kind, by_person, by_post,
      title, unit, fields, matter_kind, label, how, why)
    values (:street, gen_random_uuid(), :resident, :at, 'post', :worker, :post, '社工', '居委会',
      '{name}', 'operation', 'device-page', 'page', 'task') returning id`
  return {
    look: await one(look),
    question: await one(`with look as (${look})
      insert into privacy.question (street, id, look, person, asked_at, due_at)
      select :street, gen_random_uuid(), id, :resident, :at, :later from look returning id`),
  }
}

/** A program's token of an account that has proven a telephone and no home. */
export async function signedIn(owner: Owner, account: string): Promise<Caller> {
  const token = randomUUID() + randomUUID().slice(0, 7)
  await owner(
    `insert into identity.session (hash, kind, account, made_at, expires_at, opened_by)
     values ($1, 'token', $2, now(), now() + interval '20 years', 'token')`,
    [digest(token), account],
  )
  return { role: 'account', token, holds: ['anyone', 'account'] }
}
