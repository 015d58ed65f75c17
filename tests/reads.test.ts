/**
 * No read of personal data without a look: every endpoint by every role, everything that happens by
 * itself and every message is searched for words of others, and held against the book.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { numberOf } from '../src/ground/people/index.ts'
import { bookOf } from '../src/ground/privacy/index.ts'
import { vouchedFor, type Asker } from '../src/kernel/asker.ts'
import { closed, endpoint } from '../src/kernel/contract.ts'
import type { PostId } from '../src/kernel/ids.ts'
import { openHttp, serve, type Doorway } from '../src/platform/http.ts'
import {
  checked,
  knowEverybody,
  walkReads,
  watchBook,
  type Booked,
  type Known,
} from './rig/reads.ts'
import { openUnasked, walkUnasked } from './rig/reads-unasked.ts'
import { openWorld, type World } from './rig/world.ts'

let world: World
let book: Booked
let known: Known[]

beforeAll(async () => {
  world = await openWorld()
  known = await knowEverybody(world.town)
  book = await watchBook(world.town)
}, 120_000)
afterAll(() => world[Symbol.asyncDispose]())

test('every answer that tells of somebody is in their book', async () => {
  const { checked: answers, told, unbooked } = await walkReads(world, book, known)
  expect(unbooked).toEqual([])
  expect(answers).toBeGreaterThan(300)
  expect(told).toBeGreaterThan(30)
}, 240_000)

test('what goes out while nobody asks is in the book of whom it tells', async () => {
  await using unasked = await openUnasked()
  const { told, unbooked } = await walkUnasked(unasked)
  expect(unbooked).toEqual([])
  expect(told).toBeGreaterThan(2)
}, 120_000)

describe('a read that somebody hides', () => {
  const shape = closed({ name: Type.String() })
  const hidden = endpoint({
    get: '/hidden',
    says: 'Tells a name and says it tells nothing',
    who: { committee: 'committee' },
    sees: [],
    why: 'operation',
    input: closed({}),
    output: shape,
  })
  const honest = endpoint({ ...hidden, get: '/honest', sees: ['name'] })

  test('in an endpoint is caught; said and booked it is not', async () => {
    const { given } = world.town.program
    const { worker, street, committee, posts } = world.town.a
    const post = { id: posts.worker as PostId, role: 'committee', title: '社工', unit: '居委会' }
    const asker = {
      ...{ kind: 'person', person: worker.person, street, home: null, signIn: vouchedFor },
      post: { ...post, committee },
    } as Asker
    const doorway: Doorway = {
      ...{ book: bookOf(given), clock: given.clock, log: given.log, isHttps: false },
      ...{ whoAsks: async () => asker, callsPerMinuteMax: 1_000 },
    }
    const app = await openHttp(doorway, 'test')
    const { name, person } = world.town.a.elder
    serve(app, doorway, 'people.hidden', hidden, async () => ({ name }))
    const matter = { kind: 'operation', id: null, label: 'roster' } as const
    serve(app, doorway, 'people.honest', honest, async () => ({
      answer: { name },
      looks: [{ street, person, fields: ['name'] as const, matter }],
    }))
    const read = { what: 'an endpoint', by: 'committee', self: worker.person }
    const ask = (url: string) => async () => {
      const headers = { authorization: 'Bearer of-a-worker' }
      const { statusCode, payload } = await app.inject({ method: 'GET', url, headers })
      expect(statusCode).toBe(200)
      return payload
    }
    const caught = await checked(book, known, read, ask('/api/hidden'))
    expect(caught.unbooked).toEqual([{ what: 'an endpoint', by: 'committee', person, word: name }])
    expect((await checked(book, known, read, ask('/api/honest'))).unbooked).toEqual([])
    await app.close()
  })

  test('in a job that writes a telephone to a file is caught', async () => {
    const { given } = world.town.program
    const { person } = world.town.a.elder
    const folder = mkdtempSync(join(tmpdir(), 'lilong-hidden-'))
    const file = join(folder, 'list.txt')
    const job = async () => {
      const phone = await given.db.asOwner((tx) => numberOf(given, tx, person, 'phone'))
      writeFileSync(file, `${phone}\n`)
      return readFileSync(file, 'utf8')
    }
    const { unbooked } = await checked(book, known, { what: 'a job', by: 'nobody' }, job)
    rmSync(folder, { recursive: true })
    expect(unbooked.map(({ person: whom }) => whom)).toEqual([person])
  })
})
