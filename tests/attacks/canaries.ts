/**
 * A street of people whose names, numbers, contacts and secrets are words that stand nowhere else.
 * Everything that can be asked is asked, rightly and wrongly, with the database whole and broken;
 * then whatever a stranger, an operator or a provider could read is searched for those words.
 */
import { readFileSync } from 'node:fs'
import type { RigBrowser, Waker } from '../rig/waker.ts'
import { callersOf, every, inputs, isOpenTo, requestOf, type Caller } from '../rig/contracts.ts'
import { operatorKey } from '../rig/program.ts'
import type { Actor, Streets } from '../rig/streets.ts'
import { moreThanNeeded, moveFiles, watchMachine, type Somebody } from './canary-sinks.ts'

export type Listening = {
  town: Streets
  service: Waker
  outboxFile: string
  /** What the database server wrote to its log so far. */
  databaseWords: () => string
}

/** `sinks`: how many letters each of them held. */
export type Driven = {
  asked: number
  failed: number
  seen: string[]
  sinks: Record<string, number>
}

const name = '金丝雀青鹡鸰'
const phone = '13790001357'
const contact = { name: '金丝雀寿带鸟', relation: '金丝雀', phone: '13790002468' }
const idNumber = numbered('31010419430201123')
const said = '金丝雀说的话'
/** Comes in with a file. */
const newcomer: Somebody = {
  ...{ name: '金丝雀白头翁', phone: '13790003691' },
  idNumber: numbered('31010419510304987'),
}
/** Whatever else a bug could take along: cut out of the middle, too. */
export const canaryWords = [
  '金丝雀',
  '青鹡鸰',
  '寿带鸟',
  phone,
  contact.phone,
  idNumber,
  '90001357',
  '430201123',
  '白头翁',
  newcomer.phone,
  newcomer.idNumber,
  '90003691',
  '510304987',
]

/** GB 11643: the last letter follows from the seventeen before it. */
function numbered(first: string): string {
  const sum = [...first].reduce((all, digit, at) => all + Number(digit) * (2 ** (17 - at) % 11), 0)
  return `${first}${'10X98765432'[sum % 11]}`
}

export async function driveCanaries(listening: Listening): Promise<Driven> {
  const { town } = listening
  const secrets = new Set<string>()
  const refusals: string[] = []
  const live = await listen(town, town.a.worker)
  const driven = { asked: 0, failed: 0 }
  const drive = async (ways: readonly Way[], only?: (caller: Caller) => boolean) => {
    const found = await askAll(town, ways, secrets, refusals, only)
    driven.asked += found.asked
    driven.failed += found.failed
  }
  const machine = watchMachine(town)
  const woken = await openLives(listening)
  const files = await moveFiles(town, newcomer, listening.outboxFile)
  await drive([right, wordy, wrong])
  await eachBroken(town, () => drive([right], ({ role }) => role !== 'nobody'))
  await drive([right], ({ role }) => ['committee', 'street'].includes(role))
  const sinks = {
    ...{ ...(await sinksOf(listening)), ...files, ...(await machine.seen()) },
    ...{ refusals: refusals.join('\n'), live: await live(), pushes: JSON.stringify(woken.got) },
  }
  const all = [...canaryWords, ...secrets]
  const seen = Object.entries(sinks).flatMap(([sink, text]) =>
    all.filter((word) => text.includes(word)).map((word) => `${sink}: ${word}`),
  )
  const lengths = Object.entries(sinks).map(([sink, text]) => [sink, text.length] as const)
  seen.push(...moreThanNeeded(sinks.outbox))
  return { ...driven, seen: [...new Set(seen)], sinks: Object.fromEntries(lengths) }
}

