/**
 * A street with a second committee in it, and another street: the same things three times, so that
 * every call can be made with what belongs to somebody else.
 */
import { createHash, randomUUID } from 'node:crypto'
import { openTask } from '../../src/desks/tasks/actions.ts'
import { sealReporter } from '../../src/ground/privacy/index.ts'
import { isFault } from '../../src/kernel/fault.ts'
import type { PlaceCode, StreetCode } from '../../src/kernel/ids.ts'
import type { Caller } from './contracts.ts'
import { fillRegister, signedIn } from './world-rows.ts'
import type { Kind } from './objects.ts'
import { longHeartbeat, openStreets, type Actor, type Streets } from './streets.ts'

/** Whose a thing is, seen from the first committee. `person`: a colleague's, in the same one. */
export const sides = ['person', 'committee', 'street'] as const
export type Side = (typeof sides)[number]

export type Thing = { own: string; missing: string } & Partial<Record<Side, string>>

export type World = AsyncDisposable & {
  town: Streets
  things: Readonly<Partial<Record<Kind, Thing>>>
  /** Beside one of each role: an account that is nobody's here, and the first home's resident. */
  callers: readonly Caller[]
  /** Texts that tell of a side, and of no other. */
  canaries: Readonly<Record<'committee' | 'street', readonly string[]>>
}

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

export async function openWorld(): Promise<World> {
  const town = await openStreets({ ...longHeartbeat, everyRole: true, neighbours: true })
  const parts = partsOf(town)
  const made: Record<keyof typeof parts, Record<string, string>> = {
    own: await fill(town, parts.own),
    committee: await fill(town, parts.committee),
    street: await fill(town, parts.street),
  }
  const colleague = await fillColleague(town, parts.own)
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
  await stepUp(town)
  await town.settled()
  const words = (part: Part, of: Record<string, string>) => [
    ...[part.worker, part.deputy, part.resident].flatMap(({ name, person }) => [name, person]),
    ...[part.compound, part.body, part.post, part.deputyPost, part.device, ...part.homes],
    ...unique.flatMap((kind) => of[kind] ?? []),
  ]
  return {
    town,
    things,
    callers: [
      await signedIn(town.owner, side(made.own, 'account')),
      { role: 'resident', token: town.a.elder.token, holds: ['anyone', 'resident'] },
    ],
    canaries: {
      committee: words(parts.committee, made.committee),
      street: words(parts.street, made.street),
    },
    [Symbol.asyncDispose]: () => town[Symbol.asyncDispose](),
  }
}

const side = (of: Record<string, string>, kind: string) => of[kind] ?? ''

/** What is one person’s or one account’s own. */
const personal = ['passkey', 'pass', 'grant', 'session', 'own-change'] as const

/** Of the things made, those whose id nobody else's answer may hold. */
const unique = ['task', 'shift', 'leave', 'gateway', 'photo', 'request', 'note'] as const

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

/** Everything of one committee that has an id and that the small street does not make itself. */
async function fill(town: Streets, part: Part): Promise<Record<string, string>> {
  const { street, committee, compound, body, officer, worker, resident, homes, post, device } = part
  const home = homes[0] ?? ''
  const ok = async (who: Actor, path: string, input: object) => {
    const { status, body: answer } = await who.post(path, input)
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(answer)}`)
    return answer
  }
  const now = town.clock.now()
  const task = await opened(town, part)
  const report = { place: compound, what: 'noise', words: '' }
  const made = {
    ...{ street, committee, compound, body, post, device, home, task, place: home },
    ...{ person: resident.person, name: resident.name },
    stair: home.slice(0, -4),
    leave: (await ok(officer, '/api/duties/leave', { post: part.deputyPost, until: now + 9e7 }))
      .leave,
    tag: (await ok(officer, '/api/places/tags', { place: home })).tag,
    gateway: (
      await ok(officer, '/api/devices/gateways', {
        ...{ name: `box-${committee}`, format: 'canonical', place: committee },
      })
    ).gateway,
    request: (await ok(worker, '/api/privacy/requests', { reason: 'on-the-phone' })).request,
    'officer-post': await reportedBy(town, part, task),
    receipt: (await ok(resident, '/api/tasks/report', report)).receipt,
    browser: `https://push.example/${randomUUID()}`,
  }
  const rows = await fillRows(town, part, task, made.browser)
  return { ...made, ...rows, ...(await fillRegister(town.owner, part, town.clock.now())) }
}

