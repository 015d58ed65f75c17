/**
 * What leaves the program without anybody asking: what its jobs write to providers, browsers and
 * files while people fall silent, alarms are raised and terms run out.
 */
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hourMs, minuteMs } from '../../src/kernel/clock.ts'
import { climb } from '../../src/desks/tasks/index.ts'
import { lookOn, offerVisits } from '../../src/watch/care/index.ts'
import { openProvider } from './provider.ts'
import { checked, knowEverybody, watchBook, type Known, type Reads } from './reads.ts'
import { longHeartbeat, openStreets, type Streets } from './streets.ts'
import { openWaker } from './waker.ts'

const contact = { name: '黄鹂鸣柳', relation: '女儿', phone: '13655554321' }

/** A street whose every way out ends on this machine. */
export async function openUnasked() {
  const folder = mkdtempSync(join(tmpdir(), 'lilong-unasked-'))
  const provider = await openProvider()
  const waker = await openWaker()
  const way = { url: provider.url, secret: 'of a test' }
  const outboxFile = join(folder, 'outbox.jsonl')
  const town = await openStreets({
    ...{ ...longHeartbeat, everyRole: true },
    ways: {
      ...{ pushSecret: randomBytes(32).toString('base64url'), isPushRehearsed: true },
      ...{ pushContact: 'mailto:street@lilong.example', quiet: null, outboxFile },
      ...{ sms: way, wecom: way, voice: way },
    },
  })
  const { key } = (await town.a.worker.get('/api/delivery/push')).body
  const browser = waker.browser(key)
  const woken = { ...browser.subscription, language: 'zh-CN' }
  await town.a.worker.post('/api/delivery/wake', woken)
  return {
    town,
    /** Everything that has left so far, each way out by itself. */
    left: (): string[][] => [
      provider.asked.map(({ body }) => JSON.stringify(body)),
      browser.got.map((got) => JSON.stringify(got)),
      fileOf(outboxFile).split('\n'),
      [...town.logged],
    ],
    async [Symbol.asyncDispose]() {
      await town[Symbol.asyncDispose]()
      await waker[Symbol.asyncDispose]()
      await provider[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true })
    },
  }
}

export type Unasked = Awaited<ReturnType<typeof openUnasked>>

/** Each step of a street's life, and what it let out. */
export async function walkUnasked({ town, left }: Unasked): Promise<Reads> {
  const others = await knowEverybody(town)
  const elders = others.map((one): Known =>
    one.person === town.a.elder.person
      ? { ...one, words: [...one.words, contact.phone, contact.name] }
      : one,
  )
  const book = await watchBook(town)
  const reads: Reads = { checked: 0, told: 0, unbooked: [] }
  for (const [what, live] of stepsOf(town)) {
    const before = left().map((way) => way.length)
    const found = await checked(book, elders, { what, by: 'the program' }, async () => {
      await live()
      const since = left().flatMap((way, at) => way.slice(before[at]))
      return since.join('\n')
    })
    reads.checked++
    reads.told += found.told
    reads.unbooked.push(...found.unbooked)
  }
  return reads
}

function stepsOf(town: Streets): [what: string, live: () => Promise<unknown>][] {
  const { a, program } = town
  const pass = async (ms: number) => {
    town.clock.set({ at: town.clock.now() + ms })
    await look(town)
  }
  return [
    ['an agreement', () => town.agrees(a.elder, [contact]).then(() => look(town))],
    ['a silence', () => town.silent(a, 49).then(() => look(town))],
    ['a question that nobody answers', () => pass(2 * hourMs)],
    ['nobody takes it', () => pass(30 * minuteMs)],
    ['nobody still', () => pass(4 * hourMs)],
    ['offers', () => offerVisits(program).then(() => look(town))],
    ['terms', () => program.letGo().then(() => look(town))],
    ['an agreement ends', () => a.elder.post('/api/care/end', {}).then(() => look(town))],
    ['a start anew', () => town.restart().then(() => look(town))],
  ]
}

/** As the beat and its rounds do. */
async function look(town: Streets): Promise<void> {
  const { scenarios, given, sending } = town.program
  await scenarios.tick()
  await lookOn(town.program)
  await town.settled()
  await climb(given)
  for (let rounds = 0; rounds < 3; rounds++) {
    await sending.tick()
    await sending.idle()
  }
  await town.settled()
}

function fileOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
