/**
 * What leaves by an address that is no endpoint: pages drawn on the server, the door of the
 * organisation, figures, the stream. Which addresses there are is read from the running program's
 * own table, so that a new page cannot be forgotten.
 */
import type { FastifyInstance } from 'fastify'
import { dayOf } from '../../src/kernel/calendar.ts'
import { namedLists } from '../../web/centre/lists.ts'
import { monthAt } from '../../web/centre/months.ts'
import { every, type Caller } from './contracts.ts'
import { everybody } from './matrix.ts'
import type { Kind } from './objects.ts'
import { operatorKey } from './program.ts'
import { checked, noReads, othersOf, selfOf, type Booked, type Known, type Reads } from './reads.ts'
import type { Streets } from './streets.ts'
import { thingOf, type World } from './world.ts'

/** `shut`: addresses that showed nobody all that is there. */
export type Walked = Reads & { shut: string[] }

export type At = {
  town: Streets
  /** What of that kind is the caller's own. */
  own(kind: Kind): string
  /** What they are answered at an address of the API. */
  ask(path: string): Promise<any>
  month: string
  day: string
  /** A link by which the first home's resident signs in. */
  link: string
}

/** In the world nobody is asked about: a contact's page is opened by walkUnasked. */
export const shutPages = ['GET /answer/:']

