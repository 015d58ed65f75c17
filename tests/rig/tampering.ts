/**
 * One tampering at a time, by somebody who may do everything in the database and knows how the
 * chain is made: what the chain has to find, behind a head that left the database.
 */
import { sql } from 'kysely'
import {
  digestOfLook,
  digestOfStruck,
  headAfter,
  headZero,
  type Link,
} from '../../src/ground/privacy/chain/digests.ts'
import { linksAfter, struckBy, type LinkRow } from '../../src/ground/privacy/chain/store.ts'
import type { Tx } from '../../src/platform/sql.ts'
import type { Chance } from '../attacks/chance.ts'

/** In the transaction given, which whoever asked rolls back. Answers what was done. */
export async function tamper(tx: Tx, chance: Chance): Promise<string> {
  await sql`set local session_replication_role = replica`.execute(tx)
  const links = await linksAfter(tx, 0, 100_000)
  const name = chance.of(Object.keys(ways))
  const way = ways[name as keyof typeof ways]
  return `${name}: ${await way({ tx, chance, links, ...kindsOf(links) })}`
}

type Scene = {
  tx: Tx
  chance: Chance
  links: LinkRow[]
  /** Links whose look is there; those that were struck; erasures. */
  live: LinkRow[]
  struck: LinkRow[]
  erasures: LinkRow[]
}

function kindsOf(links: LinkRow[]) {
  return {
    live: links.filter(({ salt }) => salt !== null),
    struck: links.filter(({ erasure }) => erasure !== null),
    erasures: links.filter(({ kind }) => kind === 'erasure'),
  }
}

const other: Record<string, string> = {
  ...{ street: `street || '1'`, id: 'gen_random_uuid()', person: 'gen_random_uuid()' },
  ...{ at: `at + interval '1 microsecond'`, salt: 'gen_random_uuid()', why: `why || ' '` },
  by_kind: `case by_kind when 'post' then 'operator' else 'post' end`,
  ...{ by_person: 'gen_random_uuid()', by_post: 'gen_random_uuid()' },
  title: `case when title is null then '' else null end`,
  unit: `coalesce(unit, '') || '二'`,
  rule: `case rule when '' then null else '' end`,
  rule_version: 'coalesce(rule_version, 0) + 1',
  fields: `array_append(fields, 'phone')`,
  matter_kind: `matter_kind || 's'`,
  matter_id: `case when matter_id is null then '' else null end`,
  label: 'upper(label) || label',
  how: `case how when 'page' then 'list' else 'page' end`,
  shown_from: `coalesce(shown_from, at) + interval '1 day'`,
}
const columns = Object.keys(other)
/** All that a look says, without what it is called. */
const said = columns.filter((name) => name !== 'id').join(', ')