/** Somebody is registered, agrees, is silent for two days; the worker is woken and sent there. */
async function openLives({ town, service }: Listening): Promise<RigBrowser> {
  const { a } = town
  const post = async ({ token }: Actor, path: string, body: object) => {
    const answer = await town.call(token, 'POST', path, body)
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.body.fault}`)
    return answer.body
  }
  const register = { bornOn: '1943-02-01', livesAlone: true, phone, idNumber, home: a.homes[2] }
  await post(a.officer, '/api/people', { name, ...register })
  const { key } = (await a.worker.get('/api/delivery/push')).body
  const browser = service.browser(key)
  await post(a.worker, '/api/delivery/wake', { ...browser.subscription, language: 'zh-CN' })
  await town.owner('update people.person set name = $1 where id = $2', [name, a.elder.person])
  await town.agrees(a.elder, [contact])
  await post(a.worker, '/api/duties/shifts/hand-over', { shift: null, words: said })
  await town.silent(a, 49)
  await town.program.sending.tick()
  await town.settled()
  return browser
}

type Way = (one: (typeof every)[number], town: Streets) => object[]

const right: Way = ({ name: of }, town) => [inputs[of]?.(town.a) ?? {}]

/** Words of somebody in every field that takes words. */
const wordy: Way = (one, town) => {
  const base = inputs[one.name]?.(town.a) ?? {}
  const { properties } = one.endpoint.input as unknown as { properties: Record<string, any> }
  return [name, phone, idNumber].map((word) => {
    const texts = Object.entries(properties).filter(([, { pattern }]) =>
      String(pattern).startsWith('^[^'),
    )
    return { ...base, ...Object.fromEntries(texts.map(([field]) => [field, word])) }
  })
}

/** The same where nothing of the kind belongs: in every field, and as a field. */
const wrong: Way = (one, town) => {
  const base = inputs[one.name]?.(town.a) ?? {}
  const { properties } = one.endpoint.input as unknown as { properties: Record<string, any> }
  return [
    ...Object.keys(properties).map((field) => ({ ...base, [field]: `${name}${phone}` })),
    { ...base, [name]: idNumber },
    { ...base, [phone]: '1' },
  ]
}

/** What ends the town, or the one who asks. */
const lasting = new Set([
  'demo.resetTown',
  'demo.setClock',
  'duties.endPost',
  'identity.endOtherDevices',
])

async function askAll(
  town: Streets,
  ways: readonly Way[],
  secrets: Set<string>,
  refusals: string[],
  only: (caller: Caller) => boolean = () => true,
): Promise<{ asked: number; failed: number }> {
  const callers = callersOf(town.a).filter(only)
  let asked = 0
  let failed = 0
  const send = async (one: (typeof every)[number], { token }: Caller, input: object) => {
    const { path, method, ...request } = requestOf(one.endpoint, input)
    const answer = await town.program.app.inject({
      ...{ method: method as 'GET' | 'POST', url: path },
      headers: { ...request.headers, ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...('body' in request ? { payload: request.body } : {}),
    })
    asked++
    if (answer.statusCode >= 500) failed++
    if (answer.statusCode !== 200) refusals.push(answer.payload)
    else for (const secret of secretsIn(answer.payload)) secrets.add(secret)
  }
  for (const one of every.filter((each) => !lasting.has(each.name))) {
    for (const caller of callers.filter((each) => isOpenTo(one.endpoint, each))) {
      await Promise.all(
        ways.flatMap((way) => way(one, town)).map((input) => send(one, caller, input)),
      )
    }
  }
  return { asked, failed }
}

/** Tokens, links, secrets of tags and passes: whoever reads them has what they open. */
function secretsIn(text: string): string[] {
  return [...text.matchAll(/"(?:[a-z]+:\/\/[^"]*\/)?([\w-]{43})"/g)].map(
    ([, secret]) => secret ?? '',
  )
}

/** Nothing can be written, then nothing can be found: bugs, as far as the program can tell. */
async function eachBroken(town: Streets, work: () => Promise<void>): Promise<void> {
  const tables = await town.owner<{ name: string }>(`
    select oid::regclass::text as name from pg_class
    where relkind in ('r', 'p') and not relispartition and relnamespace::regnamespace::text in
      ('people', 'identity', 'tasks', 'care', 'duties', 'delivery', 'privacy', 'places')`)
  for (const { name: table } of tables) {
    await town.owner(`alter table ${table} add constraint canary check (false) not valid`)
  }
  await work()
  for (const { name: table } of tables) {
    await town.owner(`alter table ${table} drop constraint canary`)
  }
  for (const schema of ['people', 'tasks', 'care', 'duties']) {
    await town.owner(`alter schema ${schema} rename to gone`)
    await work().finally(() => town.owner(`alter schema gone rename to ${schema}`))
  }
}

async function sinksOf({ town, outboxFile, databaseWords }: Listening) {
  const text = async (path: string) => {
    const headers = { authorization: `Bearer ${operatorKey}` }
    return (await fetch(`${town.program.url}${path}`, { headers })).text()
  }
  return {
    log: town.logged.join('\n'),
    database: databaseWords(),
    // Whose file it is can read it: codes and links are in it, numbers are masked.
    outbox: readFileSync(outboxFile, 'utf8'),
    metrics: await text('/metrics'),
    health: await text('/health'),
    openapi: await text('/openapi.json'),
  }
}

/** An open page of the worker's, from now until it is asked what it was told. */
async function listen(town: Streets, { token }: Actor): Promise<() => Promise<string>> {
  const leaving = new AbortController()
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${town.program.url}/live`, { headers, signal: leaving.signal })
  let told = ''
  const reading = (async () => {
    for await (const part of answer.body ?? []) told += Buffer.from(part).toString()
  })().catch(() => undefined)
  return async () => {
    leaving.abort()
    await reading
    return told
  }
}
