import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OpenPage, Look, Pages } from '../rig/pages.ts'
import { openPages } from '../rig/pages.ts'
import { faultsOf, sidewaysOf, unseenFocus, untranslatedIn } from '../rig/page-checks.ts'

let town: Pages
/** Each page by what it shows: whose it is (null: nobody signed in) and where. */
let places: Record<string, Place>
/** `asks`: with which status the page's own question is refused. */
type Place = { name: string | null; path: string; status?: number; asks?: number }

beforeAll(async () => {
  town = await openPages()
  const { worker, rig, map } = town
  const token = await rig.tokenOf(worker)
  const { tasks } = await rig.ask(token, 'GET', '/api/tasks/mine')
  const visit = tasks.find((task: any) => task.kind === 'care-visit')
  const repair = tasks.find((task: any) => task.kind === 'device-repair')
  const { body, days } = await rig.ask(token, 'GET', '/api/duties/roster')
  const stair = visit.place.place.split('-').slice(0, 3).join('-')
  const whose = (plan: string) => map.elders.find((elder) => elder.plan === plan)!.name
  const silent = map.planted.silent[0]!.name
  const away = map.planted.away[0]!.name
  const unknown = map.elders.find(({ home, plan }) => {
    const device = map.devices.find((one) => one.place === home)
    return (
      plan === 'agreed' &&
      map.planted.outages.some((one) => one.to === null && one.gateway === device?.gateway)
    )
  })!.name
  const link = new URL(await town.linkOf(silent)).pathname
  places = {
    inbox: { name: worker, path: '/desk' },
    'care task': { name: worker, path: `/desk/tasks/${visit.task}` },
    'gateway task': { name: worker, path: `/desk/tasks/${repair.task}` },
    device: { name: worker, path: `/desk/devices/${repair.facts.devices[0].device}` },
    'desk me': { name: worker, path: '/desk/me' },
    shift: { name: worker, path: '/desk/shift' },
    roster: { name: worker, path: '/desk/roster' },
    'roster on paper': { name: worker, path: `/desk/roster/paper/${body}/${days[0].day}` },
    colleagues: { name: worker, path: '/desk/colleagues' },
    'closed tasks': { name: worker, path: '/desk/closed' },
    'find a task': { name: worker, path: '/desk/search' },
    'door tags': { name: worker, path: `/desk/tags/${stair}` },
    register: { name: worker, path: '/desk/register' },
    'proof of home': { name: worker, path: '/desk/register/proofs' },
    'import a file': { name: worker, path: '/desk/register/import' },
    'export a file': { name: worker, path: '/desk/register/export' },
    'to review': { name: '夏长虹', path: '/desk/register/reviews' },
    numbers: { name: '夏长虹', path: '/desk/register/counts' },
    purposes: { name: '夏长虹', path: '/desk/register/purposes' },
    'no network': { name: worker, path: '/desk/offline' },
    'a door’s tag': { name: null, path: `/t/${'a'.repeat(43)}`, asks: 401 },
    silent: { name: silent, path: '/care' },
    away: { name: away, path: '/care' },
    unknown: { name: unknown, path: '/care' },
    offered: { name: whose('offered'), path: '/care' },
    refused: { name: whose('refused'), path: '/care' },
    'what I agreed to': { name: silent, path: '/consents' },
    'who looked': { name: silent, path: '/care/looks' },
    'my data': { name: silent, path: '/my-data' },
    'own start': { name: silent, path: '/home' },
    visitors: { name: silent, path: '/visitors' },
    report: { name: silent, path: '/report' },
    helpers: { name: silent, path: '/helpers' },
    'my home': { name: silent, path: '/my-home' },
    'a pass': { name: null, path: await passOf(silent), asks: 401 },
    'at the door': { name: null, path: '/desk/door' },
    'sign-in': { name: null, path: '/sign-in' },
    'one-time link': { name: null, path: link },
    'used link': { name: null, path: '/in/nobody-was-given-this', status: 410 },
    'not signed in': { name: null, path: '/desk', status: 401 },
    'not allowed': { name: silent, path: '/desk', status: 403 },
    'not found': { name: null, path: '/nowhere', status: 404 },
  }
}, 120_000)

afterAll(() => town?.[Symbol.asyncDispose]())