/** Every address of the running program, by its method: `GET /desk/tasks/:`. */
export function addressesOf(app: Pick<FastifyInstance, 'printRoutes'>): string[] {
  const above: string[] = []
  const lines = app.printRoutes({ commonPrefix: false }).split('\n')
  return lines.flatMap((line) => {
    const found = /^((?: {4}|│ {3})*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?$/.exec(line)
    if (!found) return []
    const [, before = '', part = '', methods = 'HEAD'] = found
    above.splice(before.length / 4, Infinity, part)
    const path = above.join('').replaceAll(/:[^/]+/g, ':')
    const asked = methods.split(', ').filter((method) => method !== 'HEAD')
    return asked.map((method) => `${method} ${path}`)
  })
}

const endpoints = new Set(
  every.map(({ endpoint: { get, post } }) => `${get ? 'GET' : 'POST'} /api${get ?? post}`),
)

type Parts = readonly (readonly string[])[]

/** What stands for each name of an address. An address without names is walked as it is. */
const filled: Readonly<Record<string, (at: At) => Parts>> = {
  '/*': () => [['icon.svg'], ['worker.js']],
  '/in/:': ({ link }) => [[link]],
  '/answer/:': () => [['a'.repeat(43)]],
  '/t/:': ({ own }) => [[own('tag')]],
  '/sign-in/said/:': () => [['organisation-refused']],
  '/step-up/:': () => [['keys'], ['invite']],
  '/begin/:': ({ own }) => [[own('street').slice(0, 6)], [own('street')]],
  '/numbers/:': ({ own }) => [[own('street')]],
  '/desk/tasks/:': ({ own }) => [[own('task')], [own('visit')], [own('offer')]],
  '/desk/roster/paper/:/:': ({ own, day }) => [[own('body'), day]],
  '/desk/tags/:': ({ own }) => [[own('place')]],
  '/desk/devices/:': ({ own }) => [[own('device')]],
  '/desk/devices/of/:/:/:': ({ own }) => [
    ['all', 'all', 'all'],
    [own('committee'), 'door-contact', 'all'],
  ],
  '/desk/register/reporter/:': ({ own }) => [[own('task')]],
  '/desk/scenarios/:': ({ own }) => [[own('rule')], ['care-silence']],
  '/desk/scenarios/:/history': ({ own }) => [[own('rule')], ['care-silence']],
  '/centre/matters/:': ({ own }) => [[own('task')], [own('visit')]],
  '/centre/month/:': ({ month }) => [[month]],
  '/centre/month/:/:': ({ own, month }) => [[month, own('committee')]],
  '/centre/list/:': () => namedLists.map((what) => [what]),
  '/centre/list/committee/:': ({ own }) => [[own('committee')]],
  '/centre/list/opened/:/:': ({ own, month }) => [[month, own('committee')]],
  '/centre/list/opened/:/:/:': ({ month }) => [[month, 'hazard', 'smoke']],
  '/centre/list/opened/:/:/:/:': ({ own, month }) => [[month, 'hazard', 'smoke', own('committee')]],
}

/** Where a page needs more than who asks: the stream's own word for "from the beginning". */
const asks: Readonly<Record<string, string>> = { '/live': '?since=00000000.0' }

/** Of these addresses nobody says how they are walked. */
export function unknownIn(addresses: readonly string[], alsoKnown: readonly string[]): string[] {
  const known = new Set([...endpoints, ...alsoKnown])
  return addresses.filter((address) => {
    if (known.has(address)) return false
    const path = address.replace(/^GET /, '')
    return path === address || path.startsWith('/api/') || pathsOf(path, nothing) === undefined
  })
}

const nothing: At = {
  ...{ town: {} as Streets, own: () => '', ask: async () => undefined },
  ...{ month: '', day: '', link: '' },
}

function pathsOf(template: string, at: At): string[] | undefined {
  const parts = filled[template]?.(at) ?? (/[:*]/.test(template) ? undefined : [[]])
  return parts?.map((each) => {
    const rest = [...each]
    return `${template.replaceAll(/[:*]/g, () => rest.shift() ?? '')}${asks[template] ?? ''}`
  })
}

export function atOf(world: World, caller: Caller, link = ''): At {
  const now = world.town.clock.now()
  return {
    ...{ town: world.town, month: monthAt(now), day: dayOf(now), link },
    ask: async (path) => JSON.parse((await world.call(caller, 'GET', path)).text),
    own: (kind) => thingOf(world, caller, kind)?.own ?? '',
  }
}

/** Every address that is no endpoint, by one of each role, and by these browsers besides. */
export async function walkPages(
  world: World,
  book: Booked,
  known: readonly Known[],
  browsers: readonly Caller[],
): Promise<Walked> {
  const walked: Walked = { ...noReads(), shut: [] }
  const link = (await linkOf(world.town, world.town.a.elder.name)).slice('/in/'.length)
  const callers = await Promise.all(
    [...everybody(world), ...browsers].map(async (caller) => {
      return { caller, self: await selfOf(world, caller), at: atOf(world, caller, link) }
    }),
  )
  for (const address of addressesOf(world.town.program.app)) {
    const path = address.replace(/^GET /, '')
    if (path === address || path.startsWith('/api/')) continue
    let isOpen = false
    for (const { caller, self, at } of callers) {
      for (const each of pathsOf(path, at) ?? []) {
        const read = { what: address, by: caller.role, self }
        const found = await checked(book, othersOf(address, known, each), read, async () => {
          const { text, isAnswer, isWhole } = await open(world, caller, each)
          if (isAnswer) walked.checked++
          isOpen ||= isWhole
          return text
        })
        walked.told += found.told
        walked.unbooked.push(...found.unbooked)
      }
    }
    if (!isOpen) walked.shut.push(address)
  }
  return walked
}

/** As a browser asks for a page. Whole: all that it needs was answered. */
async function open(
  { town }: World,
  { token, cookie }: Caller,
  path: string,
): Promise<{ text: string; isAnswer: boolean; isWhole: boolean }> {
  const { url, httpPort } = town.program
  const answer = await fetch(`${cookie ? `http://localhost:${httpPort}` : url}${path}`, {
    redirect: 'manual',
    headers: {
      accept: 'text/html',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(cookie ? { cookie } : {}),
    },
  })
  if (answer.status === 429) throw new Error('the walk is limited: it proves nothing')
  const text = path.startsWith('/live') ? await firstEvent(answer) : await answer.text()
  const isAnswer = answer.status === 200
  return {
    // An address that one is sent to leaves, too.
    text: `${[...answer.headers].join('\n')}\n${text}`,
    isAnswer,
    isWhole: (isAnswer && !needsOf(text).some(isRefused)) || answer.headers.has('location'),
  }
}

/** The answers that a page is drawn from. */
function needsOf(html: string): unknown[] {
  const block = /<script type="application\/json" id="first">(.*?)<\/script>/s.exec(html)?.[1]
  return Object.values((JSON.parse(block ?? '{}') as { first?: object }).first ?? {})
}

const isRefused = (answer: unknown) =>
  typeof answer === 'object' && answer !== null && 'fault' in answer

/** A stream does not end by itself. */
async function firstEvent(answer: Response): Promise<string> {
  let heard = ''
  if (answer.status !== 200) return heard
  const decoder = new TextDecoder()
  for await (const part of answer.body ?? []) {
    heard += decoder.decode(part, { stream: true })
    if (heard.includes('data:')) break
  }
  return heard
}

/** A one-time link, as the operator makes it. */
export async function linkOf({ ask }: Streets, name: string): Promise<string> {
  const { url } = await ask(operatorKey, 'POST', '/api/identity/links', { name })
  return new URL(url).pathname
}
