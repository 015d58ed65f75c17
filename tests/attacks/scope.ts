/**
 * Requests by chance, in which ids, codes and words stand that are beyond the asker: of the same
 * committee, of the one next door, of another street; one or several at once, of another kind than
 * the field wants, beside the asker's own; where they belong and in every other way. Each must be
 * answered as the same request about what is not there, and hold no word of the other side. They go
 * over sockets that stay open to the running program. The same seed asks the same.
 */
import type { TSchema } from 'typebox'
import { every, type Caller, type Named } from '../rig/contracts.ts'
import { everybody, ownInput, reachOf, sidesBeyond } from '../rig/matrix.ts'
import { objects, type Kind } from '../rig/objects.ts'
import { thingOf, type Side, type World } from '../rig/world.ts'
import { chanceBy, type Chance } from './chance.ts'
import { someWay, wayOf, type Put, type Way } from './ways.ts'
import { openWire, type Got, type Sent } from './wire.ts'

export type FuzzWish = {
  cases: number
  seed: number
  /** Connections, each with one request at a time. */
  inFlight?: number
  /** Heard after each so many cases. */
  tell?: { every: number; say(fuzzed: Fuzzed): void }
}

export type Fuzzed = {
  /** Requests that were judged: what was refused for its rate is none. */
  cases: number
  /** All that were sent, those about what is not there too. */
  requests: number
  /** Refused for how often, and therefore not judged. */
  limited: number
  endpoints: Set<string>
  seconds: number
  /** How the foreign ones were answered: `404 not-found` … */
  answers: Map<string, number>
  byWay: Map<Way, number>
  leaks: string[]
  canaries: string[]
  /** Answered 500 and above. */
  failures: string[]
}

type Field = { field: string; kind: Kind; sides: readonly Side[] }
/** One endpoint as one caller asks it. */
type Door = {
  one: Named
  caller: Caller
  own: object
  fields: Field[]
  words: Field[]
}
type Case = {
  door: Door
  way: Way
  foreign: Sent
  missing: Sent
  asked: string[]
  sides: Set<Side>
}
type Fuzz = {
  world: World
  fuzzed: Fuzzed
  known: Map<string, string>
  send(one: Case, sent: Sent): Promise<Got>
}

/** Of each kind of finding so many are kept: a broken program must not fill the memory. */
const keptMax = 1_000
const knownMax = 100_000
/** So many cases vary one input, so that what they are compared with is asked once. */
const alikeMax = 40
const alikeMin = 4
/** Every door is come to so often at least, where the cases are enough for it. */
const roundsMin = 4

export async function fuzzScope(world: World, wish: FuzzWish): Promise<Fuzzed> {
  const doors = await doorsOf(world)
  const chance = chanceBy(wish.seed)
  const fuzzed: Fuzzed = {
    ...{ cases: 0, requests: 0, limited: 0, seconds: 0 },
    ...{
      endpoints: new Set(),
      answers: new Map(),
      byWay: new Map(),
      leaks: [],
      canaries: [],
      failures: [],
    },
  }
  const began = performance.now()
  const told = () => {
    fuzzed.seconds = (performance.now() - began) / 1000
    if (wish.tell && fuzzed.cases % wish.tell.every === 0) wish.tell.say(fuzzed)
  }
  const waiting: Case[] = []
  const nextDoor = inTurn(doors, chance)
  const share = Math.floor(wish.cases / (doors.length * roundsMin))
  const alike = Math.min(alikeMax, Math.max(alikeMin, share))
  const known = new Map<string, string>()
  const worker = async () => {
    using wire = openWire(world.town.program.url)
    const send = sender(world, fuzzed, wire.ask)
    while (fuzzed.cases < wish.cases) {
      if (waiting.length === 0) waiting.push(...someCases(world, nextDoor(), chance, alike))
      const next = waiting.shift()
      if (!next) continue
      await judge({ world, fuzzed, known, send }, next)
      told()
    }
  }
  await Promise.all(Array.from({ length: wish.inFlight ?? 12 }, worker))
  return { ...fuzzed, seconds: (performance.now() - began) / 1000 }
}

async function doorsOf(world: World): Promise<Door[]> {
  const doors: Door[] = []
  for (const caller of everybody(world)) {
    for (const one of every) {
      const reach = reachOf(one, caller)
      if (!reach || !(caller.token || caller.cookie)) continue
      const beyond = (kind: Kind) => sidesBeyond(reach, caller, kind)
      const fields = Object.entries(objects[one.name] ?? {})
        .map(([field, kind]) => ({ field, kind, sides: beyond(kind) }))
        .filter(({ sides }) => sides.length > 0)
      const words = wordsOf(one).map((field) => ({
        ...{ field, kind: 'name' as const, sides: beyond('name') },
      }))
      if (fields.length + words.length === 0) continue
      doors.push({ one, caller, fields, words, own: await ownInput(world, one, caller) })
    }
  }
  return doors
}

