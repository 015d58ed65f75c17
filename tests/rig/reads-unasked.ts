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
import { lookOn, offerVisits, type answers } from '../../src/watch/care/index.ts'
import { shipped } from './living.ts'
import { openProvider } from './provider.ts'
import {
  checked,
  knowEverybody,
  noReads,
  watchBook,
  type Known,
  type Reads,
  type Word,
} from './reads.ts'
import { longHeartbeat, openStreets, type Streets } from './streets.ts'
import { openWaker } from './waker.ts'
import { openWorkshop } from './workshop.ts'

const form = 'application/x-www-form-urlencoded'
export const contact = {
  name: '黄鹂鸣柳',
  relation: '女儿',
  phone: '13655554321',
  callsMe: '鹂鹂妈',
}

/** One after the other, so that each of them is told something. */
const inTurn = {
  ...{ ...shipped('care-silence'), clearsAfterMinutes: 0, cooldownMinutes: 0 },
  steps: [
    { tell: 'person' as const, withinMinutes: 60 },
    { tell: 'contact' as const, withinMinutes: 40 },
    { tell: 'volunteer' as const, withinMinutes: 30 },
    { tell: 'worker' as const, withinMinutes: 120 },
  ],
}

/**
 * A street whose every way out ends on this machine. With `distDir` it has pages, and whoever falls
 * silent there is asked after in turn.
 */
export async function openUnasked(distDir?: string) {
  const folder = mkdtempSync(join(tmpdir(), 'lilong-unasked-'))
  const provider = await openProvider()
  const waker = await openWaker()
  const way = { url: provider.url, secret: 'of a test' }
  const outboxFile = join(folder, 'outbox.jsonl')
  const town = await openStreets({
    ...{ ...longHeartbeat, everyRole: true, ...(distDir === undefined ? {} : { distDir }) },
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
  if (distDir !== undefined) await askInTurn(town)
  const streams = await openStreams(town)
  const shown: string[] = []
  return {
    town,
    /** Whoever was sent a link opens it, or answers by it. */
    async follow(said?: (typeof answers)[number]): Promise<void> {
      const sent = provider.asked.map(({ body }) => JSON.stringify(body)).join('\n')
      for (const link of new Set(sent.match(/http[^\s"]+\/answer\/[\w-]+/g))) {
        const press = { method: 'POST', headers: { 'content-type': form } }
        const answer = await (said ? fetch(`${link}/${said}`, press) : fetch(link))
        shown.push(`${answer.status} ${await answer.text()}`)
      }
    },
    /** Everything that has left so far, each way out by itself. */
    left: (): string[][] => [
      provider.asked.map(({ body }) => JSON.stringify(body)),
      browser.got.map((got) => JSON.stringify(got)),
      fileOf(outboxFile).split('\n'),
      [...town.logged],
      [...streams.heard],
      [...shown],
    ],
    async [Symbol.asyncDispose]() {
      streams.close()
      await town[Symbol.asyncDispose]()
      await waker[Symbol.asyncDispose]()
      await provider[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true })
    },
  }
}

async function askInTurn(town: Streets): Promise<void> {
  const workshop = await openWorkshop(town)
  await workshop.switchOn('care-silence', await workshop.draft(inTurn))
}

/** Everybody's page hears what is said on its stream; where there are no pages, nobody's. */
async function openStreams({ a, program: { url } }: Streets) {
  const heard: string[] = []
  const leaving = new AbortController()
  const staff = a.others.map(({ actor }) => actor)
  for (const { token } of [a.officer, a.worker, a.deputy, a.elder, ...staff]) {
    const headers = { authorization: `Bearer ${token}` }
    const answer = await fetch(`${url}/live`, { headers, signal: leaving.signal })
    if (answer.status === 200) void listen(answer, heard).catch(() => undefined)
  }
  return { heard, close: () => leaving.abort() }
}

/** Until it ends: with the program, or with us. */
async function listen({ body }: Response, heard: string[]): Promise<void> {
  for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) heard.push(part)
}

export type Unasked = Awaited<ReturnType<typeof openUnasked>>

/** Each step of a street's life, and what it let out. */
export async function walkUnasked(unasked: Unasked): Promise<Reads> {
  const { town, left } = unasked
  const others = await knowEverybody(town)
  const { name, phone, callsMe } = contact
  const theirs: Word[] = [
    { word: callsMe, field: 'name' },
    ...[name, phone].map((word) => ({ word, field: null })),
  ]
  const elders = others.map((one): Known =>
    one.person === town.a.elder.person ? { ...one, words: [...one.words, ...theirs] } : one,
  )
  const book = await watchBook(town)
  const reads = noReads()
  for (const [what, live] of stepsOf(unasked)) {
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

function stepsOf({ town, follow }: Unasked): [what: string, live: () => Promise<unknown>][] {
  const { a, program } = town
  const pass = async (ms: number) => {
    town.clock.set({ at: town.clock.now() + ms })
    await look(town)
  }
  return [
    ['an agreement', () => town.agrees(a.elder, [contact]).then(() => look(town))],
    ['a silence', () => town.silent(a, 49).then(() => look(town))],
    // The look at somebody is in their book before the link leaves that tells of them.
    ['a question that nobody answers', () => pass(hourMs).then(() => follow())],
    ['a contact answers', () => follow('unreached').then(() => look(town))],
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
