/**
 * `npm run bench -- register`: the register of a whole district. Workers and officers search it by
 * name, pinyin, address and last four digits, and open a person's page, through HTTP, while 15,000
 * residents are signed in. `--people N` makes a smaller one.
 */
import { join } from 'node:path'
import pg from 'pg'
import { pinyin } from 'pinyin-pro'
import { print, round } from './figure.ts'
import { Child } from './load/child.ts'
import { Latencies } from './load/latencies.ts'
import { inWorkshop } from './load/workshop.ts'
import { wholeDistrict, type District, type Sample, type Size } from './register/generate.ts'
import { importMany } from './register/importing.ts'
import { operatorKey, type Opened } from './register/program.ts'

const bench = 'register'
const sessions = 15_000
const boundMs = 50
const warmUps = 200
const searches = 3_000
const pages = 2_000
/** So many ask at the same time. */
const together = 2
const staffed = 6

type Asker = { token: string; person: string; post: string; of: string; request: string }
type Ask = <Said>(
  token: string,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
) => Promise<Said>

export async function benchRegister(words: readonly string[]): Promise<void> {
  const size = sizeOf(words)
  await inWorkshop(bench, async (opened, folder) => {
    const program = opened.use(new Child(join(import.meta.dirname, 'register/program.ts')))
    const made = await program.ask<Opened>('open', { folder, size, sessions })
    const { district } = made
    const says = `${district.committees.length} neighbourhoods, ${district.homes} homes, generated in ${round(made.seconds, 0)} s`
    print({ bench, metric: 'residents', unit: 'people', median: district.residents, n: 1, says })
    print({ bench, metric: 'live_sessions', unit: 'sessions', median: sessions, n: 1 })
    const askers = await staff(made)
    await search(made, askers)
    await openPages(made, askers)
    const free = { street: '310104011', committee: '310104011013' }
    const { seconds } = await importMany({ url: made.url, operatorKey }, free)
    const bound = { bound: 30, holds: seconds <= 30 }
    print({ bench, metric: 'import_20k_s', unit: 's', median: round(seconds), n: 1, ...bound })
  })
}

function sizeOf(words: readonly string[]): Size {
  const asked = Number(words[words.indexOf('--people') + 1])
  if (!words.includes('--people') || !Number.isInteger(asked)) return wholeDistrict
  const part = asked / wholeDistrict.residents
  return {
    residents: asked,
    homes: Math.ceil(wholeDistrict.homes * part),
    committees: Math.max(staffed, Math.ceil(wholeDistrict.committees * part)),
  }
}

type Held = { person: string; post: string }

/** Officers of streets, and workers of a neighbourhood of each, with a request on record. */
async function staff({ url, district }: Opened): Promise<Asker[]> {
  const ask = asking(url)
  const streets = [...new Set(district.committees.map((one) => one.slice(0, 9)))].slice(0, staffed)
  const made: Asker[] = []
  for (const street of streets) {
    const name = `值班${street}`
    const founding = { street, officer: name, phone: '021-5550-0100' }
    const founded = await ask<Held>(operatorKey, 'POST', '/duties/streets', founding)
    const officer = await signedIn(ask, { name, ...founded }, street)
    const committee = district.committees.find((one) => one.startsWith(street)) ?? ''
    const body = { committee, phone: '021-5550-0101', opensAt: '08:30', closesAt: '17:30' }
    const unit = await ask<{ body: string }>(officer.token, 'POST', '/duties/bodies', body)
    const worker = `社工${committee}`
    const row = { name: worker, bornOn: null, phone: null, home: null, livesAlone: false }
    const { person } = await ask<Held>(officer.token, 'POST', '/people', row)
    const held = { body: unit.body, title: '居委社工', person, rank: 1 }
    const { post } = await ask<Held>(officer.token, 'POST', '/duties/posts', held)
    made.push(officer, await signedIn(ask, { name: worker, person, post }, committee))
  }
  return made
}

async function signedIn(
  ask: Ask,
  { name, person, post }: { name: string; person: string; post: string },
  of: string,
): Promise<Asker> {
  const { token } = await ask<{ token: string }>(operatorKey, 'POST', '/identity/tokens', { name })
  const reason = { reason: 'on-the-phone' }
  const made = await ask<{ request: string }>(token, 'POST', '/privacy/requests', reason)
  return { token, person, post, of, request: made.request }
}

