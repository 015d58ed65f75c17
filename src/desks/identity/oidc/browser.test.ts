import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../../../../scripts/build-web.ts'
import { openBrowser } from '../../../../tests/rig/browser.ts'
import { openOrganisation, type TestOrganisation } from '../../../../tests/rig/organisation.ts'
import { pagesDir } from '../../../../tests/rig/pages.ts'
import { openStreets, type Streets } from '../../../../tests/rig/streets.ts'

let organisation: TestOrganisation
let town: Streets
let chromium: Browser
/** Another site, with a link to ours. */
let elsewhere: Server

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  organisation = await openOrganisation()
  town = await openStreets({ organisation: organisation.wish, distDir: pagesDir })
  organisation.ready(town.program.publicUrl)
  const begins = `${town.program.publicUrl}/sign-in/organisation?to=/desk`
  elsewhere = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html')
    response.end(`<a href="${begins}">press</a>`)
  })
  await new Promise<void>((done) => void elsewhere.listen(0, '127.0.0.1', done))
  chromium = await openBrowser()
})
afterAll(async () => {
  await chromium.close()
  await new Promise((done) => elsewhere.close(done))
  await town[Symbol.asyncDispose]()
  await organisation[Symbol.asyncDispose]()
})

/** Where a browser is led by that link, step by step. */
async function pressed(at: string, link: string, javaScriptEnabled: boolean): Promise<string[]> {
  const context = await chromium.newContext({ javaScriptEnabled })
  const page = await context.newPage()
  await page.goto(at)
  const asked: string[] = []
  page.on('request', (request) => void (request.isNavigationRequest() && asked.push(request.url())))
  await page.click(link)
  await page.waitForLoadState()
  await context.close()
  return asked
}

const button = 'a[href^="/sign-in/organisation"]'

test.each([true, false])(
  'a press on our page leads to it, with script or without: %s',
  async (is) => {
    const asked = await pressed(`${town.program.publicUrl}/sign-in`, button, is)
    expect(asked.some((url) => url.startsWith(`${organisation.wish.url}/auth?`))).toBe(true)
  },
)

test('a link of another site leads to our page with its button, and the provider hears nothing', async () => {
  // Another port of this machine: the same site for cookies, and still none of ours.
  const { port } = elsewhere.address() as AddressInfo
  const asked = await pressed(`http://127.0.0.1:${port}`, 'a', true)
  expect(asked.at(-1)).toBe(`${town.program.publicUrl}/sign-in`)
  expect(asked.some((url) => url.startsWith(organisation.wish.url))).toBe(false)
})
