import { resolve } from 'node:path'
import type { Page, Request } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { untranslatedIn } from '../rig/page-checks.ts'
import { browse, pagesDir, type Browsing, type OpenPage } from '../rig/pages.ts'
import { openTelephones, type Telephones } from '../rig/telephones.ts'
import { minuteMs } from '../../src/kernel/clock.ts'
import { languages, wordsOf, type Language } from '../../web/words/index.ts'
import { residentWordsOf } from '../../web/words/resident.ts'

let phones: Telephones
let browsing: Browsing

beforeAll(async () => {
  const distDir = resolve('.lilong/r9-pages')
  await buildWeb({ outDir: distDir })
  phones = await openTelephones({ distDir })
  browsing = await browse(phones.town)
}, 120_000)

afterAll(async () => {
  await browsing?.[Symbol.asyncDispose]()
  await phones?.[Symbol.asyncDispose]()
})


import { mkdirSync } from 'node:fs'
import { faultsOf } from '../rig/page-checks.ts'
test.each([['zh-CN','normal'],['en','elder'],['zh-CN','elder']] as const)('look %s %s', async (language, view) => {
  const out = '/tmp/r9/shots2'; mkdirSync(out, { recursive: true })
  const { mother, words, street, name } = told(language)
  const look = async (it: OpenPage, what: string) => {
    await it.quiet()
    console.log(what, language, view, await faultsOf(it), it.said)
    await it.page.screenshot({ path: `${out}/${what}-${language}-${view}.png`, fullPage: true })
  }
  const asView = async (it: OpenPage) => { await it.page.context().addCookies([{ name: 'lilong-view', value: view, url: phones.town.program.url }]); return it }
  const hers = await asView(await open(mother.name, language))
  await hers.goto('/helpers')
  const code = await codeMade(hers.page, words)
  await look(hers, 'code-made')
  const d = await asView(await withTelephone(language))
  await d.goto('/home'); await look(d, 'account-home')
  await d.goto('/my-home')
  for (const fold of (await d.page.locator('summary').all()).slice(0,3)) await fold.click()
  await d.page.getByRole('button', { name: words.prove.showCode }).click()
  await d.page.getByText(words.prove.stationCode).first().waitFor()
  await look(d, 'prove')
  await d.goto('/helpers')
  await take(d.page, words, code, name)
  await look(d, 'taken')
  await d.page.getByRole('button', { name: words.helpers.actOne(mother.name) }).click()
  await d.page.waitForURL('**/home')
  await d.page.getByRole('button', { name: words.acting.back }).waitFor()
  await look(d, 'acting-home')
  await d.goto('/helpers'); await look(d, 'acting-helpers')
  await d.goto('/care'); await look(d, 'acting-care')
  await hers.goto('/helpers'); await look(hers, 'helpers-some')
  const url = await passMade(hers, words)
  await look(hers, 'pass-made')
  const w = await asView(await open(street.worker.name, language))
  await w.page.goto(url); await w.page.locator('main button').first().waitFor(); await look(w, 'door-asked')
  await w.page.locator('main button').first().click(); await w.page.getByText(words.check.valid, { exact: true }).waitFor(); await look(w, 'valid')
  await w.page.locator('main button').nth(1).click(); await w.page.locator('main button').nth(1).click()
  await w.page.getByText(words.check['not-valid'], { exact: true }).waitFor(); await look(w, 'not-valid')
  const v = await asView(await open(null, language))
  await v.page.goto(url.slice(0, -4) + 'aaaa'); await v.page.getByText(words.pass.gone).waitFor(); await look(v, 'pass-gone')
  for (const it of [hers, d, w, v]) await it.close()
}, 120_000)
function told(language: Language) {
  const street = language === 'en' ? phones.town.b : phones.town.a
  const { privacy } = wordsOf(language)
  const name = language === 'en' ? 'my daughter' : '女儿 小敏'
  return { street, mother: street.elder, words: residentWordsOf(language), privacy, name }
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

async function codeMade(page: Page, { helpers }: Words): Promise<string> {
  await page.locator('summary', { hasText: helpers.makeHead }).click()
  await page.getByRole('button', { name: helpers.make }).click()
  const code = await page.locator('.code-digits').textContent()
  expect(code).toMatch(/^\d{8}$/)
  return code ?? ''
}

async function take(page: Page, { helpers }: Words, code: string, called: string): Promise<void> {
  await page.locator('summary', { hasText: helpers.takeHead }).click()
  await page.getByLabel(helpers.code).fill(`${code.slice(0, 4)} ${code.slice(4)}`)
  await page.getByLabel(helpers.called).fill(called)
  await page.getByRole('button', { name: helpers.take }).click()
  await page.getByText(helpers.taken).waitFor()
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
