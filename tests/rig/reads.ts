/**
 * Whoever reads something of another person is in that person's book before it leaves. Each person
 * of a world has a name and numbers that nobody else has; whatever leaves the program is searched
 * for them, and whose word it holds must have had a look written meanwhile that says so.
 */
import { unzipSync } from 'fflate'
import type { Sees } from '../../src/kernel/endpoint.ts'
import type { PersonId, StreetCode } from '../../src/kernel/ids.ts'
import { addNumbers, masked } from '../../src/ground/people/index.ts'
import type { Named, Caller } from './contracts.ts'
import { mayCall } from '../../src/kernel/access.ts'
import { everybody, gently, ownInput, send } from './matrix.ts'
import type { Streets } from './streets.ts'
import type { World } from './world.ts'

/** What a look must say where the word was told; null: of that person anything. */
export type Word = { word: string; field: Sees | null }

/** Words that tell of one person, and of nobody else. */
export type Known = { person: string; words: readonly Word[]; home?: string | undefined }

/** These name homes and nobody who lives there: their places are no words of somebody. */
const ofPlaces = new Set([
  ...['places.openTag', 'places.stairGrid', 'tasks.arriveByTag', 'identity.listLetters'],
  // A claim says where somebody would live; whoever lives there already is not in it.
  'identity.listClaims',
  // A box of many homes.
  ...['devices.listGateways', 'sensing.listGateways'],
  // Pages of these: a stair's doors, the claims, the boxes.
  ...['GET /desk/tags/:', 'GET /desk/register/proofs', 'GET /desk/gateways'],
])

/** These say where a post goes, which may be a home: any look at who lives there will do. */
const ofBeats = new Set(['duties.onDutyNow', 'duties.listBodies'])

/** What left with somebody's word in it, while nobody wrote a look at them that says so. */
export type Unbooked = Word & { what: string; by: string; person: string }

/** `told`: of those that were checked, how many did hold somebody's word. */
export type Reads = { checked: number; told: number; unbooked: Unbooked[] }
export const noReads = (): Reads => ({ checked: 0, told: 0, unbooked: [] })

/** Looks as they are written, in their order; told by the database itself. */
export type Booked = {
  mark(): Promise<number>
  /** Whom somebody looked at since, and at what of them. */
  since(mark: number): Promise<ReadonlyMap<string, ReadonlySet<string>>>
}

export async function watchBook({ owner }: Pick<Streets, 'owner'>): Promise<Booked> {
  for (const statement of [
    `create table public.looked (n bigint generated always as identity, person uuid,
       fields text[])`,
    `create function public.note_look() returns trigger language plpgsql security definer as $$
     begin
       insert into public.looked (person, fields) values (new.person, new.fields);
       return new;
     end $$`,
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
      const rows = await owner<{ person: string; fields: string[] }>(
        'select person, fields from public.looked where n > $1',
        [mark],
      )
      const seen = new Map<string, Set<string>>()
      for (const { person, fields } of rows) {
        const before = seen.get(person) ?? []
        seen.set(person, new Set([...before, ...fields]))
      }
      return seen
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
    const words = [
      ...(isOne ? as('name', name) : []),
      ...as('phone', phone, masked('phone', phone), inFile),
      ...as('id-number', idNumber, masked('id-number', idNumber)),
    ]
    all.push({ person: id, words, home: lives?.home })
  }
  return all
}

const as = (field: Sees, ...words: readonly string[]): Word[] =>
  words.map((word) => ({ word, field }))

/** Whose words a text holds, themselves left out. */
function toldOf(
  text: string,
  known: readonly Known[],
  self?: string,
): (Word & { person: string })[] {
  return known.flatMap(({ person, words }) =>
    person === self
      ? []
      : words.filter(({ word }) => text.includes(word)).map((word) => ({ person, ...word })),
  )
}

/** What is in the tables and archives that an answer carries along. */
function filesIn(text: string): string {
  const files = [...text.matchAll(/"([\w+/]{40,}={0,2})"/g)]
  return files.map(([, base64 = '']) => textIn(Buffer.from(base64, 'base64'))).join('\n')
}

/** All that a file tells; of an archive, each file in it. */
export function textIn(bytes: Buffer): string {
  if (bytes.toString('latin1', 0, 4) !== 'PK\x03\x04') return bytes.toString()
  const files = Object.values(unzipSync(bytes))
  return files.map((file) => textIn(Buffer.from(file))).join('\n')
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
  const isBooked = ({ person, field }: (typeof told)[number]) =>
    field === null ? seen.has(person) : seen.get(person)?.has(field) === true
  const unbooked = told.filter((one) => !isBooked(one)).map((one) => ({ what, by, ...one }))
  return { told: 1, unbooked }
}

/** Every endpoint by every role that may call it, each with what is its own. */
export async function walkReads(
  world: World,
  book: Booked,
  known: readonly Known[],
  endpoints: readonly Named[] = gently,
): Promise<Reads> {
  const reads = noReads()
  const callers = everybody(world).map((caller) => ({ caller, self: selfOf(world, caller) }))
  for (const one of endpoints) {
    for (const { caller, self } of callers) {
      if (!mayCall(one.endpoint.who, caller.holds)) continue
      await world.town.owner('delete from identity.attempt')
      const input = await ownInput(world, one, caller)
      const others = othersOf(one.name, known, JSON.stringify(input))
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

/**
 * By which words everybody is known in what an address answers. What somebody wrote themself is no
 * read: whom it names is left out of what they are answered.
 */
export function othersOf(name: string, known: readonly Known[], given: string): readonly Known[] {
  const field: Sees | null = ofBeats.has(name) ? null : 'address'
  const all = known.map((one) => {
    const home = one.home === undefined || ofPlaces.has(name) ? [] : [{ word: one.home, field }]
    return { ...one, words: [...one.words, ...home] } as const
  })
  return all.filter(({ words }) => !words.some(({ word }) => given.includes(word)))
}

/** As whom a caller asks; of somebody who acts for another nobody: they look at that other. */
export async function selfOf({ town, call }: World, caller: Caller): Promise<string | undefined> {
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
