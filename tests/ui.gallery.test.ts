import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../scripts/build-web.ts'
import { assetsOf, type Manifest } from '../web/shell/page.ts'
import { openBrowser } from './rig/browser.ts'

const policy = [
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'",
  "base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'",
].join('; ')
const types = { css: 'text/css', js: 'text/javascript', svg: 'image/svg+xml' }

let outDir = ''
let server: Server
let browser: Browser
let address = ''

beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'lilong-gallery-'))
  await buildWeb({ outDir })
  server = await serveGallery(outDir)
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  server?.close()
  await rm(outDir, { recursive: true, force: true })
})

const pictures = [
  { page: 'parts', view: 'normal', language: 'zh-CN', width: 390 },
  { page: 'parts', view: 'normal', language: 'en', width: 1440 },
  { page: 'phone', view: 'elder', language: 'zh-CN', width: 390 },
  { page: 'phone', view: 'normal', language: 'en', width: 390 },
  { page: 'desk', view: 'normal', language: 'zh-CN', width: 1440 },
  { page: 'desk', view: 'normal', language: 'zh-CN', width: 390 },
  { page: 'desk', view: 'elder', language: 'en', width: 1440 },
]

test.each(pictures)(
  '$page, $view, $language, $width px: axe finds nothing, nothing is cut, targets are large',
  async ({ page: shown, view, language, width }) => {
    const { page, complaints } = await open(
      `?page=${shown}&view=${view}&language=${language}`,
      width,
    )
    const found = await new AxeBuilder({ page }).analyze()
    expect(found.violations.map((one) => `${one.id}: ${one.nodes[0]?.html}`)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    expect(await smallTargets(page)).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  },
)

test('the widgets wake up on the very elements that the server drew', async () => {
  const page = await (await browser.newContext()).newPage()
  let letScriptsCome = () => {}
  const scriptsMayCome = new Promise<void>((resolve) => (letScriptsCome = resolve))
  await page.route('**/*.js', async (route) => {
    await scriptsMayCome
    await route.continue()
  })
  await page.goto(`${address}/?page=parts`, { waitUntil: 'commit' })
  await page.locator('.sheet .tabs').last().waitFor()
  const drawn = await page.evaluateHandle(() => [...document.querySelectorAll('#app *')])
  letScriptsCome()
  await page.waitForLoadState('networkidle')
  await page.getByRole('radio', { name: '弃权' }).first().check()
  expect(await page.getByRole('radio', { name: '同意', exact: true }).first().isChecked()).toBe(
    false,
  )
  const [same, before, after] = await page.evaluate((nodes) => {
    const now = [...document.querySelectorAll('#app *')]
    return [now.filter((node, at) => node === nodes[at]).length, nodes.length, now.length] as const
  }, drawn)
  expect([same, after]).toEqual([before, before])
  await page.context().close()
})

test('a dialog takes the focus, Escape leaves it, and the focus goes back', async () => {
  const { page } = await open('?page=parts', 1440)
  const opener = page.getByRole('button', { name: '打开看看' }).first()
  await opener.click()
  const dialog = page.getByRole('dialog')
  expect(await dialog.evaluate((node) => node.contains(document.activeElement))).toBe(true)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  expect(await opener.evaluate((node) => node === document.activeElement)).toBe(true)
  await opener.click()
  await dialog.waitFor({ state: 'visible' })
  await page.context().close()
})

test.each([
  { voices: [], buttons: 0 },
  { voices: ['en-US', 'zh-HK'], buttons: 0 },
  { voices: ['en-US', 'zh_CN'], buttons: 1 },
])('a device that speaks $voices gets $buttons buttons to read aloud', async (device) => {
  const context = await browser.newContext()
  await context.addInitScript((voices) => {
    speechSynthesis.getVoices = () => voices.map((lang) => ({ lang }) as SpeechSynthesisVoice)
  }, device.voices)
  const page = await context.newPage()
  await page.goto(`${address}/?page=phone&view=elder`, { waitUntil: 'networkidle' })
  const button = page.getByRole('button', { name: '读给我听' })
  expect(await button.count()).toBe(device.buttons)
  await context.close()
})

test('the home in question is in sight where the stairs are wider than the screen', async () => {
  const { page } = await open('?page=parts&view=elder', 390)
  const inSight = await page.evaluate(() => {
    const cell = document.querySelector('.stairs [aria-current]')?.getBoundingClientRect()
    return cell !== undefined && cell.left >= 0 && cell.right <= innerWidth
  })
  expect(inSight).toBe(true)
  await page.context().close()
})

async function open(query: string, width: number) {
  const size = { width, height: width < 600 ? 844 : 900 }
  const context = await browser.newContext({ viewport: size })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  await page.goto(`${address}/${query}`, { waitUntil: 'networkidle' })
  return { page, complaints }
}

/** Things to press smaller than 44 px, or 60 px in the elder view; links in prose apart. */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('a, button, select, textarea, .choice, .field-input')]
      .filter((node) => !node.closest('p') && !node.matches('.skip'))
      .filter((node) => {
        const { width, height } = node.getBoundingClientRect()
        const least = node.closest('[data-view="elder"]') ? 60 : 44
        return width > 0 && (width < least - 0.5 || height < least - 0.5)
      })
      .map((node) => `${node.className} ${node.textContent}`),
  )
}

async function serveGallery(dir: string): Promise<Server> {
  const { renderGallery } = (await import(pathToFileURL(join(dir, 'server/server.js')).href)) as {
    renderGallery: (page: object) => string
  }
  const manifest = JSON.parse(
    await readFile(join(dir, 'client/.vite/manifest.json'), 'utf8'),
  ) as Manifest
  const assets = assetsOf(manifest, 'web/ui/browser.tsx')
  const made = createServer((request, response) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://gallery')
    response.setHeader('content-security-policy', policy)
    if (pathname === '/') {
      const language = query.get('language') ?? 'zh-CN'
      const view = query.get('view') ?? 'normal'
      response.setHeader('content-type', 'text/html')
      response.end(renderGallery({ language, view, page: query.get('page') ?? 'parts', assets }))
      return
    }
    const ending = pathname.split('.').pop() as keyof typeof types
    readFile(join(dir, 'client', pathname)).then(
      (content) => response.setHeader('content-type', types[ending]).end(content),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((ready) => made.listen(0, '127.0.0.1', ready))
  return made
}
