/** A live stream is somebody's as long as they are who they were when it began. */
import { once } from 'node:events'
import { get } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../../../../scripts/build-web.ts'
import { pagesDir } from '../../../../tests/rig/pages.ts'
import { openStreets, type Actor, type Streets } from '../../../../tests/rig/streets.ts'
import { tellOfficers, tellPages } from '../../delivery/index.ts'
import { dayMs, hourMs } from '../../../kernel/clock.ts'
import { lookOn } from './sessions.ts'

let town: Streets

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  town = await openStreets({ distDir: pagesDir })
})
afterAll(() => town[Symbol.asyncDispose]())

/** An open page’s stream: what it was told, and when it was over. */
async function stream(token: string) {
  const headers = { authorization: `Bearer ${token}` }
  const request = get(`${town.program.url}/live`, { headers })
  const [response] = await once(request, 'response')
  let told = ''
  response.setEncoding('utf8').on('data', (text: string) => void (told += text))
  return {
    status: response.statusCode as number,
    ended: once(response, 'end').then(
      () => true,
      () => 'closed here',
    ),
    told: () => told,
    close: () => request.destroy(),
  }
}

/** A second is what somebody may go on being told what is theirs no more. */
const within = (ended: Promise<unknown>) =>
  Promise.race([ended, new Promise((done) => setTimeout(() => done('still open'), 1_000))])

const officerDoes = (path: string, body: object) => town.a.officer.post(`/api/duties${path}`, body)
const nudge = (who: Actor) =>
  town.program.given.db.inStreet({ street: town.a.street }, (tx) =>
    tellPages(tx, who.person, 'tasks'),
  )

test('it ends within a second of the post, tells nothing after, and none is opened again', async () => {
  const { worker, posts, deputy } = town.a
  const [mine, other] = [await stream(worker.token), await stream(deputy.token)]
  expect((await officerDoes('/posts/end', { post: posts.worker })).status).toBe(200)
  expect(await within(mine.ended)).toBe(true)
  await nudge(worker)
  expect(mine.told()).not.toContain('data:')
  await nudge(deputy)
  await expect.poll(other.told).toContain('data:')
  expect((await town.call(worker.token, 'GET', '/api/tasks/mine')).status).toBe(403)
  other.close()
})

test('whose role changes has it ended, and begins another as who they are now', async () => {
  const { worker, street } = town.a
  const [{ id: body }] = await town.owner(
    "select id from duties.body where kind = 'street' and street = $1",
    [street],
  )
  const before = await stream(worker.token)
  const held = { body, title: '值班员', person: worker.person, rank: 2 }
  const { post } = (await officerDoes('/posts', held)).body
  expect(await within(before.ended)).toBe(true)
  // As an officer one hears of all the street; as one no more, of nothing.
  const asOfficer = await stream(worker.token)
  const { given } = town.program
  await given.db.inStreet({ street }, (tx) => tellOfficers(tx, street))
  await expect.poll(asOfficer.told, { timeout: 3_000 }).toContain('street')
  await officerDoes('/posts/end', { post })
  expect(await within(asOfficer.ended)).toBe(true)
})

test('it ends within a second where somebody moves out', async () => {
  const { neighbour, deputy } = town.a
  const mine = await stream(neighbour.token)
  const moved = await deputy.post('/api/people/moves', {
    ...{ person: neighbour.person, what: 'moved-out', home: null, on: '2026-07-07' },
    ...{ livesAlone: false, tenure: null, relation: null },
  })
  expect(moved.status).toBe(200)
  expect(await within(mine.ended)).toBe(true)
})

test('staff’s are over after twelve hours, others’ not; with a grant’s term its acting ends', async () => {
  const { given } = town.program
  const [staff, resident] = ['deputy', 'elder'] as const
  const idOf = async (who: typeof staff | typeof resident) => {
    const person = town.a[who].person
    const [{ id }] = await town.owner(
      `insert into identity.session (hash, id, street, person, kind, opened_by, device, device_name,
         made_at, seen_at, idle_ms, expires_at)
       values (sha256($1), gen_random_uuid(), $2, $3, 'page', 'link', '\\x00', 'other', $4, $4,
         $5, $6) returning id`,
      [
        ...[Buffer.from(who), town.a.street, person, new Date(town.clock.now())],
        ...[30 * dayMs, new Date(town.clock.now() + 30 * dayMs)],
      ],
    )
    return id as string
  }
  const ids = [await idOf(staff), await idOf(resident)]
  town.clock.set({ at: town.clock.now() + 11 * hourMs })
  expect(await lookOn(given, ids, [ids[0]!])).toEqual([])
  town.clock.set({ at: town.clock.now() + hourMs })
  expect(await lookOn(given, ids, [ids[0]!])).toEqual([ids[0]])
  const [{ id: account }] = await town.owner(
    'insert into identity.account (id, made_at, seen_at) values (gen_random_uuid(), now(), now()) returning id',
  )
  const [{ id: grant }] = await town.owner(
    `insert into identity.grant (street, id, of_person, to_account, called, relation, way, made_at,
       until) values ($1, gen_random_uuid(), $2, $3, '女儿', 'child', 'code', $4, $5) returning id`,
    [
      ...[town.a.street, town.a.elder.person, account, new Date(town.clock.now())],
      new Date(town.clock.now() + hourMs),
    ],
  )
  await town.owner('update identity.session set grant_id = $1 where id = $2', [grant, ids[1]])
  expect(await lookOn(given, [ids[1]!])).toEqual([])
  town.clock.set({ at: town.clock.now() + hourMs })
  expect(await lookOn(given, [ids[1]!])).toEqual([ids[1]])
})