/** Each asks for people of their own, in every way in turn. */
async function search({ url, district }: Opened, askers: readonly Asker[]): Promise<void> {
  const ask = asking(url)
  let found = 0
  const one = async (n: number): Promise<void> => {
    const asker = askers[n % askers.length]
    const sample = asker && sampleOf(district, asker, n)
    if (!asker || !sample) return
    const body = { words: wordsOf(sample, n), request: asker.request }
    const { hits } = await ask<{ hits: unknown[] }>(asker.token, 'POST', '/people/search', body)
    found += hits.length > 0 ? 1 : 0
  }
  const { p50, p99, n } = await measured(one, searches)
  if (found < n) throw new Error(`only ${found} of ${n} searches met somebody`)
  const says = `half by officers of a street, half by workers of a neighbourhood; median ${round(p50)} ms`
  const bound = { bound: boundMs, holds: p99 <= boundMs }
  print({ bench, metric: 'search_p99_ms', unit: 'ms', median: round(p99), n, ...bound, says })
}

const latin = (name: string, pattern: 'first' | 'pinyin') =>
  pinyin(name, { toneType: 'none', type: 'array', surname: 'head', pattern }).join('')

/** Two letters, the whole name, pinyin, initials, address, name and stair, last four. */
function wordsOf({ name, stair, room, phone }: Sample, n: number): string {
  const ways = [
    name.slice(0, 2),
    name,
    latin(name, 'pinyin'),
    latin(name, 'first'),
    `${stair}号${room}`,
    `${[...name][0]} ${stair}号`,
    phone.slice(-4),
    `${[...name][0]}`,
  ]
  const way = ways[Math.floor(n / 12) % ways.length] ?? name
  return /\p{L}|\d/u.test(way) && !/[𠮷䶮·]/u.test(name) ? way : name
}

function sampleOf({ people }: District, { of }: Asker, n: number): Sample | undefined {
  const own = ownOf(people, of)
  return own[(n * 7_919) % own.length]
}

const samples = new Map<string, Sample[]>()

function ownOf(people: readonly Sample[], of: string): Sample[] {
  const known = samples.get(of) ?? people.filter(({ committee }) => committee.startsWith(of))
  samples.set(of, known)
  return known
}

/** Each page for a request of its own: it binds to the first person that is opened with it. */
async function openPages(made: Opened, askers: readonly Asker[]): Promise<void> {
  const ask = asking(made.url)
  const asked = Array.from({ length: warmUps + pages }, (_, n) => {
    const asker = askers[n % askers.length]
    const sample = asker && sampleOf(made.district, asker, n)
    return { asker, sample, request: crypto.randomUUID() }
  })
  await requestsInto(made.databaseUrl, asked)
  let at = 0
  const one = async (): Promise<void> => {
    const { asker, sample, request } = asked[at++] ?? {}
    if (!asker || !sample) return
    const path = `/people/person?person=${sample.person}&request=${request}`
    const answer = await ask<object>(asker.token, 'GET', path).catch((why: Error) => why)
    // A child's page stops at the second yes, which takes as long.
    if (answer instanceof Error && !answer.message.includes('minor')) throw answer
  }
  const { p50, p99, n } = await measured(one, pages)
  const says = `household, shares and masked numbers, with the look in the book; median ${round(p50)} ms`
  const bound = { bound: boundMs, holds: p99 <= boundMs }
  print({ bench, metric: 'person_page_p99_ms', unit: 'ms', median: round(p99), n, ...bound, says })
}

type Asked = { asker: Asker | undefined; request: string }

async function requestsInto(url: string, asked: readonly Asked[]): Promise<void> {
  const rows = asked.map(({ asker, request }) => ({ ...asker, request }))
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client
    .query(
      `insert into privacy.request (street, id, by_person, by_post, title, unit, committee, reason,
         at, until)
       select left("of", 9), request, person, post, 'bench', 'bench', nullif("of", left("of", 9)),
         'on-the-phone', now(), now() + interval '29 minutes'
       from json_to_recordset($1::json)
         as row ("of" text, request uuid, person uuid, post uuid)`,
      [JSON.stringify(rows)],
    )
    .finally(() => client.end())
}

/** Some at the same time, each after its answer; the first are not counted. */
async function measured(one: (n: number) => Promise<void>, count: number) {
  using latencies = new Latencies()
  let next = 0
  const worker = async () => {
    while (next < warmUps + count) {
      const n = next++
      const from = performance.now()
      await one(n)
      if (n >= warmUps) latencies.add(performance.now() - from)
    }
  }
  await Promise.all(Array.from({ length: together }, worker))
  return latencies.read()
}

function asking(url: string): Ask {
  return async <Said>(...[token, method, path, body]: Parameters<Ask>) => {
    const answer = await fetch(`${url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const said: unknown = await answer.json()
    if (answer.status === 200) return said as Said
    throw new Error(`${method} ${path.split('?')[0]}: ${answer.status} ${JSON.stringify(said)}`)
  }
}
