/**
 * The walk over every endpoint, every role and everybody else's objects. What is beyond somebody's
 * reach must be answered exactly as what is not there, and no answer may hold a word of it.
 */
import { mayCall, type Reach, type Role } from '../../src/kernel/access.ts'
import { callersOf, every, inputs, requestOf, type Caller, type Named } from './contracts.ts'
import { controls } from './controls.ts'
import { objects, type Kind } from './objects.ts'
import { ofBodies, thingOf, type Said, type Side, type World } from './world.ts'

export type Leak = { endpoint: string; role: string; field: string; side: string; what: string }
export type Walked = { asked: number; leaks: Leak[] }

/** One of each role; the resident is the first home's. */
export const everybody = (world: World): Caller[] => [
  ...callersOf(world.town.a).filter(({ role }) => role !== 'resident'),
  ...world.callers,
]

const others: readonly Side[] = ['person', 'committee', 'street']

/** Which sides are beyond a reach. With `open` a field names nothing of anybody. */
const beyond: Readonly<Record<Reach, readonly Side[]>> = {
  open: [],
  own: others,
  home: others,
  task: others,
  request: others,
  body: ['committee', 'street'],
  committee: ['committee', 'street'],
  street: ['street'],
  counts: ['street'],
  city: [],
}

/** Of whom an officer says on record why is anybody of their street. */
const anybodys = new Set<Kind>(['person', 'home', 'place', 'name'])
/** Whoever holds such a secret may know what it opens. */
const bearer = new Set<Kind>(['receipt', 'pass-secret'])

const inBodies = new Set<Kind>(ofBodies)

export function sidesBeyond(reach: Reach, caller: Caller, kind?: Kind): readonly Side[] {
  const { role, isAtHomeIn = [] } = caller
  if (role === 'operator' || (kind && bearer.has(kind))) return []
  if (kind && isAtHomeIn.includes(kind)) return []
  if (kind === 'visit' || kind === 'offer') return others
  if (reach === 'body' && kind && inBodies.has(kind)) return ['body', ...beyond.body]
  if (reach !== 'request') return beyond[reach]
  if (kind && !anybodys.has(kind)) return others
  return role === 'street' ? ['street'] : ['committee', 'street']
}

export function reachOf({ endpoint }: Named, caller: Caller): Reach | undefined {
  if (!mayCall(endpoint.who, caller.holds)) return undefined
  if (caller.isActing && endpoint.inPerson) return undefined
  const held = caller.holds.filter((role) => endpoint.who[role] !== undefined)
  return endpoint.who[held.at(-1) as Role]
}

export const uncovered = (all: readonly Named[]): string[] =>
  all.map(({ name }) => name).filter((name) => objects[name] === undefined)

/** These end what the others ask for: they come later, and who loses the post comes last. */
const ending = /\.(decide|confirm|revoke|undo|renew|replace|cancel|end|leave|setClock|hold|reset)/
const last = [
  ...['places.issueTag', 'people.setNumber', 'people.registerMove', 'identity.makeLetters'],
  ...[
    'privacy.endRequest',
    'care.endCare',
    'identity.actFor',
    'identity.endOtherDevices',
    'duties.endPost',
  ],
  'demo.resetTown',
]
const rank = (name: string) => Math.max(Number(ending.test(name)), last.indexOf(name) + 1)
/** Every endpoint, in an order in which each still finds what it asks for. */
export const gently = every.toSorted((a, b) => rank(a.name) - rank(b.name))

/** Every role with every foreign object that this endpoint's input can name. */
export async function walkForeign(world: World, one: Named): Promise<Walked> {
  const walked: Walked = { asked: 0, leaks: [] }
  for (const caller of everybody(world)) {
    const reach = reachOf(one, caller)
    if (!reach) continue
    for (const [field, kind] of Object.entries(objects[one.name] ?? {})) {
      for (const side of sidesBeyond(reach, caller, kind)) {
        const found = await askForeign(world, one, caller, { field, kind, side })
        walked.asked += found ? 2 : 0
        if (found?.what) {
          walked.leaks.push({
            endpoint: one.name,
            role: caller.role,
            field,
            side,
            what: found.what,
          })
        }
      }
    }
  }
  return walked
}

