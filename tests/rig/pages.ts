import { resolve } from 'node:path'
import type { Browser, BrowserContext, Page, Request } from 'playwright-core'
import { hourMs } from '../../src/kernel/clock.ts'
import { openDemoTown, townApi, type TownMap } from '../../town/index.ts'
import { buildWeb } from '../../scripts/build-web.ts'
import type { Language } from '../../web/words/index.ts'
import type { View } from '../../web/shell/page.ts'
import { openBrowser } from './browser.ts'
import { firstMorning, openTestProgram, operatorKey, type TestProgram } from './program.ts'

/** All browser tests read one build of their own; a second one of the same sources is no work. */
export const pagesDir = resolve('.lilong/test-pages')
/** Thursday, 9 July 2026, 12:00 in Shanghai: the committee answers its phone. */
const noon = firstMorning + 52 * hourMs

export type Look = { language?: Language; view?: View; width?: number }

/** One page of a person's browser, with all that went over the wire and into the console. */
export type OpenPage = {
  page: Page
  /** Everything the console said and every error that nobody caught. */
  said: string[]
  /** Every text that came as data from the API, the page's first data included. */
  data(): Promise<string[]>
  /** Goes to a path of ours and waits until the page lives and has all it asked for. */
  goto(path: string): Promise<number>
  /** Nothing that the page asked of the API is on its way. */
  quiet(): Promise<void>
  close(): Promise<void>
}

/**
 * The first neighbourhood in a real browser, with its silent elder, its absent one, its dead
 * gateway.
 */
export type Pages = Browsing & {
  rig: TestProgram
  map: TownMap
  /** The worker who holds the visit to the silent elder. */
  worker: string
}

/** A browser before a program that serves pages. */
export type Browsing = AsyncDisposable & {
  /** An open page of somebody signed in, or of nobody. */
  open(name: string | null, look?: Look): Promise<OpenPage>
  /** A fresh one-time link of that person. */
  linkOf(name: string): Promise<string>
}

export async function openPages(): Promise<Pages> {
  await buildWeb({ outDir: pagesDir })
  const rig = await openTestProgram({ distDir: pagesDir })
  const api = townApi(rig.program.url, operatorKey)
  const mqttUrl = `mqtt://127.0.0.1:${rig.program.mqttPort}`
  const map = await openDemoTown(api, { committees: 1, mqttUrl, until: noon })
  await rig.settled()
  const browsing = await browse(rig)
  return {
    ...browsing,
    ...{ rig, map },
    worker: map.workers.toSorted((a, b) => a.rank - b.rank)[0]!.name,
    async [Symbol.asyncDispose]() {
      await browsing[Symbol.asyncDispose]()
      await rig[Symbol.asyncDispose]()
    },
  }
}

export async function browse(rig: TestProgram): Promise<Browsing> {
  const browser = await openBrowser()
  const linkOf = async (name: string): Promise<string> =>
    (await rig.ask(operatorKey, 'POST', '/api/identity/links', { name })).url
  const entered = new Map<string, Awaited<ReturnType<BrowserContext['storageState']>>>()
  return {
    linkOf,
    async open(name, look = {}) {
      if (name !== null && !entered.has(name)) entered.set(name, await enter(browser, linkOf, name))
      const state = name === null ? undefined : entered.get(name)
      return openPage(browser, rig.program.url, look, state)
    },
    [Symbol.asyncDispose]: () => browser.close(),
  }
}

/** By the link and its one button, as a person does. */
async function enter(browser: Browser, linkOf: Browsing['linkOf'], name: string) {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(await linkOf(name))
  await Promise.all([page.waitForURL(/\/(desk|home)$/), page.locator('form button').click()])
  const state = await context.storageState()
  await context.close()
  return state
}

async function openPage(
  browser: Browser,
  url: string,
  look: Look,
  storageState: Awaited<ReturnType<BrowserContext['storageState']>> | undefined,
): Promise<OpenPage> {
  const { language = 'zh-CN', view = 'normal', width = 390 } = look
  const viewport = { width, height: width < 600 ? 844 : 900 }
  const context = await browser.newContext({ viewport, ...(storageState ? { storageState } : {}) })
  await context.addCookies([
    { name: 'lilong-language', value: language, url },
    { name: 'lilong-view', value: view, url },
  ])
  const page = await context.newPage()
  const said: string[] = []
  page.on('console', (message) => void said.push(message.text()))
  page.on('pageerror', (error) => void said.push(String(error)))
  const wire = watchWire(page)
  return {
    ...{ page, said, quiet: wire.quiet },
    close: () => context.close(),
    async data() {
      const block = page.locator('#first')
      const first = (await block.count()) > 0 ? await block.textContent() : null
      return [...wire.answers, ...textsIn(JSON.parse(first ?? 'null'))]
    },
    async goto(path) {
      wire.answers.length = 0
      const alive = isSignedIn(path) ? page.waitForRequest(/\/live(\?|$)/) : null
      // a page that stands in for another one never lives
      alive?.catch(() => undefined)
      const answer = await page.goto(url + path)
      const status = answer?.status() ?? 0
      if (status === 200 && (await hasStream(page))) await alive
      await wire.quiet()
      return status
    },
  }
}

/** Whoever has only proven a telephone hears of nobody. */
function hasStream(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const first = document.getElementById('first')?.textContent
    return first ? 'signIn' in JSON.parse(first) : false
  })
}

function isSignedIn(path: string): boolean {
  return /^\/(desk|care|centre|home|visitors|report|helpers|my-home)/.test(path)
}

function watchWire(page: Page) {
  const underWay = new Set<Request>()
  const answers: string[] = []
  const reading = new Set<Promise<unknown>>()
  const ended = (request: Request) => {
    if (!underWay.has(request)) return
    const read = request
      .response()
      .then(async (answer) => void answers.push(...textsIn(await answer?.json())))
      .catch(() => undefined)
      .finally(() => {
        underWay.delete(request)
        reading.delete(read)
      })
    reading.add(read)
  }
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/api/')) underWay.add(request)
  })
  page.on('requestfinished', ended)
  page.on('requestfailed', (request) => void underWay.delete(request))
  return {
    answers,
    /** Twice in a row, since an answer may make the page ask for more. */
    async quiet() {
      for (let still = 0; still < 2; still++) {
        await page.evaluate(
          () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20))),
        )
        while (underWay.size > 0) {
          still = 0
          await Promise.all(reading)
          await page.evaluate(() => new Promise((done) => setTimeout(done, 10)))
        }
      }
    },
  }
}

/** Every text in a JSON value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
