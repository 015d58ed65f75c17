import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { dayMs } from '../../src/kernel/clock.ts'
import { openWitness } from '../../witness/server.ts'
import { openBook, type TestBook } from '../../tests/rig/book.ts'

let book: TestBook

beforeEach(async () => {
  book = await openBook()
  // The commands live by the clock on the wall; the looks are of last week.
  book.clock.at = Date.now() - 7 * dayMs
})
afterEach(() => book[Symbol.asyncDispose]())

type Ran = { code: number; out: string; err: string }

/** `npm run lilong -- book …`, on a database that somebody else runs. */
function lilong(words: string[], more: Record<string, string> = {}): Promise<Ran> {
  const { folder, urls } = book
  const own = { LILONG_DATA_DIR: folder, LILONG_DATABASE_URL: urls.ownerUrl, LILONG_TOWN: 'empty' }
  const env = { ...process.env, ...own, ...more }
  return new Promise((done) => {
    execFile(
      process.execPath,
      ['scripts/lilong.ts', 'book', ...words],
      { env },
      (error, out, err) =>
        done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })
}

test('check says that nothing was changed, and what was, in both languages, and ends with 1', async () => {
  await book.look(5)
  await book.link()
  const whole = await lilong(['check'])
  expect(whole).toMatchObject({ code: 0, err: '' })
  expect(whole.out).toContain('没有被改过 · Nothing was changed')
  expect(whole.out).toContain('links 5')
  await book.rows(`update privacy.look set label = 'x'
    where id = (select look from privacy.link where number = 2)`)
  await book.rows(
    'delete from privacy.look where id = (select look from privacy.link where number = 4)',
  )
  const broken = await lilong(['check'])
  expect(broken.code).toBe(1)
  expect(broken.out).toContain('✗ edited 2  这条查看被改过 · this look was edited')
  expect(broken.out).toContain('✗ deleted 4  这条查看被删了 · this look was deleted')
  const json = JSON.parse((await lilong(['check', '--json'])).out)
  expect(json).toMatchObject({ found: 2, witness: 'none', links: 5 })
})

test('a line of the notice board holds until somebody changes what it stands for', async () => {
  await book.look(6)
  await book.link()
  const { code, out } = await lilong(['line'])
  expect(code).toBe(0)
  expect(out).toMatch(/^\d{4}-W\d\d 6 6( [0-9A-HJKMNP-TV-Z]{4}){13}\n$/)
  const front = out.split(' ').slice(0, 3).join(' ')
  const groups = out.trim().split(' ').slice(3)
  const misread = groups.join('').toLowerCase().replaceAll('1', 'l').replaceAll('0', 'o')
  for (const line of [out, `${front} ${misread}`, `${front} ${groups.join('-')}`]) {
    expect((await lilong(['line', '--check', line])).code, line).toBe(0)
  }
  expect((await lilong(['line', '--check', out.slice(0, -10)])).code).toBe(2)
  await book.rows(`update privacy.link set head = sha256(head) where number = 6`)
  const changed = await lilong(['line', '--check', out])
  expect(changed.code).toBe(1)
  expect(changed.out).toContain('something up to link 6 was changed')
})

test('the key goes to whoever runs a witness; it is told, and compared with by check', async () => {
  await book.look(2)
  await book.link()
  const { name } = JSON.parse((await lilong(['key', '--json'])).out)
  const dir = `${book.folder}/elsewhere`
  const wish = { dir, bind: '127.0.0.1', port: 0, allowed: [name], now: () => Date.now() }
  await using witness = await openWitness(wish)
  const named = { LILONG_WITNESS_URL: witness.url }
  expect(await lilong(['witness'], named)).toMatchObject({ code: 0 })
  expect((await lilong(['check'], named)).out).toContain('compared')
  const away = await lilong(['witness'], { LILONG_WITNESS_URL: 'http://127.0.0.1:9/' })
  expect(away.code).toBe(1)
  await book.rows('truncate privacy.link cascade')
  await book.rows('delete from privacy.look')
  rmSync(book.headsFile)
  expect(await lilong(['check'])).toMatchObject({ code: 0 })
  const { code, out } = await lilong(['check'], named)
  expect(code).toBe(1)
  expect(out).toContain('✗ truncated 1')
  expect((await lilong(['witness'])).err).toContain('LILONG_WITNESS_URL is not set')
  expect((await lilong(['check'], { LILONG_WITNESS_URL: 'http://witness.example/' })).code).toBe(2)
})
