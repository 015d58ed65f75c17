import { pathToFileURL } from 'node:url'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import type { Front, PageSpec } from '../../web/shell/pages.ts'
import { callersOf, every, inputs, isOpenTo, requestOf } from '../rig/contracts.ts'
import { browse, pagesDir, type Browsing } from '../rig/pages.ts'
import { longHeartbeat, openStreets, type Actor, type Streets } from '../rig/streets.ts'

let town: Streets
let browsing: Browsing
let accepted = 0

/** The longest that fits; each would do something where it became more than words. */
const hostile = [
  `</script><img src=x onerror="pwned()">{{7*7}}'"\`\${7*7}`,
  '"><img src=x onerror=pwned()>',
  '<svg onload=pwned()>{{7*7}}',
  '<img src=x onerror=a>',
  '<b id=pwned>',
  '{{7*7}}',
]
const fitting = (max: number) => hostile.find((words) => words.length <= max) ?? '<b>'

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  town = await openStreets({ ...longHeartbeat, everyRole: true, distDir: pagesDir })
  browsing = await browse(town)
  const { officer, worker, elder } = town.a
  for (const { name } of [officer, worker, elder]) await (await browsing.open(name)).close()
  const contact = { name: fitting(30), relation: fitting(10), phone: '13955550001', callsMe: null }
  const { status } = await elder.post('/api/care/agree', { textVersion: 2, contacts: [contact] })
  if (status !== 200) await town.agrees(elder)
  await town.settled()
  await writeEverywhere()
  await renameAll()
  await town.silent(town.a, 49)
}, 240_000)
afterAll(async () => {
  await browsing[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})

const ending =
  /resetTown|endPost|endOtherDevices|endDevice|endCare|agree|refuse|setAway|revoke|setClock|leave/i

/** Every endpoint that takes words is given these, by everybody who may give them. */
async function writeEverywhere(): Promise<void> {
  const posts = every.filter(({ name, endpoint }) => endpoint.post && !ending.test(name))
  for (const one of posts) {
    const input = wordsIn(one.endpoint.input, inputs[one.name]?.(town.a) ?? {})
    const callers = callersOf(town.a).filter(({ role, token }) => token && role !== 'operator')
    for (const { token } of callers.filter((caller) => isOpenTo(one.endpoint, caller))) {
      const { path, ...request } = requestOf(one.endpoint, input as object)
      const headers = { ...request.headers, authorization: `Bearer ${token}` }
      const answer = await fetch(`${town.program.url}${path}`, { ...request, headers })
      if (answer.status === 200 && JSON.stringify(input).includes('<')) accepted++
    }
  }
}

/** The input with each field that takes a person's words holding as many of ours as fit. */
function wordsIn(schema: any, value: unknown): unknown {
  if (schema.anyOf) {
    const fit = schema.anyOf.find((each: any) => each.type !== 'null')
    return value === null || value === undefined ? value : wordsIn(fit, value)
  }
  if (String(schema.pattern).startsWith('^[^')) return fitting(schema.maxLength)
  if (schema.type === 'array') return (value as unknown[]).map((one) => wordsIn(schema.items, one))
  if (schema.type !== 'object' || typeof value !== 'object' || value === null) return value
  const fields = Object.entries(schema.properties).map(([field, inner]): [string, unknown] => {
    const given = (value as Record<string, unknown>)[field]
    return [field, given === undefined ? undefined : wordsIn(inner, given)]
  })
  return Object.fromEntries(fields.filter(([, inner]) => inner !== undefined))
}

/** Names of those who are there already: people, posts, bodies, compounds, gateways. */
async function renameAll(): Promise<void> {
  for (const [table, column, max] of [
    ['people.person', 'name', 60],
    ['duties.post', 'title', 20],
    ['duties.body', 'name', 20],
    ['places.compound', 'name', 20],
    ['devices.gateway', 'name', 20],
  ] as const) {
    await town.owner(`update ${table} set ${column} = $1`, [fitting(max)])
  }
}

const fronts: Record<Front, (town: Streets) => Actor[]> = {
  open: ({ a }) => [a.worker],
  resident: ({ a }) => [a.elder],
  desk: ({ a }) => [a.worker, a.officer],
  centre: ({ a }) => [a.officer],
}

/** What a page's address names, of this street. */
async function paramsOf(): Promise<Record<string, string | undefined>> {
  const { a } = town
  const [task] = await town.owner('select id from tasks.task where street = $1 limit 1', [a.street])
  const [gateway] = await town.owner('select id from devices.gateway where street = $1', [a.street])
  return {
    ...{ task: task?.id, device: a.door.device, source: a.door.device, place: a.homes[0] },
    ...{ body: a.body, day: '2026-07-06', rule: 'care-silence', committee: a.committee },
    ...{ person: a.elder.person, home: a.homes[0], gateway: gateway?.id, month: '2026-07' },
    ...{ post: a.posts.worker, compound: a.compound, version: '1' },
  }
}

async function allPages(): Promise<PageSpec[]> {
  const bundle = pathToFileURL(join(resolve(pagesDir), 'server/server.js')).href
  const { pages } = (await import(bundle)) as { pages: PageSpec[] }
  return pages.filter(({ path }) => !/^\/(in|answer)\//.test(path))
}

test('words were taken in at many places', () => {
  expect(accepted).toBeGreaterThan(15)
})

test(
  'what somebody wrote stays words on every page: nothing runs, loads or becomes an element',
  { timeout: 300_000 },
  async () => {
    const params = await paramsOf()
    const found: string[] = []
    let shown = 0
    const pages = await allPages()
    for (const who of [town.a.worker, town.a.officer, town.a.elder]) {
      const name = { [town.a.worker.person]: 'worker', [town.a.officer.person]: 'officer' }
      const { page, said, quiet, close } = await browsing.open(who.name, { width: 1280 })
      page.on('dialog', (dialog) => {
        found.push(`dialog: ${dialog.message()}`)
        void dialog.dismiss()
      })
      await page.addInitScript(() => {
        Object.assign(window, { pwned: () => document.documentElement.setAttribute('pwned', '') })
      })
      for (const spec of pages.filter(({ front }) => fronts[front](town).includes(who))) {
        const path = spec.path.replaceAll(/:(\w+)/g, (_, each: string) =>
          encodeURIComponent(params[each] ?? 'none'),
        )
        const answer = await page.goto(`${town.program.url}${path}`, { waitUntil: 'load' })
        await quiet()
        expect(answer?.headers()['content-security-policy']).toContain("script-src 'self'")
        const { elements, words } = await page.evaluate(() => ({
          elements: [
            ...document.querySelectorAll(
              'html[pwned], img[src="x"], [onerror], [onload], #pwned, base, iframe, object, embed',
            ),
          ].map((node) => node.outerHTML.slice(0, 120)),
          words: document.body.textContent ?? '',
        }))
        if (/<b|<img|<svg/.test(words)) shown++
        if (words.includes('49') && words.includes('49\'"`49')) found.push(`${path}: counted`)
        found.push(...elements.map((each) => `${path} ${name[who.person] ?? 'elder'}: ${each}`))
      }
      found.push(...said.filter((line) => /Content Security|Trusted|violat|Uncaught/i.test(line)))
      await close()
    }
    expect(found).toEqual([])
    // They were there to be read: an empty page proves nothing.
    expect(shown).toBeGreaterThan(5)
  },
)