/** What somebody may look for: where words are kept, they would become the asker's own. */
function wordsOf({ name, endpoint }: Named): string[] {
  if (endpoint.post !== undefined && !/search|find/i.test(name)) return []
  const { properties } = endpoint.input as unknown as { properties: Record<string, any> }
  return Object.entries(properties)
    .filter(([, schema]) => String(schema.pattern).startsWith('^[^'))
    .map(([field]) => field)
}

/** All of them, and then all of them again, each time in another order. */
function inTurn(doors: readonly Door[], chance: Chance): () => Door {
  let left: Door[] = []
  return () => {
    if (left.length === 0) left = [...doors]
    const [door] = left.splice(chance.below(left.length), 1)
    if (!door) throw new Error('nothing to choose from')
    return door
  }
}

/** Cases that vary one input: by what they point at, and by how it comes there. */
function someCases(world: World, door: Door, chance: Chance, alike: number): Case[] {
  const base = varied(door.one.endpoint.input, door.own, chance)
  return Array.from({ length: alike }, () => caseOf(world, door, base, chance)).filter(
    (one) => one !== undefined,
  )
}

function caseOf(world: World, door: Door, base: object, chance: Chance): Case | undefined {
  const { one, caller, fields, words } = door
  const puts: Put[] = []
  const sides = new Set<Side>()
  const put = (field: string, [value, missing]: [string, string], side: Side) => {
    puts.push({ path: placeOf(field, chance), value, missing })
    sides.add(side)
  }
  for (const { field, kind, sides: beyond } of fields) {
    if (puts.length > 0 && chance.isLucky(0.4)) continue
    const side = chance.of(beyond)
    const thing = thingOf(world, caller, kind)
    const wanted = thing?.[side] ?? ''
    const isOther = isRowId(wanted) && chance.isLucky(0.05)
    const value = isOther ? otherThing(world, caller, side, chance) : wanted
    if (value === '' || bearers.has(kind)) continue
    put(field, liken(value, thing?.missing ?? '', kind, chance), side)
  }
  for (const { field, sides: beyond } of words) {
    if (beyond.length === 0 || !chance.isLucky(0.7)) continue
    const side = chance.of(beyond)
    const word = world.things[chance.of(['name', 'home', 'person'] as const)]?.[side]
    if (!word) continue
    const part = chance.isLucky(0.5) ? word : word.slice(0, 1 + chance.below(word.length))
    put(field, [part, '没有'], side)
  }
  if (puts.length === 0) return undefined
  const { endpoint } = one
  const { way, nth: other } = someWay(chance)
  // Words are not of one length: encoded twice, the longer is too long.
  const nth = way === 'encoded' && words.length > 0 ? other % 2 : other
  const like = puts.map((each) => ({ ...each, value: each.missing }))
  return {
    ...{ door, way, sides, asked: puts.flatMap(({ value, missing }) => [value, missing]) },
    foreign: wayOf({ endpoint, base, puts }, way, nth),
    missing: wayOf({ endpoint, base, puts: like }, way, nth),
  }
}

/** Behind one's own, too: what is right with the first is not right with the second. */
function placeOf(path: string, chance: Chance): string {
  const list = path.endsWith('.0') ? path.slice(0, -2) : undefined
  return list !== undefined && chance.isLucky(0.3) ? `${list}.1` : path
}

/** Whoever holds such a secret may know what it opens. */
const bearers = new Set<Kind>(['receipt', 'pass-secret', 'tag'])

/** The id of something, whatever it is, where the field wants something else. */
function otherThing(world: World, caller: Caller, side: Side, chance: Chance): string {
  const kinds = Object.keys(world.things) as Kind[]
  const ids = kinds.flatMap((kind) => thingOf(world, caller, kind)?.[side] ?? [])
  return chance.of(ids.filter(isRowId))
}