/** What no endpoint makes by itself. */
async function fillRows(
  town: Streets,
  { street, committee, body, worker, resident, post, officer }: Part,
  task: string,
  browser: string,
): Promise<Record<string, string>> {
  const one = async (statement: string, values: unknown[]) =>
    (await town.owner<{ id: string }>(statement, values))[0]?.id ?? ''
  const at = new Date(town.clock.now())
  const later = new Date(town.clock.now() + 20 * 60_000)
  const by = [street, worker.person, post]
  await town.owner(
    `insert into delivery.subscription values
      ($1, gen_random_uuid(), $2, $3, '', '', 'en', now())`,
    [street, worker.person, browser],
  )
  return {
    photo: await one(
      `insert into tasks.photo select street, gen_random_uuid(), id, $2, $3, '\\x00', ''
       from tasks.task where id = $1 returning id`,
      [task, at, worker.person],
    ),
    shift: await one(
      `insert into duties.shift (street, id, body, post, starts_at, ends_at, made_at)
       values ($1, gen_random_uuid(), $2, $3, $4, $5, $4) returning id`,
      [street, body, post, at, later],
    ),
    note: await one(
      `insert into delivery.note (street, id, person, topic, matter, urgency, says,
         made_at, told_at)
       values ($1, gen_random_uuid(), $2, 'care', gen_random_uuid(), 'usual', 'task', $3, $3)
       returning id`,
      [street, worker.person, at],
    ),
    'shift-note': await one(
      `insert into duties.shift_note values
        ($1, gen_random_uuid(), $2, null, $3, $4, '金丝雀') returning id`,
      [street, body, post, at],
    ),
    'waiting-request': await one(
      `insert into privacy.request (street, by_person, by_post, id, title, unit, committee, reason,
         person, at, until, minor_at, words, review_by)
       values ($1, $2, $3, gen_random_uuid(), '社工', '居委会', $4, 'break-glass', $5, $6, $7, $6,
         '有人呼救', $7) returning id`,
      [...by, committee, resident.person, at, later],
    ),
    'authority-request': await one(
      `insert into privacy.authority_request (street, id, authority, legal_basis, document, asks,
         person, fields, at, until, first_by, first_post)
       values ($1, gen_random_uuid(), '法院', '民事诉讼法', '1号', '住址', $2, '{address}', $3, $4,
         $5, $6) returning id`,
      [street, resident.person, at, later, officer.person, post],
    ),
  }
}

/** Somebody is sealed to the task, and the street's officer keeps reporters: the officer's post. */
async function reportedBy(
  town: Streets,
  { street, officer, resident }: Part,
  task: string,
): Promise<string> {
  const { given } = town.program
  const matter = { street: street as StreetCode, kind: 'task', id: task } as const
  const reporter = { person: resident.person, account: null, name: null, phone: null }
  await given.db.inStreet({ street }, (tx) => sealReporter(given, tx, matter, reporter))
  const [post] = await town.owner(
    'update duties.post set keeps_reporters = true where person = $1 returning id',
    [officer.person],
  )
  return post.id
}

/** What a colleague of the first committee has: for reaches that end at the asker. */
async function fillColleague(town: Streets, part: Part): Promise<Record<string, string>> {
  const { deputy, street } = part
  const { body } = await deputy.post('/api/privacy/requests', { reason: 'on-the-phone' })
  const browser = `https://push.example/${randomUUID()}`
  await town.owner(
    `insert into delivery.subscription values
      ($1, gen_random_uuid(), $2, $3, '', '', 'en', now())`,
    [street, deputy.person, browser],
  )
  const [note] = await town.owner(
    `insert into delivery.note (street, id, person, topic, matter, urgency, says,
       made_at, told_at)
     values ($1, gen_random_uuid(), $2, 'care', gen_random_uuid(), 'usual', 'task', now(), now())
     returning id`,
    [street, deputy.person],
  )
  const register = await fillRegister(
    town.owner,
    { ...part, resident: town.a.neighbour },
    town.clock.now(),
  )
  const theirs = Object.fromEntries(personal.map((kind) => [kind, side(register, kind)]))
  return { ...theirs, request: body.request, note: note.id, browser }
}

async function opened(town: Streets, { street, homes, resident }: Part): Promise<string> {
  const { given } = town.program
  const wanted = {
    ...({ kind: 'hazard', rule: 'smoke', ruleVersion: 1, subject: randomUUID() } as const),
    ...{ place: homes[0] as PlaceCode, person: resident.person },
    facts: {
      ...{ since: null, silentMs: null, gapMs: null, gaps: [], devices: [] },
      ...{ gateway: null, heardAt: null },
    },
  }
  const made = await given.db.inStreet({ street }, (tx) =>
    openTask(given, tx, street as any, wanted, { count: 2, kind: 'hour' }),
  )
  if (isFault(made)) throw new Error(made.fault)
  return made.task
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
