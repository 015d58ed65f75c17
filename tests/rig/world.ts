/**
 * A street with a second committee in it, and another street: the same things three times, so that
 * every call can be made with what belongs to somebody else.
 */
import { createHash, randomBytes } from 'node:crypto'
import { softKey, type SoftKey } from './authenticator.ts'
import { browsers, keyOf } from './callers.ts'
import type { Caller } from './contracts.ts'
import type { Kind } from './objects.ts'
import { longHeartbeat, openStreets, type Actor, type Streets } from './streets.ts'
import { fill, fillBody, fillColleague, ruleOf } from './world-fill.ts'
import { signedIn } from './world-rows.ts'

/**
 * Whose a thing is, seen from the first committee. `person`: a colleague's, in the same one.
 * `body`: another body's, there.
 */
export const sides = ['person', 'body', 'committee', 'street'] as const
export type Side = (typeof sides)[number]

export type Thing = { own: string; missing: string } & Partial<Record<Side, string>>

export type World = AsyncDisposable & {
  town: Streets
  things: Readonly<Partial<Record<Kind, Thing>>>
  /** What the other bodies of the first committee have, by their role. */
  bodies: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Beside one of each role: an account that is nobody's here, and the first home's resident. */
  callers: readonly Caller[]
  /** Texts that tell of a side, and of no other. */
  canaries: Readonly<Record<'committee' | 'street', readonly string[]>>
  /** The key of the account in a browser. */
  key: SoftKey
  newKey(): SoftKey
  /** One request, over a socket, as that caller. */
  call(caller: Caller, method: string, path: string, body?: string): Promise<Said>
}

export type Said = { status: number; text: string }

/** One committee with its people, as the things are made for it. */
export type Part = {
  street: string
  committee: string
  compound: string
  body: string
  officer: Actor
  worker: Actor
  deputy: Actor
  resident: Actor
  homes: readonly string[]
  post: string
  deputyPost: string
  device: string
}

export async function openWorld(
  wish: { callsPerMinuteMax?: number; distDir?: string } = {},
): Promise<World> {
  const ways = {
    ...{ pushSecret: randomBytes(32).toString('base64url'), isPushRehearsed: false },
    ...{ pushContact: 'mailto:street@lilong.example', sms: null, wecom: null, voice: null },
    ...{ outboxFile: '/dev/null', quiet: null },
  }
  const all = { ...longHeartbeat, everyRole: true, neighbours: true } as const
  const town = await openStreets({ ...all, ...wish, ways })
  const parts = partsOf(town)
  const made: Record<keyof typeof parts, Record<string, string>> = {
    own: await fill(town, parts.own),
    committee: await fill(town, parts.committee),
    street: await fill(town, parts.street),
  }
  for (const side of [made.own, made.street]) {
    side.rule = await ruleOf(town, side === made.own ? town.a : town.b)
  }
  const colleague = await fillColleague(town, parts.own)
  const bodies: Record<string, Record<string, string>> = {}
  for (const other of town.a.others) bodies[other.role] = await fillBody(town, other)
  const kinds = Object.keys(made.own) as Kind[]
  const things = Object.fromEntries(
    kinds.map((kind): [Kind, Thing] => {
      const person = colleague[kind]
      return [
        kind,
        {
          ...{ own: side(made.own, kind), missing: missingOf(kind, parts.own) },
          ...{ committee: side(made.committee, kind), street: side(made.street, kind) },
          ...(person === undefined ? {} : { person }),
        },
      ]
    }),
  )
  const callers = await browsers(town)
  await stepUp(town)
  await town.settled()
  const call = callOf(town)
  const origin = `http://localhost:${town.program.httpPort}`
  const words = (part: Part, of: Record<string, string>) => [
    ...[part.worker, part.deputy, part.resident].flatMap(({ name, person }) => [name, person]),
    ...[part.compound, part.body, part.post, part.deputyPost, part.device, ...part.homes],
    ...unique.flatMap((kind) => of[kind] ?? []),
  ]
  const withKey = callers.find(({ holds }) => holds.at(-1) === 'account')
  return {
    ...{ town, things, bodies, call },
    key: await keyOf(async (path, body) => {
      if (!withKey) throw new Error('no account in a browser')
      const text = JSON.stringify(body)
      const answer = await call(withKey, 'POST', `/api/identity/passkeys${path}`, text)
      if (answer.status !== 200) throw new Error(answer.text)
      return JSON.parse(answer.text)
    }, origin),
    newKey: () => softKey(origin),
    callers: [
      await signedIn(town.owner, side(made.own, 'account')),
      { role: 'resident', token: town.a.elder.token, holds: ['anyone', 'resident'] },
      ...callers,
    ],
    canaries: {
      committee: words(parts.committee, made.committee),
      street: words(parts.street, made.street),
    },
    [Symbol.asyncDispose]: () => town[Symbol.asyncDispose](),
  }
}

