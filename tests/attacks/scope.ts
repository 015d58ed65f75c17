/**
 * Requests by chance, in which ids, codes and words stand that are beyond the asker: of the same
 * committee, of the one next door, of another street; one or several at once, of another kind than
 * the field wants, beside the asker's own. Each must be answered as the same request about what is
 * not there, and hold no word of the other side. The same seed asks the same.
 */
import type { TSchema } from 'typebox'
import { every, requestOf, type Caller, type Named } from '../rig/contracts.ts'
import { everybody, ownInput, reachOf, set, sidesBeyond } from '../rig/matrix.ts'
import { objects, type Kind } from '../rig/objects.ts'
import type { Side, World } from '../rig/world.ts'

export type FuzzWish = { cases: number; seed: number; inFlight?: number }

export type Fuzzed = {
  cases: number
  endpoints: number
  seconds: number
  /** How the foreign ones were answered: `404 not-found` … */
  answers: Map<string, number>
  leaks: string[]
  canaries: string[]
}

type Field = { field: string; kind: Kind; sides: readonly Side[] }
/** One endpoint as one caller asks it. */
type Door = { one: Named; caller: Caller; fields: Field[]; words: Field[] }
type Case = { door: Door; foreign: object; missing: object; asked: string[]; sides: Set<Side> }

export async function fuzzScope(world: World, wish: FuzzWish): Promise<Fuzzed> {
  const doors = doorsOf(world)
  const tokens = await manyTokens(world, doors)
  const chance = chanceBy(wish.seed)
  const known = new Map<string, string>()
  const fuzzed: Fuzzed = {
    ...{ cases: 0, endpoints: new Set(doors.map(({ one }) => one.name)).size, seconds: 0 },
    ...{ answers: new Map(), leaks: [], canaries: [] },
  }
  const began = performance.now()
  const send = sender(world, tokens)
  const worker = async () => {
    while (fuzzed.cases < wish.cases) {
      // What is limited by the hour is asked as if it were the first time.
      if (fuzzed.cases++ % 500 === 0) await world.town.owner('delete from identity.attempt')
      await judge(world, caseOf(world, doors, chance), send, known, fuzzed)
    }
  }
  await Promise.all(Array.from({ length: wish.inFlight ?? 12 }, worker))
  return { ...fuzzed, seconds: (performance.now() - began) / 1000 }
}

function doorsOf(world: World): Door[] {
  return everybody(world).flatMap((caller) =>
    every.flatMap((one): Door[] => {
      const reach = reachOf(one, caller)
      if (!reach || !caller.token) return []
      const beyond = (kind: Kind) => sidesBeyond(reach, caller, kind)
      const fields = Object.entries(objects[one.name] ?? {}).map(([field, kind]) => ({
        ...{ field, kind, sides: beyond(kind) },
      }))
      const swapped = fields.filter(({ sides }) => sides.length > 0)
      const words = wordsOf(one).map((field) => ({
        ...{ field, kind: 'name' as const, sides: beyond('name') },
      }))
      return swapped.length + words.length > 0 ? [{ one, caller, fields: swapped, words }] : []
    }),
  )
}

/** What somebody may look for: where words are kept, they would become the asker's own. */
function wordsOf({ name, endpoint }: Named): string[] {
  if (endpoint.post !== undefined && !/search|find/i.test(name)) return []
  const { properties } = endpoint.input as unknown as { properties: Record<string, any> }
  return Object.entries(properties)
    .filter(([, schema]) => String(schema.pattern).startsWith('^[^'))
    .map(([field]) => field)
}

function caseOf(world: World, doors: readonly Door[], chance: Chance): Case {
  for (;;) {
    const door = chance.of(doors)
    const made = fill(world, door, chance)
    if (made.asked.length > 0) return made
  }
}

function fill(world: World, door: Door, chance: Chance): Case {
  const { one, fields, words } = door
  const base = varied(one.endpoint.input, ownInput(world, one), chance)
  const made: Case = { door, foreign: base, missing: base, asked: [], sides: new Set() }
  for (const { field, kind, sides } of fields) {
    if (made.asked.length > 0 && chance.isLucky(0.4)) continue
    const side = chance.of(sides)
    const wanted = world.things[kind]?.[side] ?? ''
    const isOther = isRowId(wanted) && chance.isLucky(0.05)
    const value = isOther ? otherThing(world, side, chance) : wanted
    if (value === '' || bearers.has(kind)) continue
    const [foreign, missing] = bent(value, world.things[kind]?.missing ?? '', kind, chance)
    swap(made, field, [foreign, missing], chance)
    made.sides.add(side)
  }
  for (const { field, sides } of words) {
    if (sides.length === 0 || !chance.isLucky(0.7)) continue
    const side = chance.of(sides)
    const word = world.things[chance.of(['name', 'home', 'person'] as const)]?.[side]
    if (!word) continue
    const part = chance.isLucky(0.5) ? word : word.slice(0, 1 + chance.below(word.length))
    swap(made, field, [part, '没有'], chance)
    made.sides.add(side)
  }
  return made
}

/** Whoever holds such a secret may know what it opens. */
const bearers = new Set<Kind>(['receipt', 'pass-secret', 'tag'])

/** The id of something, whatever it is, where the field wants something else. */
function otherThing({ things }: World, side: Side, chance: Chance): string {
  const ids = Object.values(things).flatMap((thing) => thing[side] ?? [])
  return chance.of(ids.filter(isRowId))
}

