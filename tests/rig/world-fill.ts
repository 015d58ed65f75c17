/** What the people of a world have, so that somebody else can ask for it. */
import { randomUUID } from 'node:crypto'
import { openTask } from '../../src/desks/tasks/actions.ts'
import type { Asked } from '../../src/desks/tasks/types.ts'
import { sealReporter } from '../../src/ground/privacy/index.ts'
import { isFault } from '../../src/kernel/fault.ts'
import type { PlaceCode, StreetCode } from '../../src/kernel/ids.ts'
import { shipped } from './living.ts'
import type { Actor, OtherStaff, SmallStreet, Streets } from './streets.ts'
import { fillRegister } from './world-rows.ts'
import type { Part } from './world.ts'

/** What is one person’s or one account’s own. */
const personal = [
  'passkey',
  'pass',
  'grant',
  'session',
  'own-change',
  'look',
  'own-request',
] as const

/** Everything of one committee that has an id and that the small street does not make itself. */
export async function fill(town: Streets, part: Part): Promise<Record<string, string>> {
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
    ...(await aboutThem(town, part)),
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
  const register = await fillRegister(town.owner, part, town.clock.now())
  await sealNumbers(town, [register['number-change'], register['own-change']])
  return { ...made, ...rows, ...register }
}

/** What waits to be confirmed can be opened, as it could by the program. */
async function sealNumbers(
  { owner, program }: Streets,
  changes: readonly (string | undefined)[],
): Promise<void> {
  for (const change of changes) {
    const { sealed, key } = program.given.seal.close(
      `people.number_change:${change}`,
      '13955550002',
    )
    const statement = 'update people.number_change set sealed = $2, key = $3 where id = $1'
    await owner(statement, [change, sealed, key])
  }
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
    photo: await photoOf(town, task, worker),
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
    'look-review': await one(
      `with seen as (
         insert into privacy.look (street, id, person, at, by_kind, by_person, by_post, title, unit,
           fields, matter_kind, label, how, why)
         values ($1, gen_random_uuid(), $2, $3, 'post', $5, $6, '社工', '居委会', '{name}',
           'operation', 'register', 'page', 'register') returning id
       )
       insert into privacy.look_review (street, id, look, reasons, is_drawn, by_post, at, due_at)
       select $1, gen_random_uuid(), id, '{kin}', false, $6, $3, $4 from seen returning id`,
      [street, resident.person, at, later, worker.person, post],
    ),
    'reviewer-post': await one(
      `update duties.post set reviews_looks = true
       where body in (select id from duties.body where kind = 'volunteers' and street = $1)
       returning id`,
      [street],
    ),
  }
}

/** The smallest WebP without loss, as far as its frame goes. */
const picture = Buffer.from('RIFF\x12\0\0\0WEBPVP8L\x05\0\0\0\0\0\0\0\0\0', 'latin1')

async function photoOf({ owner, clock }: Streets, task: string, by: Actor): Promise<string> {
  const [photo] = await owner<{ id: string }>(
    `insert into tasks.photo select street, gen_random_uuid(), id, $2, $3, $4, ''
     from tasks.task where id = $1 returning id`,
    [task, new Date(clock.now()), by.person, picture],
  )
  return photo?.id ?? ''
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
export async function fillColleague(town: Streets, part: Part): Promise<Record<string, string>> {
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
  await sealNumbers(town, [register['number-change'], register['own-change']])
  const theirs = Object.fromEntries(personal.map((kind) => [kind, register[kind] ?? '']))
  const task = await colleagues(town, part, await opened(town, part))
  const visit = await colleagues(town, part, await opened(town, part, aVisit))
  const offer = await colleagues(town, part, await opened(town, part, anOffer))
  const more = { task, visit, offer, photo: await photoOf(town, task, deputy) }
  return { ...theirs, ...more, request: body.request, note: note.id, browser }
}

/** What a body of others has; its one post is not away now. */
export async function fillBody(
  { owner, clock, a }: Streets,
  { body, post }: OtherStaff,
): Promise<Record<string, string>> {
  const times = [clock.now(), clock.now() + 1_200_000, clock.now() + 9e9, clock.now() + 9.1e9]
  const [now, soon, later, last] = times.map((at) => new Date(at))
  const one = async (statement: string, values: unknown[]) =>
    (await owner<{ id: string }>(`${statement} returning id`, values))[0]?.id ?? ''
  const first = 'values ($1, gen_random_uuid()'
  return {
    ...{ body, post },
    shift: await one(
      `insert into duties.shift (street, id, body, post, starts_at, ends_at, made_at)
       ${first}, $2, $3, $4, $5, $4)`,
      [a.street, body, post, now, soon],
    ),
    leave: await one(`insert into duties.leave ${first}, $2, $3, $4, null, $5)`, [
      ...[a.street, post, later, last, now],
    ]),
    'shift-note': await one(`insert into duties.shift_note ${first}, $2, null, $3, $4, '金丝雀')`, [
      ...[a.street, body, post, now],
    ]),
  }
}

/** A rule that only this street has, as a draft. */
export async function ruleOf(town: Streets, { street, officer }: SmallStreet): Promise<string> {
  const rule = `only-${street}`
  const definition = JSON.stringify({ ...shipped('smoke'), rule })
  const asked = { definition, basedOn: null, reason: '试一试' }
  const made = await town.ask(officer.token, 'POST', '/api/scenarios/draft', asked)
  if (made.version === null) throw new Error(JSON.stringify(made.problems))
  return rule
}

const aVisit = { kind: 'care-visit', rule: 'care-silence' } as const
const anOffer = { kind: 'care-offer', rule: 'care-offer' } as const

/** The resident is looked after; somebody is to go there, and to offer it to them anew. */
async function aboutThem(town: Streets, part: Part): Promise<{ visit: string; offer: string }> {
  const contacts = [{ name: '亲人', relation: '女儿', phone: '13955550001' }]
  await town.agrees(part.resident, contacts)
  const visit = await opened(town, part, aVisit)
  const offer = await opened(town, part, anOffer)
  for (const task of [visit, offer]) {
    await part.worker.post('/api/tasks/act', { task, act: 'acknowledge', from: 'raised' })
  }
  return { visit, offer }
}

/** From now on a task of the deputy alone: nobody else was told of it. */
async function colleagues({ owner }: Streets, part: Part, task: string): Promise<string> {
  const values = [task, part.deputy.person, part.deputyPost]
  await owner("delete from tasks.concerned where task = $1 and part <> 'responsible'", [task])
  await owner('update tasks.concerned set person = $2, post = $3 where task = $1', values)
  await owner('update tasks.task set responsible = $2, post = $3 where id = $1', values)
  return task
}

async function opened(
  town: Streets,
  { street, homes, resident }: Part,
  about: Pick<Asked, 'kind' | 'rule'> = { kind: 'hazard', rule: 'smoke' },
): Promise<string> {
  const { given } = town.program
  const wanted = {
    ...{ ...about, ruleVersion: 1, subject: randomUUID() },
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