const side = (of: Record<string, string>, kind: string) => of[kind] ?? ''

/** Of the things made, those whose id nobody else's answer may hold. */
const unique = ['task', 'shift', 'leave', 'gateway', 'photo', 'request', 'note', 'rule'] as const

/** What belongs to the body in which a post is, and not to the committee as a whole. */
export const ofBodies = ['body', 'post', 'shift', 'leave', 'shift-note'] as const

/** A thing as that caller stands to it: what is another body's for the one is the other's own. */
export function thingOf(world: World, { role }: Caller, kind: Kind): Thing | undefined {
  const thing = world.things[kind]
  if (!thing) return undefined
  const own = world.bodies[role]?.[kind]
  if (own !== undefined) return { ...thing, own, body: thing.own }
  const other = world.bodies['property']?.[kind]
  return other === undefined ? thing : { ...thing, body: other }
}

/** By a token, or as a browser does that was given its cookies. */
function callOf(town: Streets): World['call'] {
  return async ({ token, cookie }, method, path, body) => {
    const { url, httpPort } = town.program
    const origin = cookie ? `http://localhost:${httpPort}` : url
    const answer = await fetch(`${origin}${path}`, {
      method,
      ...(body === undefined ? {} : { body }),
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(cookie ? { cookie } : {}),
      },
    })
    const text = await answer.text()
    if (answer.headers.has('retry-after') && !text.includes('"waitMs"')) {
      throw new Error('the walk is limited: it proves nothing')
    }
    return { status: answer.status, text }
  }
}

export function partsOf({ a, b }: Streets): Record<'own' | 'committee' | 'street', Part> {
  const { next } = a
  if (!next) throw new Error('a world has neighbours')
  const first = ({ posts, door, elder, ...one }: Streets['a']): Part => ({
    ...one,
    ...{ resident: elder, post: posts.worker, deputyPost: posts.deputy, device: door.device },
  })
  const { street, officer } = a
  const beside = { ...next, street, officer, device: next.door.device }
  return { own: first(a), committee: beside, street: first(b) }
}

/** Everybody's token counts as just shown anew: what is asked for is not the second factor. */
async function stepUp(town: Streets): Promise<void> {
  await town.owner("update identity.session set stepped_up_until = now() + interval '20 years'")
}

/** The same shape, of nothing: below the asker's own committee where a code says where it is. */
function missingOf(kind: Kind, { committee, street }: Part): string {
  switch (kind) {
    case 'street':
      return `${street.slice(0, 6)}999`
    case 'committee':
      return `${street}999`
    case 'compound':
      return `${committee}-99`
    case 'stair':
      return `${committee}-99-9`
    case 'place':
    case 'home':
      return `${committee}-99-9-999`
    case 'name':
      return '没有这人'
    case 'tag':
    case 'pass-secret':
      return createHash('sha256').update(kind).digest('base64url')
    case 'receipt':
      return '0'.repeat(20)
    case 'browser':
      return 'https://push.example/nobody'
    case 'rule':
      return 'no-such-rule'
    default:
      return '00000000-0000-7000-8000-000000000000'
  }
}