const ways = {
  async 'a column edited'({ tx, chance, live }: Scene) {
    const { number, look } = chance.of(live)
    const column = chance.of(columns)
    await sql`update privacy.look set ${sql.raw(`${column} = ${other[column]}`)}
      where id = ${look}`.execute(tx)
    return `${column} of ${number}`
  },
  async 'a bit turned'({ tx, chance, links }: Scene) {
    const { number } = chance.of(links)
    const column = chance.of(['digest', 'head'])
    const [at, bit] = [chance.below(32), 1 << chance.below(8)]
    await sql`update privacy.link set ${sql.raw(
      `${column} = set_byte(${column}, ${at}, get_byte(${column}, ${at}) # ${bit})`,
    )} where number = ${number}`.execute(tx)
    return `${column} of ${number}`
  },
  async 'a link edited'({ tx, chance, links }: Scene) {
    const { number, kind } = chance.of(links)
    const change = chance.of([
      `at = at - interval '1 microsecond'`,
      kind === 'look' ? 'look = gen_random_uuid()' : `at = at + interval '1 hour'`,
      kind === 'look' ? `kind = 'erasure', look = null` : `kind = 'look', look = gen_random_uuid()`,
    ])
    await sql`update privacy.link set ${sql.raw(change)} where number = ${number}`.execute(tx)
    return `${change} of ${number}`
  },
  async 'a look deleted'({ tx, chance, live }: Scene) {
    const { number, look } = chance.of(live)
    await dropLook(tx, look)
    if (chance.isLucky(0.5)) return String(number)
    await dropLink(tx, number)
    return `${number} and its link`
  },
  async 'a link deleted'({ tx, chance, links }: Scene) {
    const { number } = chance.of(links)
    await dropLink(tx, number)
    return String(number)
  },
  async 'the end cut off'({ tx, chance, links }: Scene) {
    const from = 1 + chance.below(links.length)
    const looks = links.slice(from - 1).map(({ look }) => look)
    await sql`delete from privacy.link where number >= ${from}`.execute(tx)
    await sql`delete from privacy.struck where number >= ${from} or erasure >= ${from}`.execute(tx)
    if (chance.isLucky(0.5)) {
      await sql`insert into privacy.unlinked select id from privacy.look
        where id = any(${looks}::uuid[])`.execute(tx)
      return `from ${from}, looks kept`
    }
    await sql`delete from privacy.look where id = any(${looks}::uuid[])`.execute(tx)
    return `from ${from}`
  },
  async 'two links swapped'({ tx, chance, links, live }: Scene) {
    const [one, two] = twoOf(chance, live)
    const swapped = links.map((link) => {
      if (link === one) return { ...two, number: one.number }
      return link === two ? { ...one, number: two.number } : link
    })
    return `${one.number} and ${two.number}${await lay(tx, chance, swapped)}`
  },
  async 'two looks swapped'({ tx, chance, live }: Scene) {
    const [one, two] = twoOf(chance, live)
    const set = columns.flatMap((name) => (name === 'id' ? [] : [`${name} = other.${name}`]))
    await sql`update privacy.look set ${sql.raw(set.join(', '))}
      from (select * from privacy.look) other
      where (look.id = ${one.look} and other.id = ${two.look})
        or (look.id = ${two.look} and other.id = ${one.look})`.execute(tx)
    return `${one.number} and ${two.number}`
  },
  async 'a look replaced, and all after it made anew'({ tx, chance, links, live }: Scene) {
    const { number, look } = chance.of(live)
    const column = chance.of(columns.filter((name) => name !== 'id'))
    await sql`update privacy.look set ${sql.raw(`${column} = ${other[column]}`)}
      where id = ${look}`.execute(tx)
    await rebuild(tx, links.length)
    return `${column} of ${number}`
  },
  async 'a look taken out, and all after it moved up'({ tx, chance, links, live }: Scene) {
    const { number, look } = chance.of(live)
    await dropLook(tx, look)
    await sql`delete from privacy.link where number = ${number}`.execute(tx)
    await move(tx, number, -1)
    await rebuild(tx, links.length)
    return String(number)
  },
  async 'numbers moved'({ tx, chance, links }: Scene) {
    const from = 1 + chance.below(links.length)
    await move(tx, from, 1)
    if (chance.isLucky(0.5)) await rebuild(tx, links.length + 1)
    return `from ${from}`
  },
  async 'a look put in between'({ tx, chance, links, live }: Scene) {
    const { number, look, at } = chance.of(live)
    const id = chance.of(live).look?.replace(/^.{8}/, '00000001') ?? ''
    await sql`insert into privacy.look (id, ${sql.raw(said)})
      select ${id}, ${sql.raw(said)} from privacy.look where id = ${look}`.execute(tx)
    if (chance.isLucky(0.3)) return `without a link, beside ${number}`
    await move(tx, number, 1)
    await write(tx, { number, kind: 'look', look: id, at, digest: headZero, head: headZero })
    await rebuild(tx, links.length + 1)
    return `before ${number}`
  },
  async 'struck before its term'({ tx, chance, links, live, erasures }: Scene) {
    const { number, look, at } = chance.of(live)
    await dropLook(tx, look)
    const erasure = chance.of(erasures)
    const way = chance.below(3)
    if (way < 2) {
      await strike(tx, number, erasure.number)
      if (way === 1) await rebuild(tx, links.length)
      return `${number} by ${erasure.number}`
    }
    const last = links.length + 1
    // Dated honestly, or when it would have been right.
    const years = chance.of([0, 0, 4, 40])
    const date = `${Number(links.at(-1)?.at ?? at) + years * 366 * 86_400}.000000`
    const link = { number: last, kind: 'erasure' as const, look: null, at: date }
    await write(tx, { ...link, digest: digestOfStruck([number]), head: headZero })
    await strike(tx, number, last)
    await rebuild(tx, last)
    return `${number} by an erasure of its own, ${years} years on`
  },
  async 'an erasure forged'({ tx, chance, links, struck, erasures }: Scene) {
    const { number, erasure, look } = chance.of(struck)
    const way = chance.below(4)
    if (way === 0) {
      await sql`delete from privacy.struck where number = ${number}`.execute(tx)
    } else if (way === 1) {
      const another = chance.of([...links.filter((one) => one.number !== erasure)])
      await sql`update privacy.struck set erasure = ${another.number}
        where number = ${number}`.execute(tx)
    } else if (way === 2) {
      await sql`insert into privacy.look (id, ${sql.raw(said)})
        select ${look}, ${sql.raw(said)} from privacy.look limit 1`.execute(tx)
    } else {
      const { number: one } = chance.of(erasures)
      await dropLink(tx, one)
      await sql`delete from privacy.struck where erasure = ${one}`.execute(tx)
    }
    if (chance.isLucky(0.3)) await rebuild(tx, links.length)
    return `${number} of ${erasure}, way ${way}`
  },
  async 'all emptied'({ tx, chance }: Scene) {
    const tables = chance.of(['struck link', 'look', 'look struck link'])
    for (const name of tables.split(' ')) {
      await sql`delete from privacy.${sql.raw(name)}`.execute(tx)
    }
    return tables
  },
} satisfies Record<string, (scene: Scene) => Promise<string>>

function twoOf(chance: Chance, links: LinkRow[]): [LinkRow, LinkRow] {
  const one = chance.of(links)
  return [one, chance.of(links.filter((link) => link !== one))]
}

async function dropLook(tx: Tx, look: string | null): Promise<void> {
  await sql`delete from privacy.look where id = ${look}`.execute(tx)
}

async function dropLink(tx: Tx, number: number): Promise<void> {
  await sql`delete from privacy.link where number = ${number}`.execute(tx)
}

async function strike(tx: Tx, number: number, erasure: number): Promise<void> {
  await sql`insert into privacy.struck values (${number}, ${erasure})`.execute(tx)
}

const far = 1_000_000

/** All numbers from one on, with what was struck there. */
async function move(tx: Tx, from: number, by: number): Promise<void> {
  // Far away first: a number is there once.
  for (const [those, step] of [
    [sql`number >= ${from}`, far],
    [sql`number >= ${far}`, by - far],
  ] as const) {
    await sql`update privacy.link set number = number + ${step} where ${those}`.execute(tx)
    await sql`update privacy.struck set number = number + ${step} where ${those}`.execute(tx)
  }
  await sql`update privacy.struck set erasure = erasure + ${by}
    where erasure >= ${from}`.execute(tx)
}

/** The same links, each in the place it now has; some with heads that follow. */
async function lay(tx: Tx, chance: Chance, links: readonly LinkRow[]): Promise<string> {
  await sql`delete from privacy.link`.execute(tx)
  for (const link of links) await write(tx, link)
  if (chance.isLucky(0.5)) return ''
  await rebuild(tx, links.length)
  return ', heads made anew'
}

async function write(tx: Tx, { number, kind, look, at, digest, head }: Link): Promise<void> {
  await sql`insert into privacy.link (number, kind, look, at, digest, head)
    values (${number}, ${kind}, ${look},
      timestamptz 'epoch' + (${at}::numeric * 1000000)::bigint * interval '1 microsecond',
      ${digest}, ${head})`.execute(tx)
}

/** Every digest and every head, as the program would make them of what is there now. */
async function rebuild(tx: Tx, count: number): Promise<void> {
  const links = await linksAfter(tx, 0, count + 1)
  const struck = await struckBy(
    tx,
    links.flatMap(({ kind, number }) => (kind === 'erasure' ? [number] : [])),
  )
  let head: Buffer = headZero
  const made = links.map((link) => {
    let { digest } = link
    if (link.kind === 'erasure') digest = digestOfStruck(struck.get(link.number) ?? [])
    else if (link.salt !== null) digest = digestOfLook(link.salt, link.content)
    head = headAfter(head, { ...link, digest })
    return { number: link.number, digest: digest.toString('hex'), head: head.toString('hex') }
  })
  await sql`update privacy.link set digest = decode(made.digest, 'hex'),
      head = decode(made.head, 'hex')
    from json_to_recordset(${JSON.stringify(made)}::json)
      as made (number bigint, digest text, head text)
    where link.number = made.number`.execute(tx)
}