const isRowId = (value: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
const noRow = 'abcdefab-cdef-7abc-8abc-abcdefabcdef'

/**
 * The foreign value and its like of nothing: a code of a place says where that is, so what is not
 * there is not there in the same committee. A place may be named by what it stands in; what is bent
 * is bent in both.
 */
function bent(value: string, nobody: string, kind: Kind, chance: Chance): [string, string] {
  const [foreign, missing] = liken(value, nobody, kind, chance)
  if (chance.isLucky(0.02)) return [foreign.toUpperCase(), missing.toUpperCase()]
  if (chance.isLucky(0.02)) return [` ${foreign}`, ` ${missing}`]
  return [foreign, missing]
}

function liken(value: string, nobody: string, kind: Kind, chance: Chance): [string, string] {
  if (isRowId(value)) return [value, noRow]
  if (kind === 'committee') return [value, `${value.slice(0, 9)}999`]
  if (!['compound', 'place', 'home'].includes(kind)) return [value, nobody]
  const parts = value.split('-').length
  const kept = kind === 'place' && chance.isLucky(0.3) ? 2 + chance.below(parts - 1) : parts
  const cut = (code: string) => code.split('-').slice(0, kept).join('-')
  return [cut(value), cut(`${value.slice(0, 12)}-99-9-999`)]
}

function swap(made: Case, path: string, values: [string, string], chance: Chance): void {
  const list = path.endsWith('.0') ? path.slice(0, -2) : undefined
  const isLater = list !== undefined && chance.isLucky(0.3)
  // Behind one's own: what is right with the first is not right with the second.
  const at = isLater ? `${list}.1` : path
  made.foreign = set(made.foreign, at, values[0])
  made.missing = set(made.missing, at, values[1])
  made.asked.push(...values)
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

type Send = (door: Door, input: object) => Promise<{ status: number; text: string }>

async function judge(
  world: World,
  one: Case,
  send: Send,
  known: Map<string, string>,
  fuzzed: Fuzzed,
): Promise<void> {
  const { door, foreign, missing, asked } = one
  const name = `${door.one.name} ${door.caller.role}`
  const key = `${name} ${JSON.stringify(missing)}`
  const shouldBe = known.get(key) ?? plain(await send(door, missing), asked)
  if (known.size > 200_000) known.clear()
  known.set(key, shouldBe)
  const answer = await send(door, foreign)
  count(fuzzed.answers, said(answer))
  const told = wordsBeyond(world, one).find((word) => answer.text.includes(word))
  if (told) fuzzed.canaries.push(`${name} ${JSON.stringify(foreign)} tells ${told}`)
  if (plain(answer, asked) === shouldBe) return
  const found = await again(world, one, send)
  if (found === undefined) known.delete(key)
  else fuzzed.leaks.push(`${name} ${JSON.stringify(foreign)}: ${found}`)
}

/** Something may have happened in between. What differs three times, in both orders, differs. */
async function again(world: World, one: Case, send: Send): Promise<string | undefined> {
  const { door, foreign, missing, asked } = one
  let found: string | undefined
  for (let time = 0; time < 3; time++) {
    const pair: [string, string] = ['', '']
    for (const at of time % 2 === 0 ? [0, 1] : [1, 0]) {
      await world.town.owner('delete from identity.attempt')
      pair[at] = plain(await send(door, at === 0 ? foreign : missing), asked)
    }
    if (pair[0] === pair[1]) return undefined
    found = `${pair[0].slice(0, 200)} ≠ ${pair[1].slice(0, 200)}`
  }
  return found
}

/** What was asked for is known to whoever asks. */
function wordsBeyond({ canaries }: World, { sides, asked }: Case): string[] {
  return (['committee', 'street'] as const)
    .filter((side) => sides.has(side))
    .flatMap((side) => canaries[side])
    .filter((word) => !asked.some((each) => each.includes(word) || word.startsWith(each)))
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

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1)
}

/** A token is good for so many calls a minute: each caller gets several. */
async function manyTokens({ town }: World, doors: readonly Door[]): Promise<Map<string, string[]>> {
  const { a } = town
  const actors = [a.officer, a.worker, a.elder, a.neighbour, ...a.others.map(({ actor }) => actor)]
  const tokens = new Map<string, string[]>()
  for (const token of new Set(doors.map(({ caller }) => caller.token))) {
    const actor = actors.find((each) => each.token === token)
    const more = actor ? Array.from({ length: 7 }, () => town.tokenOf(actor.name)) : []
    tokens.set(token, [token, ...(await Promise.all(more))])
  }
  await town.owner("update identity.session set stepped_up_until = now() + interval '20 years'")
  return tokens
}

function sender({ town }: World, tokens: ReadonlyMap<string, readonly string[]>): Send {
  let turn = 0
  return async ({ one, caller }, input) => {
    const { path, method, ...request } = requestOf(one.endpoint, input)
    for (;;) {
      const own = tokens.get(caller.token) ?? [caller.token]
      const authorization = `Bearer ${own[turn++ % own.length]}`
      const answer = await town.program.app.inject({
        ...{ method: method as 'GET' | 'POST', url: path },
        headers: { ...request.headers, authorization },
        ...('body' in request ? { payload: request.body } : {}),
      })
      const { statusCode: status, payload: text } = answer
      const isLimited = status === 429 && !text.includes('"waitMs"') && text.includes('too-many')
      if (!isLimited || answer.headers['retry-after'] === undefined) return { status, text }
      await new Promise((done) => setTimeout(done, 1_000))
    }
  }
}

type Chance = ReturnType<typeof chanceBy>

/** Mulberry32: small, even enough, and the same everywhere. */
function chanceBy(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    below,
    isLucky: (share: number) => next() < share,
    of: <T>(all: readonly T[]): T => {
      const one = all[below(all.length)]
      if (one === undefined) throw new Error('nothing to choose from')
      return one
    },
  }
}
