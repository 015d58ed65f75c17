import { spawn } from 'node:child_process'
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  checkBook,
  installationOf,
  markRestored,
  openWitnessing,
  type WitnessTrouble,
} from '../src/ground/privacy/chain/index.ts'
import { noticeText, type ToldHead } from '../src/kernel/head.ts'
import { minuteMs } from '../src/kernel/clock.ts'
import { keptSigner, nameOfKey } from '../src/platform/signing.ts'
import { openWitness, type Witness } from '../witness/server.ts'
import { openBook, type TestBook } from './rig/book.ts'

let book: TestBook
let witness: Witness
let real: { at: number; now(): number }
let troubles: string[]

const secretFile = () => join(book.folder, 'book.secret')
const dir = () => join(book.folder, 'witness')
const file = () => join(dir(), `${installationOf(secretFile()).name}.jsonl`)

const open = (more: { dir?: string; port?: number } = {}) =>
  openWitness({
    ...{ dir: dir(), port: 0, bind: '127.0.0.1', now: () => real.at },
    ...{ allowed: [installationOf(secretFile()).name], ...more },
  })

const side = (url = witness.url) => {
  const { headsFile, folder } = book
  const wish = { url, secretFile: secretFile(), pinFile: join(folder, 'witness.key'), headsFile }
  const say = (what: WitnessTrouble, isSo: boolean) => void troubles.push(`${what} ${isSo}`)
  return openWitnessing(book, wish, real, say)
}

beforeEach(async () => {
  book = await openBook()
  real = { at: Date.parse('2026-07-07T00:00:00Z'), now: () => real.at }
  troubles = []
  witness = await open()
})
afterEach(async () => {
  await witness[Symbol.asyncDispose]()
  await book[Symbol.asyncDispose]()
})

async function linked(count: number): Promise<void> {
  await book.look(count)
  await book.link()
}

const check = async () =>
  checkBook(book, {
    ...{ now: book.clock.at, headsFile: book.headsFile, witness: await side().lines() },
  })

describe('a witness', () => {
  test('sees the newest head, signs that it did, and knows nothing of anybody', async () => {
    await linked(3)
    expect(await side().tell()).toBe('seen')
    expect(await side().tell()).toBe('seen')
    await linked(2)
    expect(await side().tell()).toBe('seen')
    const lines = readFileSync(file(), 'utf8').trim().split('\n')
    expect(lines.map((line) => JSON.parse(line).number)).toEqual([3, 5])
    const fields = Object.keys(JSON.parse(lines[0] ?? '')).toSorted()
    expect(fields).toEqual(
      ['at', 'head', 'installation', 'notice', 'number', 'restored', 'restoredAt'].concat(
        ...['seenAt', 'signature', 'witness'],
      ),
    )
    expect(await book.rows('select number from privacy.witnessed order by 1')).toEqual([
      { number: 3 },
      { number: 5 },
    ])
    const kept = await side().lines()
    expect(kept?.lines.map(({ number }) => number)).toEqual([3, 5])
    expect(await check()).toMatchObject({ findings: [] })
  })

  test('remembers after a restart, also where a line was torn', async () => {
    await linked(3)
    await side().tell()
    appendFileSync(file(), '{"number":9')
    await witness[Symbol.asyncDispose]()
    witness = await open()
    await linked(1)
    expect(await side().tell()).toBe('seen')
    expect((await side().lines())?.lines.map(({ number }) => number)).toEqual([3, 4])
  })

  test('does not begin where its own file was edited', async () => {
    await linked(3)
    await side().tell()
    const [line] = readFileSync(file(), 'utf8').split('\n')
    writeFileSync(file(), `${line?.slice(0, 90)}\n${line}\n`)
    await expect(open()).rejects.toThrow('is no line of a witness')
  })

  test('is told by signature alone, in one form, and by whom it was told to hear', async () => {
    const { signed, post } = asker(secretFile())
    const told = {
      number: 1,
      head: 'a'.repeat(64),
      at: '2026-07-07T00:00:00.000Z',
      restored: false,
    }
    const good = signed(told)
    const stranger = asker(join(book.folder, 'other.secret'))
    expect((await stranger.post(stranger.signed(told))).status).toBe(403)
    expect((await post({ ...good, signature: stranger.signed(told).signature })).status).toBe(403)
    expect((await post({ ...good, number: 2 })).status).toBe(403)
    for (const bad of [
      { ...good, name: '王' },
      { ...good, head: 'A'.repeat(64) },
      { ...good, number: -1 },
      { ...good, at: 'today' },
      { ...good, signature: 1 },
      [],
    ]) {
      expect((await post(bad)).status).toBe(400)
    }
    expect((await post({ ...good, key: 'x'.repeat(9_000) })).status).toBe(413)
    const paths = ['/heads/x', '/heads/../secret', '/other', '/heads/a/b']
    for (const path of paths) {
      expect((await fetch(new URL(path, witness.url))).status).toBe(404)
    }
    expect((await fetch(new URL('/heads', witness.url), { method: 'PUT' })).status).toBe(405)
    expect((await post(good)).status).toBe(200)
  })

  test('hears sixty a minute of one installation', async () => {
    const { signed, post } = asker(secretFile())
    const at = '2026-07-07T00:00:00.000Z'
    const statuses = []
    for (let number = 1; number <= 61; number++) {
      const told = { number, head: 'a'.repeat(64), at, restored: false }
      statuses.push((await post(signed(told))).status)
    }
    expect(statuses.filter((status) => status !== 200)).toEqual([429])
    real.at += minuteMs
    const late = { number: 61, head: 'a'.repeat(64), at, restored: false }
    expect((await post(signed(late))).status).toBe(200)
  })

  test('runs from its own files with nothing installed', async () => {
    const files = ['head.ts', 'lines.ts', 'signing.ts', 'kept-secret.ts', 'json.ts']
    const alone = join(book.folder, 'alone')
    for (const name of files)
      copyTo(alone, `src/${name === 'head.ts' ? 'kernel' : 'platform'}/${name}`)
    for (const name of ['main', 'server', 'keeping', 'settings']) {
      copyTo(alone, `witness/${name}.ts`)
    }
    writeFileSync(join(alone, 'package.json'), '{"type":"module"}')
    const env = {
      ...{ LILONG_WITNESS_DIR: join(alone, 'kept'), LILONG_WITNESS_PORT: '0' },
      LILONG_WITNESS_ALLOW: installationOf(secretFile()).name,
    }
    const child = spawn(process.execPath, ['witness/main.ts'], { cwd: alone, env })
    try {
      const url = await new Promise<string>((done, failed) => {
        child.stdout.on('data', (said) => {
          const found = /http:\S+/.exec(String(said))
          if (found) done(found[0])
        })
        child.once('exit', () => failed(new Error('it ended')))
      })
      await linked(2)
      expect(await side(url).tell()).toBe('seen')
      const page = await fetch(url)
      expect(await page.json()).toMatchObject({
        is: 'lilong-witness',
        installations: [{ seen: 1 }],
      })
    } finally {
      child.kill('SIGTERM')
    }
  })
})