const desk = [
  ...['inbox', 'care task', 'gateway task', 'device', 'desk me', 'shift', 'roster'],
  ...['roster on paper', 'colleagues', 'closed tasks', 'find a task', 'door tags', 'no network'],
  ...['register', 'proof of home', 'import a file', 'export a file', 'to review', 'numbers'],
  'purposes',
]
const resident = [
  ...['silent', 'away', 'unknown', 'offered', 'refused', 'who looked', 'what I agreed to'],
  ...['my data', 'own start', 'visitors', 'report', 'helpers', 'my home'],
]
const open = [
  ...['sign-in', 'one-time link', 'used link', 'not signed in', 'not allowed', 'not found'],
  ...['a door’s tag', 'a pass', 'at the door'],
]
const sizes = [
  { width: 390, height: 844 },
  { width: 1440, height: 900 },
]
const languages = ['zh-CN', 'en'] as const
const shown = [
  ...[...desk, ...open].map((what) => ({ what, view: 'normal' as const })),
  ...resident.flatMap((what) => [
    { what, view: 'normal' as const },
    { what, view: 'elder' as const },
  ]),
].flatMap((one) => languages.map((language) => ({ ...one, language })))

test.each(shown)(
  '$what, $view, $language: everybody can read it and reach all of it',
  async (one) => {
    const { it, status } = await see(one.what, one)
    expect(status).toBe(places[one.what]!.status ?? 200)
    for (const size of sizes) {
      await it.page.setViewportSize(size)
      await it.quiet()
      expect(await faultsOf(it)).toEqual([])
      if (one.language === 'en') expect(await untranslatedIn(it)).toEqual([])
    }
    expect(it.said.filter((line) => !isItsStatus(line, places[one.what]!.asks ?? status))).toEqual(
      [],
    )
    await it.close()
  },
)

/** In English, whose words are the longer ones. */
test.each([...desk, ...resident, ...open])(
  '%s: at twice the size on a phone nothing is lost sideways',
  async (what) => {
    const { it } = await see(what, { language: 'en', width: 195 })
    expect(await sidewaysOf(it.page)).toEqual([])
    await it.close()
  },
)

test.each(['inbox', 'care task', 'silent', 'who looked', 'offered', 'sign-in'])(
  '%s: whoever goes by the keyboard sees where they are',
  async (what) => {
    for (const { width } of sizes) {
      const { it } = await see(what, { width })
      expect(await unseenFocus(it.page, 20)).toEqual([])
      await it.close()
    }
  },
)

test('the words in the picture of silence never run into each other', async () => {
  for (const language of languages) {
    const { it } = await see('care task', { language })
    for (const width of [195, 320, 360, 390, 1440]) {
      await it.page.setViewportSize({ width, height: 844 })
      expect(await it.page.evaluate(wordsThatTouch)).toEqual([])
    }
    await it.close()
  }
})

/** A pass for the stair of that person, as its link says it. */
async function passOf(name: string): Promise<string> {
  const { rig } = town
  const token = await rig.tokenOf(name)
  const { doors, now } = await rig.ask(token, 'GET', '/api/identity/passes')
  const wish = { door: doors[0].door, from: now, hours: 4 }
  const { pathname, hash } = new URL(
    (await rig.ask(token, 'POST', '/api/identity/passes', wish)).url,
  )
  return pathname + hash
}

async function see(what: string, look: Look): Promise<{ it: OpenPage; status: number }> {
  const { name, path } = places[what]!
  const it = await town.open(name, look)
  return { it, status: await it.goto(path) }
}

/** The browser itself notes a page that came with another status than 200. */
function isItsStatus(line: string, status: number): boolean {
  return status >= 400 && line.includes(`status of ${status}`)
}

function wordsThatTouch(): string[] {
  const words = [...document.querySelectorAll('.silence text, .silence-last, .silence-ends > *')]
  const boxes = words
    .map((node) => ({ says: node.textContent, box: node.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 0)
  return boxes.flatMap((one, at) =>
    boxes
      .slice(at + 1)
      .filter(
        ({ box }) =>
          one.box.left < box.right &&
          box.left < one.box.right &&
          one.box.top < box.bottom &&
          box.top < one.box.bottom,
      )
      .map((other) => `${one.says} / ${other.says}`),
  )
}
