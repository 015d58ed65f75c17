/**
 * The pictures in the README, taken from a running example town: a visit on the desk, and the page
 * of the resident it is about, in both languages. The browser is the one that `npm test` unpacked.
 */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { demoPeople, townApi } from '../town/index.ts'

type Language = 'zh-CN' | 'en'
type Town = { url: string; api: ReturnType<typeof townApi>; worker: string; resident: string }
type Size = { viewport: { width: number; height: number }; deviceScaleFactor: number }

const bytesMax = 250 * 1024
const desk: Size = { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 }
const phone: Size = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 }
const suffixes: Record<Language, string> = { 'zh-CN': '', en: '.en' }
const visit: Record<Language, string> = { 'zh-CN': '关爱', en: 'Care' }

const town = findTown(resolve(process.env['LILONG_DATA_DIR'] ?? '.lilong/data'))
const browser = await openBrowser()
try {
  for (const language of ['zh-CN', 'en'] as const) {
    const name = (what: string) => `docs/${what}${suffixes[language]}.png`
    await take(name('desk'), town.worker, language, desk, (page) => openVisit(page, language))
    await take(name('care'), town.resident, language, phone, async (page) => {
      await page.goto(`${town.url}/care`)
    })
  }
} finally {
  await browser.close()
}

/** The running town's own files say where it is and who may be shown. */
function findTown(dataDir: string): Town {
  const read = (name: string) => readFileSync(join(dataDir, name), 'utf8').trim()
  const { httpUrl: url } = JSON.parse(read('running.json')) as { httpUrl: string }
  const [worker, resident] = demoPeople(join(dataDir, 'town.json'))
  if (!worker || !resident) throw new Error('the running town is not the example town')
  const api = townApi(url, read('operator.secret'))
  return { url, api, worker: worker.name, resident: resident.name }
}

function openBrowser(): Promise<Browser> {
  const written = readFileSync('node_modules/@sparticuz/chromium/package.json', 'utf8')
  const { version } = JSON.parse(written) as { version: string }
  const shelf = resolve('.lilong/shelf', `chromium-${version}`)
  if (!existsSync(shelf)) throw new Error('no browser yet: `npm test` unpacks it')
  return chromium.launch({
    executablePath: join(shelf, 'chromium'),
    headless: true,
    args: ['--no-sandbox', '--font-render-hinting=none'],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(shelf, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(shelf, 'fonts.conf'),
    },
  })
}

async function take(
  file: string,
  name: string,
  language: Language,
  size: Size,
  open: (page: Page) => Promise<void>,
): Promise<void> {
  await using context = await browser.newContext({ ...size, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await signIn(page, name)
  await page.goto(`${page.url()}?language=${language}`)
  await open(page)
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  await page.screenshot({ path: file })
  const { size: bytes } = statSync(file)
  console.log(`${file}  ${Math.ceil(bytes / 1024)} KB`)
  if (bytes > bytesMax) throw new Error(`${file} has more than ${bytesMax / 1024} KB`)
}

async function signIn(page: Page, name: string): Promise<void> {
  const { api } = town
  const made = await api.call(api.operatorKey, 'POST', '/api/identity/links', { name })
  await page.goto((made as { url: string }).url)
  await page.click('button[type=submit]')
  await page.waitForURL(/\/(desk|home)$/)
}

/** The first visit of the list; a repair tells less. */
async function openVisit(page: Page, language: Language): Promise<void> {
  await page.goto(`${town.url}/desk`)
  await page.locator('a[href*="/desk/tasks/"]', { hasText: visit[language] }).first().click()
  await page.waitForURL(/\/desk\/tasks\//)
  await page.waitForLoadState('networkidle')
}
