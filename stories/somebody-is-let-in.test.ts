import { resolve } from 'node:path'
import type { Page, Request } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../scripts/build-web.ts'
import { untranslatedIn } from '../tests/rig/page-checks.ts'
import { browse, pagesDir, type Browsing, type OpenPage } from '../tests/rig/pages.ts'
import { openTelephones, type Telephones } from '../tests/rig/telephones.ts'
import { minuteMs } from '../src/kernel/clock.ts'
import { bookWordsOf } from '../web/words/book.ts'
import { languages, type Language } from '../web/words/index.ts'
import { residentWordsOf } from '../web/words/resident.ts'

let phones: Telephones
let browsing: Browsing

beforeAll(async () => {
  const distDir = resolve(pagesDir)
  await buildWeb({ outDir: distDir })
  phones = await openTelephones({ distDir })
  browsing = await browse(phones.town)
}, 120_000)

afterAll(async () => {
  await browsing?.[Symbol.asyncDispose]()
  await phones?.[Symbol.asyncDispose]()
})

test.each(languages)(
  'a daughter acts for her mother by a code; the mother sees it and ends it, and she is out (%s)',
  async (language) => {
    const { mother, words, book, name } = told(language)
    const hers = await open(mother.name, language)
    const daughters = await withTelephone(language)
    await hers.goto('/helpers')
    const code = await codeMade(hers.page, words)

    await daughters.goto('/helpers')
    await take(daughters.page, words, code, name)
    await daughters.page.getByRole('button', { name: words.actingFor.actOne(mother.name) }).click()
    await daughters.page.waitForURL('**/home')
    await daughters.page.getByText(`${mother.name} `).first().waitFor()
    await daughters.page.getByRole('button', { name: words.acting.back }).waitFor()
    await daughters.goto('/care')
    await daughters.page.getByRole('button', { name: words.acting.back }).waitFor()
    await daughters.goto('/helpers')
    await daughters.page.getByText(words.actingFor.inPerson).waitFor()
    if (language === 'en') expect(await untranslatedIn(daughters)).toEqual([])
    await daughters.goto('/home')

    await hers.goto('/care/looks')
    const rows = hers.page.locator('.looks-rows')
    await rows.getByText(book.byHelper('child')).first().waitFor()
    await hers.goto('/helpers')
    await hers.page.getByRole('button', { name: words.actingFor.endOne(name) }).click()
    await hers.page.getByText(words.actingFor.forMeNone).waitFor()

    await daughters.page.getByRole('link', { name: words.home.care }).click()
    await daughters.page.waitForURL('**/home')
    await daughters.page.getByText(words.home.accountLine).waitFor()
    expect(await daughters.page.getByText(mother.name).count()).toBe(0)
    await daughters.goto('/helpers')
    await daughters.page.getByText(words.actingFor.byMeNone).waitFor()
    await close(hers, daughters)
  },
)

test.each(languages)(
  'a pass opens the door it is for, in its hours, until it is revoked; nobody learns of it (%s)',
  async (language) => {
    const { mother, words, street } = told(language)
    const hers = await open(mother.name, language)
    const url = await passMade(hers, words)
    const secret = new URL(url).hash.slice(1)

    const visitors = await open(null, language)
    const asked: Request[] = []
    visitors.page.on('request', (request) => void asked.push(request))
    await visitors.page.goto(url)
    await visitors.page.getByRole('img', { name: words.pass.title }).waitFor()
    expect(new URL(visitors.page.url()).hash).toBe('')
    await visitors.page.reload()
    await visitors.page.getByRole('img', { name: words.pass.title }).waitFor()
    for (const request of asked) {
      const { referer = '' } = await request.allHeaders()
      expect(`${request.url().split('#')[0]} ${referer}`).not.toContain(secret)
    }
    if (language === 'en') expect(await untranslatedIn(visitors)).toEqual([])

    const atStair = await open(street.worker.name, language)
    const atGate = await open(street.deputy.name, language)
    await atStair.page.goto(url)
    const doors = (page: Page) => page.locator('main button')
    await doors(atStair.page).nth(0).click()
    await atStair.page.getByText(words.check.valid, { exact: true }).waitFor()
    await atGate.page.goto(url)
    await doors(atGate.page).nth(1).click()
    await atGate.page.getByText(words.check['not-valid'], { exact: true }).waitFor()

    await hers.page.getByRole('button', { name: words.visitors.revoke }).first().click()
    await hers.page.getByText(words.visitors.states.revoked).first().waitFor()
    // The same tab, another link: only what stands behind the # is new, and the door is known.
    await atStair.page.goto(url)
    await atStair.page.getByText(words.check['not-valid'], { exact: true }).waitFor()
    await visitors.page.goto(url)
    await visitors.page.getByText(words.pass.gone).waitFor()
    expect(await phones.town.tablesHolding(secret)).toEqual([])
    await close(hers, visitors, atStair, atGate)
  },
)