type Pointing = { field: string; kind: Kind; side: Side }

async function askForeign(
  world: World,
  one: Named,
  caller: Caller,
  { field, kind, side }: Pointing,
): Promise<{ what: string } | undefined> {
  const thing = thingOf(world, caller, kind)
  const foreign = thing?.[side]
  if (!thing || foreign === undefined || foreign === '') return undefined
  const control = controls[`${one.name} ${field}`]
  const ask = async (value: string) => {
    // What is limited by the hour is asked as if it were the first time.
    await world.town.owner('delete from identity.attempt')
    const input = control ? await control(world, caller) : await ownInput(world, one, caller)
    return send(world, caller, one, set(input, field, value))
  }
  const missing = await ask(thing.missing)
  const answer = await ask(foreign)
  const [is, shouldBe] = [same(answer, foreign), same(missing, thing.missing)]
  if (is !== shouldBe) return { what: `${is.slice(0, 160)} ≠ ${shouldBe.slice(0, 160)}` }
  const words = wordsOf(world, side)
  const told = words.find((word) => word !== foreign && answer.text.includes(word))
  return { what: told ? `tells ${told}` : '' }
}

/** A colleague's and another body's words are no secret beside them. */
function wordsOf({ canaries }: World, side: Side): readonly string[] {
  return side === 'committee' || side === 'street' ? canaries[side] : []
}

/** Ids and secrets made by the call, and what was asked for, are no difference. */
function same({ status, text }: Said, asked: string): string {
  const plain = text
    .replaceAll(asked, '<asked>')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
  return `${status} ${plain}`
}

/** What answers to somebody's own input tell of those beyond their reach, and which succeed. */
export async function walkOwn(
  world: World,
  one: Named,
): Promise<Walked & { answers: { role: string; status: number; fault: string | undefined }[] }> {
  const walked: Walked = { asked: 0, leaks: [] }
  const answers: { role: string; status: number; fault: string | undefined }[] = []
  for (const caller of everybody(world)) {
    const reach = reachOf(one, caller)
    if (!reach) continue
    walked.asked++
    await world.town.owner('delete from identity.attempt')
    const answer = await send(world, caller, one, await ownInput(world, one, caller))
    answers.push({ role: caller.role, status: answer.status, fault: faultOf(answer.text) })
    for (const side of sidesBeyond(reach, caller)) {
      const told = wordsOf(world, side).filter((word) => answer.text.includes(word))
      if (told.length > 0) {
        const what = `tells ${told.slice(0, 3).join(', ')}`
        walked.leaks.push({ endpoint: one.name, role: caller.role, field: '', side, what })
      }
    }
  }
  return { ...walked, answers }
}

export function faultOf(text: string): string | undefined {
  return (JSON.parse(text) as { fault?: string }).fault
}

export async function ownInput(world: World, { name }: Named, caller: Caller): Promise<object> {
  const control = await controls[name]?.(world, caller)
  const input = control ?? inputs[name]?.(world.town.a) ?? {}
  return Object.entries(objects[name] ?? {}).reduce<object>((made, [field, kind]) => {
    // What a control was made with is of its own: a key that has signed, a request on record.
    const isMade = control !== undefined && ['passkey', 'request', 'grant'].includes(kind)
    const own = isMade ? undefined : thingOf(world, caller, kind)?.own
    // A field that the plain input leaves out stays out: two that exclude each other.
    return own === undefined || (read(made, field) ?? null) === null ? made : set(made, field, own)
  }, input)
}

function read(input: object, path: string): unknown {
  return path.split('.').reduce<any>((at, key) => at?.[key], input)
}

export function set(input: object, path: string, value: string): object {
  const made = structuredClone(input) as any
  const keys = path.split('.')
  const last = keys.pop() ?? ''
  const at = keys.reduce((inner, key) => inner?.[key], made)
  if (at) at[last] = value
  return made
}

export async function send(
  world: World,
  caller: Caller,
  { endpoint }: Named,
  input: object,
): Promise<Said> {
  const { path, method, ...request } = requestOf(endpoint, input)
  const body = 'body' in request ? request.body : undefined
  return world.call(caller, method, path, body)
}
