import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { minuteMs } from '../../src/kernel/clock.ts'
import { faults } from '../../src/kernel/fault.ts'
import { entryWordsOf } from '../../web/words/entry.ts'
import { wordsOf } from '../../web/words/index.ts'
import { openBrowser } from '../rig/browser.ts'
import { pagesDir } from '../rig/pages.ts'
import { operatorKey, openTestProgram, type TestProgram } from '../rig/program.ts'

const zh = entryWordsOf('zh-CN')
const folder = mkdtempSync(join(tmpdir(), 'lilong-entry-'))
const outboxFile = join(folder, 'outbox.jsonl')
let town: TestProgram
let chromium: Browser
let origin = ''

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  const ways = {
    ...{ sms: null, wecom: null, voice: null, quiet: null, isPushRehearsed: false },
    ...{ pushSecret: 'of-this-test-of-this-test', pushContact: 'mailto:a@lilong.invalid' },
    outboxFile,
  }
  town = await openTestProgram({ distDir: resolve(pagesDir), town: 'empty', ways })
  origin = `http://localhost:${town.program.httpPort}`
  chromium = await openBrowser()
})
afterAll(async () => {
  await chromium.close()
  await town[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

const open = async (wish: Parameters<Browser['newContext']>[0] = {}): Promise<BrowserContext> =>
  chromium.newContext({ viewport: { width: 390, height: 844 }, ...wish })

async function withAuthenticator(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  const wire = await context.newCDPSession(page)
  await wire.send('WebAuthn.enable')
  await wire.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true },
      ...{ hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  return page
}

async function isSound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overflow).toBeLessThanOrEqual(0)
}

const pressed = (page: Page, name: string) => page.getByRole('button', { name }).click()

async function newestCode(): Promise<string> {
  await expect.poll(() => readFileSync(outboxFile, 'utf8').trim().length).toBeGreaterThan(0)
  return JSON.parse(readFileSync(outboxFile, 'utf8').trim().split('\n').at(-1)!).code
}

test('an empty town lists nobody: a telephone, a passkey, and nothing else', async () => {
  const context = await open()
  const page = await context.newPage()
  await page.goto(`${origin}/sign-in`)
  await page.getByRole('button', { name: zh.byPasskey }).waitFor()
  const said = await page.locator('body').innerText()
  expect(said).not.toContain(wordsOf('zh-CN').identity.demoCommand)
  await isSound(page)
  await page.getByRole('link', { name: zh.larger }).click()
  await page.getByRole('link', { name: zh.smaller }).waitFor()
  await isSound(page)
  await page.goto(`${origin}/begin`)
  await page.getByText(zh.beginCommand).waitFor()
  expect(await page.locator('form').count()).toBe(0)
  await context.close()
})

test('without script a resident signs in by a code, and never sees it in an address', async () => {
  const context = await open({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${origin}/sign-in`)
  expect(await page.getByRole('button', { name: zh.byPasskey }).isVisible()).toBe(false)
  await page.getByLabel(zh.phone).fill('12345')
  await pressed(page, zh.sendCode)
  await page.getByText(zh.problems['/sign-in/code phone']!).waitFor()
  await page.getByLabel(zh.phone).fill('138 1234 5678')
  await pressed(page, zh.sendCode)
  await page.getByLabel(zh.code).fill('000000')
  const code = await newestCode()
  if (code !== '000000') {
    await pressed(page, zh.enter)
    await page.getByRole('alert').waitFor()
  }
  await page.getByLabel(zh.code).fill(code)
  await pressed(page, zh.enter)
  await page.waitForURL(`${origin}/home`)
  expect(page.url()).not.toContain('138')
  await page.goto(`${origin}/me/keys`)
  await page.getByText(zh.noPasskeys).waitFor()
  town.clock.set({ at: town.clock.now() + minuteMs })
  await page.goto(`${origin}/step-up`)
  await pressed(page, zh.stepUpCode)
  await page.getByLabel(zh.code).waitFor()
  await context.close()
})

/** Whoever came by the owner's link is told so, wherever they go, and led back to the guide. */
async function isLedBack(page: Page): Promise<void> {
  for (const path of ['/desk', '/home', '/centre', '/my-home']) {
    expect((await page.goto(`${origin}${path}`))?.status()).toBe(403)
    await isSound(page)
    await page.getByText(zh.beginFirstLine).waitFor()
    await page.getByRole('link', { name: zh.toGuide }).click()
    await page.waitForURL(`${origin}/begin`)
  }
  await page.goto(`${origin}/me/keys`)
  await page.getByRole('link', { name: zh.toGuide }).click()
  await page.waitForURL(`${origin}/begin`)
  await page.goto(origin)
  await page.waitForURL(`${origin}/begin`)
}

test('the owner’s link leads through three steps to the desk, and back in by passkey', async () => {
  const { url } = await town.ask(operatorKey, 'POST', '/api/identity/owner-links', {})
  const context = await open()
  const page = await withAuthenticator(context)
  await page.goto(`${origin}${new URL(url).pathname}`)
  await pressed(page, wordsOf('zh-CN').identity.enter)
  await page.waitForURL(`${origin}/begin`)
  await isSound(page)
  await isLedBack(page)
  await page.getByRole('link', { name: '徐汇区' }).click()
  await isSound(page)
  await page.getByLabel(zh.street).selectOption('田林街道')
  await page.getByLabel(zh.ownName).fill('赵明')
  await page.getByLabel(zh.ownPhone).fill('1')
  await pressed(page, zh.found)
  await page.getByRole('alert').waitFor()
  await isSound(page)
  await page.getByLabel(zh.ownPhone).fill('13911112222')
  await pressed(page, zh.found)
  await page.getByText(zh.stepKeyLine).waitFor()
  await page.getByText(zh.stepStreetDone('田林街道')).waitFor()
  await isSound(page)
  // Without a key and a committee the desk leads back.
  await page.goto(`${origin}/desk`)
  await page.getByRole('link', { name: zh.toGuide }).click()
  await pressed(page, zh.addPasskey)
  await page.getByText(zh.stepKeyDone).waitFor()
  await page.getByRole('link', { name: zh.chooseCommittee }).click()
  await page.getByLabel(zh.committee, { exact: true }).selectOption('田林三、四村居委会')
  await page.getByLabel(zh.committeePhone).fill('021-5550-0101')
  await pressed(page, zh.addCommittee)
  await page.getByText(zh.committees(1, ['田林三、四村居委会'])).waitFor()
  // It is not offered twice, and the next one can be added at once.
  expect(await page.locator('option', { hasText: '田林三、四村' }).count()).toBe(0)
  await isSound(page)

  await page.goto(`${origin}/me/keys`)
  await page.getByText(zh.thisDevice).waitFor()
  await isSound(page)
  await page.getByLabel(zh.renameLabel(zh.passkeyNames.computer)).selectOption('work-computer')
  await pressed(page, zh.rename)
  await page.getByText(zh.passkeyNames['work-computer']).first().waitFor()
  // Nothing is removed without showing it anew, and then not the last one.
  await pressed(page, zh.removeLabel(zh.passkeyNames['work-computer']))
  await page.waitForURL(`${origin}/step-up/keys`)
  await isSound(page)
  await pressed(page, zh.stepUpPasskey)
  await page.waitForURL(`${origin}/me/keys`)
  await page.goto(`${origin}/step-up/keys`)
  await page.getByRole('link', { name: zh.stepUpBack }).click()
  await pressed(page, zh.removeLabel(zh.passkeyNames['work-computer']))
  await page.getByText(faults['last-way-in']['zh-CN']).waitFor()

  await page.goto(`${origin}/invite`)
  await isSound(page)
  await pressed(page, zh.inviteLabel('赵明'))
  await page.getByText(`${town.program.publicUrl}/in/`).waitFor()
  await page.getByText('赵明的链接').waitFor()

  await context.clearCookies()
  await page.goto(`${origin}/desk`)
  await pressed(page, zh.byPasskey)
  await page.waitForURL(`${origin}/desk`)
  await context.close()
})

test('a form of another site signs nobody in', async () => {
  const answer = await fetch(`${origin}/sign-in/code`, {
    ...{ method: 'POST', body: 'phone=13812345678' },
    headers: {
      ...{ origin: 'https://evil.example' },
      'content-type': 'application/x-www-form-urlencoded',
    },
  })
  expect(answer.status).toBe(403)
})