function told(language: Language) {
  const street = language === 'en' ? phones.town.b : phones.town.a
  const book = bookWordsOf(language)
  const name = language === 'en' ? 'my daughter' : '女儿 小敏'
  return { street, mother: street.elder, words: residentWordsOf(language), book, name }
}

type Words = ReturnType<typeof residentWordsOf>

async function open(name: string | null, language: Language): Promise<OpenPage> {
  const it = await browsing.open(name, { language })
  it.page.setDefaultTimeout(15_000)
  return it
}

async function close(...pages: OpenPage[]): Promise<void> {
  for (const { said, close } of pages) {
    expect(said.filter((line) => !/status of (401|403|404)/.test(line))).toEqual([])
    await close()
  }
}

let numbers = 0

/** Somebody new, who signs in by the code that their telephone is sent. */
async function withTelephone(language: Language): Promise<OpenPage> {
  const it = await open(null, language)
  const phone = `1390000${String(1000 + numbers++)}`
  phones.town.clock.set({ at: phones.town.clock.now() + minuteMs })
  await it.page.goto(`${phones.town.program.url}/sign-in`)
  const post = (path: string, body: object) =>
    it.page.evaluate(
      async ([path, body]) => {
        const headers = { 'content-type': 'application/json' }
        const answer = await fetch(path, { method: 'POST', headers, body })
        return answer.status
      },
      [path, JSON.stringify(body)] as const,
    )
  expect(await post('/api/identity/codes', { phone })).toBe(200)
  const code = await phones.codeOf(phone)
  expect(await post('/api/identity/codes/use', { phone, code })).toBe(200)
  return it
}

async function codeMade(page: Page, { actingFor }: Words): Promise<string> {
  await page.locator('summary', { hasText: actingFor.makeHead }).click()
  await page.getByRole('button', { name: actingFor.make }).click()
  const code = await page.locator('.code-digits').textContent()
  expect(code).toMatch(/^\d{8}$/)
  return code ?? ''
}

async function take(page: Page, { actingFor }: Words, code: string, called: string): Promise<void> {
  await page.locator('summary', { hasText: actingFor.takeHead }).click()
  await page.getByLabel(actingFor.code).fill(`${code.slice(0, 4)} ${code.slice(4)}`)
  await page.getByLabel(actingFor.called).fill(called)
  await page.getByRole('button', { name: actingFor.take }).click()
  await page.getByText(actingFor.taken).waitFor()
}

/** Made for the stair's door and sent: the link is what the telephone is handed. */
async function passMade({ page, goto }: OpenPage, { visitors }: Words): Promise<string> {
  await page.addInitScript(() => {
    const share = (data: ShareData) => Promise.resolve(Object.assign(window, { sent: data.url }))
    Object.assign(navigator, { share })
  })
  await goto('/visitors')
  await page.getByRole('button', { name: visitors.make }).click()
  await page.getByRole('img', { name: visitors.code }).waitFor()
  await page.getByRole('button', { name: visitors.send }).click()
  const sent = await page.waitForFunction(() => (window as { sent?: string }).sent)
  return (await sent.jsonValue()) ?? ''
}