describe('whoever has the database and the file beside it', () => {
  test('cannot put another chain in place of what the witness saw', async () => {
    await linked(4)
    await side().tell()
    await book.rows('truncate privacy.link, privacy.struck cascade')
    await book.rows('insert into privacy.unlinked select id from privacy.look')
    await book.rows(`update privacy.look set label = 'nothing'`)
    rmSync(book.headsFile)
    await book.link()
    expect(await side().tell()).toBe('differs')
    const { findings } = await check()
    expect(findings).toEqual([{ what: 'head-differs', number: 4 }])
    // Longer than what was seen, so that the witness is told no number twice.
    await linked(2)
    expect(await side().tell()).toBe('seen')
    expect((await check()).findings).toEqual([{ what: 'head-differs', number: 4 }])
    const said = readFileSync(file(), 'utf8').trim().split('\n')
    expect(said.filter((line) => JSON.parse(line).conflict)).toHaveLength(1)
  })

  test('cannot go back without saying so, and a restore says so for ever', async () => {
    await linked(2)
    await linked(3)
    await side().tell()
    await book.rows('delete from privacy.look using privacy.link where look = id and number > 2')
    await book.rows('delete from privacy.link where number > 2')
    expect((await check()).findings).toContainEqual({ what: 'truncated', number: 3 })
    expect(await side().tell()).toBe('differs')
    book.clock.at += minuteMs
    await markRestored(book, book.headsFile, book.clock.at)
    expect(await side().tell()).toBe('seen')
    expect(await check()).toMatchObject({ findings: [], restored: [{ number: 2 }] })
    await linked(9)
    expect(await side().tell()).toBe('seen')
    expect(await check()).toMatchObject({ findings: [] })
    expect((await side().lines())?.lines.filter(({ restored }) => restored)).toHaveLength(1)
  })
})

describe('the town', () => {
  test('tells every ten minutes, and says after half an hour that nobody answers', async () => {
    await linked(1)
    const { port } = new URL(witness.url)
    const ours = side()
    const passes = async (minutes: number) => {
      real.at += minutes * minuteMs
      await ours.tick()
      return troubles.splice(0)
    }
    expect(await passes(0)).toEqual(['away false', 'differs false'])
    await linked(1)
    expect(await passes(9)).toEqual([])
    expect((await ours.lines())?.lines).toHaveLength(1)
    expect(await passes(1)).toEqual(['away false', 'differs false'])
    expect((await ours.lines())?.lines).toHaveLength(2)
    await witness[Symbol.asyncDispose]()
    expect(await passes(10)).toEqual([])
    expect(await ours.lines()).toBeNull()
    expect(await passes(29)).toEqual([])
    expect(await passes(1)).toEqual(['away true'])
    witness = await open({ port: Number(port) })
    expect(await passes(1)).toEqual(['away false', 'differs false'])
  })

  test('takes no other witness in place of the one it knows', async () => {
    await linked(1)
    expect(await side().tell()).toBe('seen')
    await using another = await open({ dir: join(book.folder, 'another') })
    expect(await side(another.url).tell()).toBe('differs')
  })

  test('takes nothing for a receipt that the witness did not sign', async () => {
    await linked(1)
    await side().tell()
    const [line = ''] = readFileSync(file(), 'utf8').split('\n')
    const { signature, ...receipt } = JSON.parse(line)
    const forged = { ...receipt, head: 'b'.repeat(64), signature }
    writeFileSync(file(), `${JSON.stringify(forged)}\n`)
    await witness[Symbol.asyncDispose]()
    witness = await open()
    expect((await check()).findings).toEqual([{ what: 'line-unreadable', number: 1 }])
  })
})

function asker(secret: string) {
  const signer = keptSigner(secret)
  const name = nameOfKey(signer.key)
  return {
    signed: (told: ToldHead) => {
      return { ...told, key: signer.key, signature: signer.sign(noticeText(name, told)) }
    },
    post: (body: object) =>
      fetch(new URL('/heads', witness.url), { method: 'POST', body: JSON.stringify(body) }),
  }
}

function copyTo(folder: string, path: string): void {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  copyFileSync(path, join(folder, path))
}
