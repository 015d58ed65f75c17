/**
 * Whoever reads something of another person is in that person's book before it leaves. Each person
 * of a world has a name and numbers that nobody else has; whatever leaves the program is searched
 * for them, and whose word it holds must have had a look written meanwhile.
 */
import { strFromU8, unzipSync } from 'fflate'
import type { PersonId, StreetCode } from '../../src/kernel/ids.ts'
import { addNumbers, masked } from '../../src/ground/people/index.ts'
import type { Named, Caller } from './contracts.ts'
import { mayCall } from '../../src/kernel/access.ts'
import { everybody, gently, ownInput, send } from './matrix.ts'
import type { Streets } from './streets.ts'
import type { World } from './world.ts'

/** Words that tell of one person, and of nobody else. */
export type Known = { person: string; words: readonly string[]; home?: string | undefined }

/** These name homes and nobody who lives there: their places are no words of somebody. */
const ofPlaces = new Set([
  ...['places.openTag', 'places.stairGrid', 'tasks.arriveByTag', 'identity.listLetters'],
  // A claim says where somebody would live; whoever lives there already is not in it.
  'identity.listClaims',
  // A box of many homes.
  ...['devices.listGateways', 'sensing.listGateways'],
])

/** What left with somebody's word in it, while nobody wrote a look at them. */
export type Unbooked = { what: string; by: string; person: string; word: string }

/** `told`: of those that were checked, how many did hold somebody's word. */
export type Reads = { checked: number; told: number; unbooked: Unbooked[] }

/** Looks as they are written, in their order; told by the database itself. */
export type Booked = {
  mark(): Promise<number>
  /** Whom somebody looked at since. */
  since(mark: number): Promise<ReadonlySet<string>>
}

export async function watchBook({ owner }: Pick<Streets, 'owner'>): Promise<Booked> {
  for (const statement of [
    'create table public.looked (n bigint generated always as identity, person uuid)',
    `create function public.note_look() returns trigger language plpgsql security definer as $$
     begin insert into public.looked (person) values (new.person); return new; end $$`,
    `create trigger noted after insert on privacy.look
     for each row execute function public.note_look()`,
  ]) {
    await owner(statement)
  }
  return {
    async mark() {
      const [row] = await owner<{ n: number }>(
        'select coalesce(max(n), 0)::int as n from public.looked',
      )
      return row?.n ?? 0
    },
    async since(mark) {
      const rows = await owner<{ person: string }>(
        'select distinct person from public.looked where n > $1',
        [mark],
      )
      return new Set(rows.map(({ person }) => person))
    },
  }
}

/**
 * Gives everybody a telephone and an identity number of their own, and answers by which words each
 * is known. Names are unlike already.
 */
export async function knowEverybody({ owner, program }: Streets): Promise<Known[]> {
  const people = await owner<{ street: string; id: string; name: string }>(
    'select street, id, name from people.person order by id',
  )
  const all: Known[] = []
  for (const [at, { street, id, name }] of people.entries()) {
    const person = id as PersonId
    const phone = `139${String(20_000_000 + at * 7_919).slice(0, 8)}`
    const idNumber = `3101041948${String(1_010_000 + at * 617).padStart(7, '0')}X`
    await program.given.db.asOwner((tx) =>
      addNumbers(program.given, tx, street as StreetCode, [
        { person, kind: 'phone', number: phone },
        { person, kind: 'id-number', number: idNumber },
      ]),
    )
    const isOne = people.filter((other) => other.name.includes(name)).length === 1
    const inFile = `139••••${phone.slice(-2)}`
    const [lives] = await owner<{ home: string }>(
      'select home from people.residence where person = $1 and to_at is null limit 1',
      [id],
    )
    const numbers = [phone, idNumber, masked('phone', phone), masked('id-number', idNumber), inFile]
    all.push({ person: id, words: [...(isOne ? [name] : []), ...numbers], home: lives?.home })
  }
  return all
}

/** Whose words a text holds, themselves left out. */
export function toldOf(
  text: string,
  known: readonly Known[],
  self?: string,
): { person: string; word: string }[] {
  return known.flatMap(({ person, words }) => {
    const word = person === self ? undefined : words.find((one) => text.includes(one))
    return word === undefined ? [] : [{ person, word }]
  })
}

/** What is in the tables and archives that an answer carries along. */
function filesIn(text: string): string {
  const parts = [...text.matchAll(/"(UEs[\w+/=]{40,})"/g)].flatMap(([, base64 = '']) =>
    Object.values(unzipSync(Buffer.from(base64, 'base64'))).map((bytes) => strFromU8(bytes)),
  )
  return parts.join('\n')
}

/** Whatever `work` lets out, held against the book. */
export async function checked(
  book: Booked,
  known: readonly Known[],
  read: { what: string; by: string; self?: string | undefined },
  work: () => Promise<string>,
): Promise<Pick<Reads, 'told' | 'unbooked'>> {
  const mark = await book.mark()
  const text = await work()
  const told = toldOf(`${text}${filesIn(text)}`, known, read.self)
  if (told.length === 0) return { told: 0, unbooked: [] }
  const seen = await book.since(mark)
  const { what, by } = read
  const unbooked = told.flatMap(({ person, word }) =>
    seen.has(person) ? [] : [{ what, by, person, word }],
  )
  return { told: 1, unbooked }
}

/** Every endpoint by every role that may call it, each with what is its own. */
export async function walkReads(
  world: World,
  book: Booked,
  known: readonly Known[],
  endpoints: readonly Named[] = gently,
): Promise<Reads> {
  const reads: Reads = { checked: 0, told: 0, unbooked: [] }
  const callers = everybody(world).map((caller) => ({ caller, self: selfOf(world, caller) }))
  for (const one of endpoints) {
    for (const { caller, self } of callers) {
      if (!mayCall(one.endpoint.who, caller.holds)) continue
      await world.town.owner('delete from identity.attempt')
      const input = await ownInput(world, one, caller)
      // What somebody wrote themself is no read: it is taken out of what they are answered.
      const given = JSON.stringify(input)
      const others = knownFor(one, known).filter(
        ({ words }) => !words.some((word) => given.includes(word)),
      )
      const read = { what: one.name, by: caller.role, self: await self }
      let isAnswer = false
      const found = await checked(book, others, read, async () => {
        const { status, text } = await send(world, caller, one, input)
        isAnswer = status === 200
        return text
      })
      if (isAnswer) reads.checked++
      reads.told += found.told
      reads.unbooked.push(...found.unbooked)
    }
  }
  return reads
}

const knownFor = ({ name }: Named, known: readonly Known[]): readonly Known[] =>
  ofPlaces.has(name)
    ? known
    : known.map((one) => (one.home ? { ...one, words: [...one.words, one.home] } : one))

/** As whom a caller asks; of somebody who acts for another nobody: they look at that other. */
async function selfOf({ town, call }: World, caller: Caller): Promise<string | undefined> {
  if (caller.isActing) return undefined
  const { text } = await call(caller, 'GET', '/api/identity/me')
  const me = JSON.parse(text) as { name?: string | null }
  if (!me.name) return undefined
  const rows = await town.owner<{ id: string; street: string }>(
    'select id, street from people.person where name = $1',
    [me.name],
  )
  return (rows.length === 1 ? rows[0] : rows.find(({ street }) => text.includes(street)))?.id
}