const isRowId = (value: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
const noRow = 'abcdefab-cdef-7abc-8abc-abcdefabcdef'

/**
 * The foreign value and its like of nothing: a code of a place says where that is, so what is not
 * there is not there in the same committee. A place may be named by what it stands in.
 */
function liken(value: string, nobody: string, kind: Kind, chance: Chance): [string, string] {
  if (isRowId(value)) return [value, noRow]
  if (kind === 'committee') return [value, `${value.slice(0, 9)}999`]
  if (!['compound', 'place', 'home'].includes(kind)) return [value, nobody]
  const parts = value.split('-').length
  const kept = kind === 'place' && chance.isLucky(0.3) ? 2 + chance.below(parts - 1) : parts
  const cut = (code: string) => code.split('-').slice(0, kept).join('-')
  return [cut(value), cut(`${value.slice(0, 12)}-99-9-999`)]
}

/** Other words of the closed lists, other truths, and nothing where nothing need be. */
function varied(input: TSchema, base: object, chance: Chance): object {
  const { properties, required = [] } = input as unknown as {
    properties: Record<string, any>
    required?: string[]
  }
  const made: Record<string, unknown> = { ...base }
  for (const [field, schema] of Object.entries(properties)) {
    if (schema.enum && chance.isLucky(0.3)) made[field] = chance.of(schema.enum as string[])
    else if (schema.type === 'boolean' && chance.isLucky(0.3)) made[field] = chance.isLucky(0.5)
    else if (!required.includes(field) && typeof made[field] !== 'string' && chance.isLucky(0.1)) {
      delete made[field]
    }
  }
  return made
}

async function judge(fuzz: Fuzz, one: Case): Promise<void> {
  const { fuzzed, known, send } = fuzz
  const { door, way, foreign, missing, asked } = one
  const name = `${door.one.name} ${door.caller.role}`
  const key = `${name} ${way} ${missing.target} ${missing.headers.join()} ${missing.body}`
  let shouldBe = known.get(key)
  if (shouldBe === undefined) {
    const like = await send(one, missing)
    if (isLimited(like)) return void fuzzed.limited++
    shouldBe = plain(like, asked)
    if (known.size >= knownMax) known.clear()
    known.set(key, shouldBe)
  }
  const answer = await send(one, foreign)
  if (isLimited(answer)) return void fuzzed.limited++
  fuzzed.cases++
  fuzzed.endpoints.add(door.one.name)
  count(fuzzed.answers, said(answer))
  count(fuzzed.byWay, way)
  const told = wordBeyond(fuzz.world, one, answer.text)
  if (told) keep(fuzzed.canaries, `${name} ${saidOf(foreign)} tells ${told}`)
  if (plain(answer, asked) === shouldBe) return
  const found = await again(fuzz, one)
  if (found === undefined) known.delete(key)
  else keep(fuzzed.leaks, `${name} ${way} ${saidOf(foreign)}: ${found}`)
}

function keep(list: string[], what: string): void {
  if (list.length < keptMax) list.push(what)
}

const saidOf = ({ target, body = '' }: Sent) => `${target} ${body}`

/** Something may have happened in between. What differs three times, in both orders, differs. */
async function again({ send }: Fuzz, one: Case): Promise<string | undefined> {
  const { foreign, missing, asked } = one
  let found: string | undefined
  for (let time = 0; time < 3; time++) {
    const pair: [string, string] = ['', '']
    for (const at of time % 2 === 0 ? [0, 1] : [1, 0]) {
      const answer = await send(one, at === 0 ? foreign : missing)
      if (isLimited(answer)) return undefined
      pair[at] = plain(answer, asked)
    }
    if (pair[0] === pair[1]) return undefined
    found = `${pair[0].slice(0, 200)} ≠ ${pair[1].slice(0, 200)}`
  }
  return found
}

/** What was asked for is known to whoever asks. */
function wordBeyond({ canaries }: World, { sides, asked }: Case, text: string): string | undefined {
  const isKnown = (word: string) =>
    asked.some((each) => each.includes(word) || word.startsWith(each))
  return (['committee', 'street'] as const)
    .filter((side) => sides.has(side))
    .flatMap((side) => canaries[side])
    .find((word) => text.includes(word) && !isKnown(word))
}

/** Ids and secrets made by the call, and what was asked for, are no difference. */
function plain({ status, text }: { status: number; text: string }, asked: string[]): string {
  const bare = text.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[\w-]{43,}/g, '<id>')
  const left = asked
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, word) => rest.replaceAll(word, '<asked>'), bare)
  return `${status} ${left}`
}

function said({ status, text }: { status: number; text: string }): string {
  return `${status} ${/"fault":"([a-z-]+)"/.exec(text)?.[1] ?? ''}`.trim()
}

function count<What>(counts: Map<What, number>, what: What): void {
  counts.set(what, (counts.get(what) ?? 0) + 1)
}

const isLimited = ({ status }: Got) => status === 429

function sender({ town }: World, fuzzed: Fuzzed, ask: (sent: Sent) => Promise<Got>): Fuzz['send'] {
  return async ({ door: { one, caller } }, sent) => {
    const { token, cookie } = caller
    const own = token ? `authorization: Bearer ${token}` : `cookie: ${cookie}`
    // Of two cookie lines the program reads one: whose session it is comes first.
    const more = sent.headers.map((line) =>
      cookie && line.startsWith('cookie: ') ? `${own}; ${line.slice(8)}` : line,
    )
    const isIn = more.some((line) => line.startsWith(own))
    const headers = isIn ? more : [own, ...more]
    for (let time = 0; ; time++) {
      const got = await ask({ ...sent, headers })
      fuzzed.requests++
      // What is limited by the hour is asked as if it were the first time.
      if (got.text.includes('"waitMs"') && time < 3) {
        await town.owner('delete from identity.attempt')
        continue
      }
      if (got.status >= 500) keep(fuzzed.failures, `${one.name} ${caller.role} ${saidOf(sent)}`)
      return got
    }
  }
}
