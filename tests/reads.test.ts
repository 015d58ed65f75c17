/**
 * No read of personal data without a look: every page, form and endpoint by every role, every file
 * handed out, everything that happens by itself and every message is searched for words of others,
 * and held against the book.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Type } from 'typebox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildWeb } from '../scripts/build-web.ts'
import { openFront } from '../src/front.ts'
import { numberOf } from '../src/ground/people/index.ts'
import { bookOf } from '../src/ground/privacy/index.ts'
import { vouchedFor, type Asker } from '../src/kernel/asker.ts'
import { closed, endpoint } from '../src/kernel/contract.ts'
import type { PostId } from '../src/kernel/ids.ts'
import { openHttp, serve, type Doorway } from '../src/platform/http.ts'
import { openLive } from '../src/platform/live.ts'
import type { Caller } from './rig/contracts.ts'
import { pagesDir } from './rig/pages.ts'
import { walkFiles } from './rig/reads-files.ts'
import { openBrowsers, presses, shutForms, walkForms } from './rig/reads-forms.ts'
import { addressesOf, shutPages, unknownIn, walkPages } from './rig/reads-pages.ts'
import {
  checked,
  knowEverybody,
  walkReads,
  watchBook,
  type Booked,
  type Known,
} from './rig/reads.ts'
import { contact, openUnasked, walkUnasked } from './rig/reads-unasked.ts'
import { openWorld, type World } from './rig/world.ts'

let world: World
let book: Booked
let known: Known[]
let browsers: Caller[]

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  world = await openWorld({ distDir: pagesDir })
  browsers = await openBrowsers(world)
  known = await knowEverybody(world.town)
  book = await watchBook(world.town)
}, 120_000)
afterAll(() => world[Symbol.asyncDispose]())

test('the program answers no address but those that are walked here', () => {
  const addresses = addressesOf(world.town.program.app)
  expect(addresses.length).toBeGreaterThan(280)
  expect(unknownIn(addresses, presses)).toEqual([])
})

test('every page that tells of somebody is in their book', async () => {
  const { checked: pages, told, unbooked, shut } = await walkPages(world, book, known, browsers)
  expect(unbooked).toEqual([])
  expect(shut).toEqual(shutPages)
  expect(pages).toBeGreaterThan(800)
  expect(told).toBeGreaterThan(30)
}, 240_000)

test('every answer to a plain form that tells of somebody is in their book', async () => {
  const { checked: answers, told, unbooked, shut } = await walkForms(world, book, known, browsers)
  expect(unbooked).toEqual([])
  expect(shut).toEqual(shutForms)
  expect(answers).toBeGreaterThan(90)
  expect(told).toBeGreaterThan(5)
}, 120_000)

test('every file that tells of somebody is in their book', async () => {
  const { checked: files, told, unbooked } = await walkFiles(world, book, known)
  expect(unbooked).toEqual([])
  expect(files).toBeGreaterThan(60)
  expect(told).toBeGreaterThan(40)
}, 120_000)

test('every answer that tells of somebody is in their book', async () => {
  const { checked: answers, told, unbooked } = await walkReads(world, book, known)
  expect(unbooked).toEqual([])
  expect(answers).toBeGreaterThan(300)
  expect(told).toBeGreaterThan(30)
}, 240_000)

test('what goes out while nobody asks is in the book of whom it tells', async () => {
  await using unasked = await openUnasked(pagesDir)
  const { told, unbooked } = await walkUnasked(unasked)
  expect(unbooked).toEqual([])
  expect(told).toBeGreaterThan(2)
  const left = unasked.left().flat().join('\n')
  // A contact opened what they were sent, and the page did tell of whom it asks.
  expect(left).toContain(contact.callsMe)
  // Streams did say something.
  expect(left).toContain('data: {"topic":')
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

  const asker = () => {
    const { worker, street, committee, posts } = world.town.a
    const post = { id: posts.worker as PostId, role: 'committee', title: '社工', unit: '居委会' }
    return {
      ...{ kind: 'person', person: worker.person, street, home: null, signIn: vouchedFor },
      post: { ...post, committee },
    } as Asker
  }
  const open = async () => {
    const { given } = world.town.program
    const doorway: Doorway = {
      ...{ book: bookOf(given), clock: given.clock, log: given.log, isHttps: false },
      ...{ whoAsks: async () => asker(), callsPerMinuteMax: 1_000 },
    }
    const app = await openHttp(doorway, 'test')
    const { street } = world.town.a
    const { name, person } = world.town.a.elder
    serve(app, doorway, 'people.hidden', hidden, async () => ({ name }))
    const matter = { kind: 'operation', id: null, label: 'roster' } as const
    serve(app, doorway, 'people.honest', honest, async () => ({
      answer: { name },
      looks: [{ street, person, fields: ['name'] as const, matter }],
    }))
    const ask = (url: string) => async () => {
      const headers = { authorization: 'Bearer of-a-worker', accept: 'text/html' }
      const { statusCode, payload } = await app.inject({ method: 'GET', url, headers })
      expect(statusCode).toBe(200)
      return payload
    }
    const caught = async (what: string, url: string) => {
      const read = { what, by: 'committee', self: world.town.a.worker.person }
      return (await checked(book, known, read, ask(url))).unbooked
    }
    return { app, caught, shown: { by: 'committee', person, word: name, field: 'name' } }
  }

  test('in an endpoint is caught; said and booked it is not', async () => {
    const { app, caught, shown } = await open()
    expect(await caught('an endpoint', '/api/hidden')).toEqual([{ what: 'an endpoint', ...shown }])
    expect(await caught('an endpoint', '/api/honest')).toEqual([])
    await app.close()
  })

  test('in a page is caught, and a page that nobody knows stops the walk', async () => {
    const { app, caught, shown } = await open()
    const distDir = mkdtempSync(join(tmpdir(), 'lilong-hidden-'))
    const { program, ownerUrl } = world.town
    const live = await openLive(
      ownerUrl,
      () => undefined,
      () => undefined,
    )
    withPages(distDir, { '/hidden': '/api/hidden', '/honest': '/api/honest', '/by/:name': '' })
    await openFront(app, {
      ...{ given: program.given, care: program, live, distDir, isDemo: false, isHttps: false },
      ...{ publicUrl: null, whoAsks: async () => asker() },
    })
    await app.ready()
    expect(unknownIn(addressesOf(app), presses)).toEqual(
      expect.arrayContaining(['GET /api/hidden', 'GET /by/:']),
    )
    expect(await caught('a page', '/hidden')).toEqual([{ what: 'a page', ...shown }])
    expect(await caught('a page', '/honest')).toEqual([])
    await app.close()
    await live.close()
    rmSync(distDir, { recursive: true })
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

/** The pages as they are built, and some that draw what an address of the API answers. */
function withPages(distDir: string, more: Readonly<Record<string, string>>): void {
  symlinkSync(join(pagesDir, 'client'), join(distDir, 'client'))
  mkdirSync(join(distDir, 'server'))
  const built = JSON.stringify(pathToFileURL(join(pagesDir, 'server/server.js')).href)
  const text = `
    import { pages as known, render as draw } from ${built}
    export * from ${built}
    const more = ${JSON.stringify(more)}
    export const pages = [...known, ...Object.entries(more).map(([path, url]) =>
      ({ path, front: 'open', needs: () => [url] }))]
    export const render = (request) => request.path in more
      ? { title: '', html: JSON.stringify(Object.values(request.first)), front: 'open' }
      : draw(request)`
  writeFileSync(join(distDir, 'server/server.js'), text)
}
