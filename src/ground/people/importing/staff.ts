import { startOfDay } from '../../../kernel/calendar.ts'
import type { CommitteeCode, PersonId, PostId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import type { TakenFrom } from '../../../platform/taking-back.ts'
import type { PlaceRegister } from '../../places/index.ts'
import { registerPeople } from '../registering/index.ts'
import { nameKey } from './addresses.ts'
import { codeIn, dayIn, nameIn, textIn, timeIn, wholeIn, wordIn } from './cells.ts'
import { columnsOf, type ColumnOf } from './columns.ts'
import type { BodyKind, NewBody, NewPost, StaffDoor } from './doors.ts'
import { openFinder } from './finding.ts'
import { alikeAreOne, knownPeople, registered, sameInFile, type Described } from './likeness.ts'
import { inBatches, leftOut, type Made, type Plan, type Scope } from './plan.ts'
import { readRows, type LineReader } from './reading.ts'
import { phoneCell } from './residents.ts'
import { cellFault } from './sentences.ts'
import type { CellFault, Duplicate, Line } from './types.ts'
import { bodyKindWords } from './words.ts'

type Column = ColumnOf<'staff'>
const columns = columnsOf.staff

type Row = {
  line: number
  /** By which a body is told: its committee, or its kind and name. */
  key: string
  kind: BodyKind
  committee: CommitteeCode | null
  body: string
  bodyPhone: string | null
  opensAt: string | null
  closesAt: string | null
  title: string
  name: string
  phone: string | null
  rank: number
  since: string | null
  until: string | null
}

export async function planStaff(
  given: Given,
  tx: Tx,
  scope: Scope,
  places: PlaceRegister,
  door: StaffDoor,
  lines: readonly Line<Column>[],
): Promise<Plan> {
  const finder = openFinder(places, scope)
  const { rows, faults } = await readRows(columns, lines, (reader) =>
    rowOf(reader, finder, places, scope),
  )
  const known = await knownPeople(given, tx, described(rows))
  const bodies = new Map((await door.bodiesIn(tx)).map((one) => [bodyKey(one), one.body]))
  const posts = await door.postsIn(tx)
  const duplicates = postsTwice(rows, known, bodies, posts)
  const out = leftOut(scope, duplicates)
  const coming = rows.filter(({ line }) => !out.has(line))
  faults.push(...wrongPosts(coming, known, bodies, posts, duplicates))
  return {
    ...{ faults, duplicates, good: coming.length },
    write: (within, tell) =>
      write(given, within, scope, door, { rows: coming, known, bodies }, tell),
  }
}

function described(rows: readonly Row[]): Described[] {
  return rows.map((row) => ({ ...row, idNumber: null, home: null }))
}

function rowOf(
  reader: LineReader<Column>,
  finder: ReturnType<typeof openFinder>,
  places: PlaceRegister,
  { today }: Scope,
): Row | undefined {
  const kind = reader.take('bodyKind', (cell) => wordIn(cell, bodyKindWords))
  const said = finder.committeeOf(reader)
  const body = reader.take('body', (cell) => textIn(cell, 40))
  const name = reader.take('name', nameIn)
  const rank = reader.take('rank', (cell) => wholeIn(cell, 1, 99, 'rank'))
  const title = reader.take('title', (cell) => textIn(cell, 20))
  const since = reader.take('since', dayIn)
  const until = reader.take('until', dayIn)
  if (since !== null && since > today) reader.note('since', 'ahead')
  if (until !== null && until > today) reader.note('until', 'ahead')
  if (until !== null && until < (since ?? until)) reader.note('until', 'order')
  const rest = {
    bodyPhone: reader.take('bodyPhone', (cell) => codeIn(cell, 20)),
    opensAt: reader.take('opensAt', (cell) => timeIn(cell, false)),
    closesAt: reader.take('closesAt', (cell) => timeIn(cell, true)),
    phone: reader.take('phone', phoneCell),
  }
  if (kind === null || name === null || rank === null || title === null || said === null) {
    return undefined
  }
  const isCommittee = kind === 'committee' || kind === 'village-committee'
  const committee = isCommittee && said !== 'unsaid' ? said : null
  if (isCommittee && committee === null) reader.note('committee', 'bodyNeeds')
  if (!isCommittee && body === null && kind !== 'street') reader.note('body', 'bodyNeeds')
  const named = places.committees.find(({ code }) => code === committee)?.name ?? body ?? ''
  return {
    ...{ line: reader.line, key: bodyKey({ kind, committee, name: named }), kind, committee },
    ...{ body: named, title, name, rank, since, until, ...rest },
  }
}

function bodyKey({ kind, committee, name }: Pick<NewBody, 'kind' | 'committee' | 'name'>): string {
  if (kind === 'street') return kind
  return committee ?? `${kind} ${nameKey(name)}`
}

type Known = Awaited<ReturnType<typeof knownPeople>>
type Bodies = ReadonlyMap<string, string>

/** The same person in the same post: there already, or said twice. */
function postsTwice(
  rows: readonly Row[],
  known: Known,
  bodies: Bodies,
  posts: readonly NewPost[],
): Duplicate[] {
  const first = new Map<string, number>()
  return rows.flatMap(({ line, key, name, phone, rank, until }) => {
    if (until !== null) return []
    const person = known.get(line)?.person
    const isThere = posts.some(
      (one) =>
        one.until === null &&
        one.body === bodies.get(key) &&
        one.rank === rank &&
        one.person === person,
    )
    if (isThere) return { line, like: 'post', other: null } as const
    const post = `${key} ${rank} ${name} ${phone}`
    const other = first.get(post)
    if (other === undefined) first.set(post, line)
    return other === undefined ? [] : ({ line, like: 'post', other } as const)
  })
}

/** A rank of a body is held by one person, and a person holds one post. */
function wrongPosts(
  rows: readonly Row[],
  known: Known,
  bodies: Bodies,
  posts: readonly NewPost[],
  duplicates: readonly Duplicate[],
): CellFault[] {
  const twice = new Set(duplicates.map(({ line }) => line))
  const open = posts.filter(({ until }) => until === null)
  const taken = new Set(open.map(({ body, rank }) => `${body} ${rank}`))
  const holding = new Set<string>(open.map(({ person }) => person))
  const same = sameInFile(described(rows))
  return rows.flatMap(({ line, key, kind, rank, until }) => {
    if (kind === 'street' && !bodies.has(key)) {
      return cellFault(line, columns.bodyKind.zh, 'body')
    }
    if (until !== null || twice.has(line)) return []
    const faults: CellFault[] = []
    const place = `${bodies.get(key) ?? key} ${rank}`
    if (taken.has(place)) faults.push(cellFault(line, columns.rank.zh, 'rankTaken'))
    taken.add(place)
    const person = known.get(line)?.person ?? `line ${same.get(line)?.other ?? line}`
    if (holding.has(person)) faults.push(cellFault(line, columns.name.zh, 'holdsPost'))
    holding.add(person)
    return faults
  })
}

async function write(
  given: Given,
  tx: Tx,
  { street, now, today }: Scope,
  door: StaffDoor,
  { rows, known, bodies }: { rows: readonly Row[]; known: Known; bodies: Bodies },
  tell: (done: number) => void,
): Promise<Made[]> {
  const made: Made[] = []
  const [fromPost, fromBody] = door.takenFrom as [TakenFrom, TakenFrom]
  const ids = new Map(bodies)
  const added: NewBody[] = []
  for (const { key, line, kind, committee, body: name, bodyPhone, opensAt, closesAt } of rows) {
    if (ids.has(key)) continue
    const body = given.newId<string>()
    ids.set(key, body)
    added.push({ body, kind, committee, name, phone: bodyPhone, opensAt, closesAt })
    made.push({ line, isShared: true, from: fromBody, key: body })
  }
  await door.addBodies(tx, street, added)
  const people = await peopleFor(given, tx, street, rows, known, made)
  const at = (day: string) =>
    day === today ? now : startOfDay(Date.parse(`${day}T12:00:00+08:00`))
  let done = 0
  await inBatches(rows, async (batch) => {
    const posts = batch.flatMap(({ line, key, title, rank, since, until }): NewPost[] => {
      const person = people.get(line)
      const body = ids.get(key)
      if (!person || !body) throw new Error(`line ${line} has no person or body`)
      const post = given.newId<PostId>()
      made.push({ line, isShared: false, from: fromPost, key: post })
      const from = since ?? until
      const term = {
        since: from === null ? now : at(from),
        until: until === null ? null : at(until),
      }
      return [{ post, body, title, person, rank, ...term }]
    })
    await door.addPosts(tx, street, posts)
    tell((done += batch.length))
  })
  return made
}

async function peopleFor(
  given: Given,
  tx: Tx,
  street: Scope['street'],
  rows: readonly Row[],
  known: Known,
  made: Made[],
): Promise<Map<number, PersonId>> {
  const same = sameInFile(described(rows))
  const strangers = rows.filter(({ line }) => !known.has(line) && !same.has(line))
  const none = { idNumber: null, bornOn: null, home: null, livesAlone: false }
  const wanted = strangers.map(({ name, phone }) => ({ ...none, name, phone }))
  const ids = await registerPeople(given, tx, street, wanted)
  const people = new Map([...known].map(([line, { person }]) => [line, person]))
  made.push(...registered(people, strangers, ids))
  alikeAreOne(people, same)
  return people
}
