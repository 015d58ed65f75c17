import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { forms } from '../../src/forms.ts'
import { faults, type FaultKind } from '../../src/kernel/fault.ts'
import { entryWordsOf } from '../../web/words/entry.ts'
import { languages, type Language } from '../../web/words/index.ts'
import { softKey } from '../rig/authenticator.ts'
import { openBrowser } from '../rig/browser.ts'
import { pagesDir } from '../rig/pages.ts'
import { operatorKey, openTestProgram, type TestProgram } from '../rig/program.ts'
import { press, visitor, type Visitor } from '../rig/visitor.ts'

/**
 * Every plain form, refused: what was written is there again, what was secret is not, the field
 * that is meant says so itself, and nothing of it stands in the address.
 */
type Wrong = {
  /** Into what one writes or chooses; what is not named stays as it is drawn. */
  writes: Readonly<Record<string, string>>
  /** Also what travels along unseen, as nobody but an attacker would have it. */
  forges?: Readonly<Record<string, string>>
  marks?: string
  says?: FaultKind
}

type Case = {
  as: 'nobody' | 'resident' | 'owner' | 'officer'
  /** Where the form stands; without it the form is sent from a page that does not draw it. */
  at?: (page: Page) => Promise<void>
  wrongs: readonly Wrong[]
}

const folder = mkdtempSync(join(tmpdir(), 'lilong-forms-'))
const outboxFile = join(folder, 'outbox.jsonl')
const district = '310104'
const street = '310104011'
const nobodys = '00000000-0000-7000-8000-000000000000'
const name = '𠮷<b>夏 & "长虹"</b>'
let town: TestProgram
let chromium: Browser
let origin = ''
let phones = 0
const people: Partial<Record<Case['as'], Visitor>> = {}

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
  people.owner = visitor(town)
  const { url } = await town.ask(operatorKey, 'POST', '/api/identity/owner-links', {})
  await press(town, people.owner, url)
  people.resident = visitor(town)
  const phone = nextPhone()
  await people.resident.post('/api/identity/codes', { phone })
  await vi.waitFor(() => expect(readFileSync(outboxFile, 'utf8')).toContain('sign-in-code'))
  const { code } = JSON.parse(readFileSync(outboxFile, 'utf8').trim().split('\n').at(-1)!)
  expect((await people.resident.post('/api/identity/codes/use', { phone, code })).status).toBe(200)
})
afterAll(async () => {
  await chromium.close()
  await town[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

function nextPhone(): string {
  return `1380000${String(phones++).padStart(4, '0')}`
}

const to = (path: string) => async (page: Page) => {
  await page.goto(`${origin}${path}`)
}
const submit = (page: Page, action: string) =>
  page.locator(`form[action="${action}"] button[type=submit]`).first().click()

async function toCode(page: Page): Promise<void> {
  await page.goto(`${origin}/sign-in`)
  await page.locator('[name=phone]').fill(nextPhone())
  await submit(page, '/sign-in/code')
}

/** Whether or not one was just sent. */
async function toStepUpCode(page: Page): Promise<void> {
  await page.goto(`${origin}/step-up/keys`)
  town.clock.set({ at: town.clock.now() + 61_000 })
  await submit(page, '/step-up/code')
}

async function toStepUpTooSoon(page: Page): Promise<void> {
  await toStepUpCode(page)
  await page.goto(`${origin}/step-up/keys`)
}

/** Both folds are opened where they stand, as they open without script. */
async function toCorrection(page: Page): Promise<void> {
  await page.goto(`${origin}/my-data`)
  const fold = page.locator('details.fold').first()
  await fold.locator('summary').first().click()
  const form = fold.locator('details', { has: page.locator('form[action="/my-data/correct"]') })
  await form.locator('summary').click()
}

/** In this order: the owner opens the street after the first. */
const cases: Readonly<Record<keyof typeof forms, Case>> = {
  '/begin': {
    ...{ as: 'owner', at: to(`/begin/${district}`) },
    wrongs: [
      { writes: { street, name, phone: '1' }, marks: 'phone', says: 'bad-input' },
      { writes: { street, name: ' ', phone: '021-6438 1234' }, marks: 'name', says: 'bad-input' },
      { writes: { name, phone: '13900000001' }, marks: 'street', says: 'bad-input' },
    ],
  },
  '/begin/committee': {
    ...{ as: 'officer', at: to(`/begin/${street}`) },
    wrongs: [
      { writes: { committee: '310104011004', phone: '1' }, marks: 'phone', says: 'bad-input' },
      { writes: { phone: '021-6438 1234' }, marks: 'committee', says: 'bad-input' },
    ],
  },
  '/sign-in/code': {
    ...{ as: 'nobody', at: to('/sign-in') },
    wrongs: [
      { writes: { phone: '12345' }, marks: 'phone', says: 'bad-input' },
      { writes: { phone: '<i>"1' }, marks: 'phone', says: 'bad-input' },
    ],
  },
  '/sign-in/code/use': {
    ...{ as: 'nobody', at: toCode },
    wrongs: [{ writes: { code: '12' }, marks: 'code', says: 'bad-input' }],
  },
  '/step-up/code': {
    ...{ as: 'resident', at: toStepUpTooSoon },
    wrongs: [{ writes: {}, says: 'too-many' }],
  },
  '/step-up/code/use': {
    ...{ as: 'resident', at: toStepUpCode },
    wrongs: [{ writes: { code: '12345x' }, marks: 'code', says: 'bad-input' }],
  },
  '/me/keys/name': {
    ...{ as: 'officer', at: to('/me/keys') },
    wrongs: [{ writes: {}, forges: { name: 'x' }, marks: 'name', says: 'bad-input' }],
  },
  '/me/keys/remove': {
    ...{ as: 'officer', at: to('/me/keys') },
    wrongs: [{ writes: {}, says: 'last-way-in' }],
  },
  '/me/keys/unlink': { as: 'nobody', wrongs: [{ writes: {}, says: 'not-signed-in' }] },
  '/me/keys/end': {
    as: 'officer',
    wrongs: [{ writes: {}, forges: { session: nobodys }, says: 'not-found' }],
  },
  '/me/keys/end-others': { as: 'nobody', wrongs: [{ writes: {}, says: 'not-signed-in' }] },
  '/me/act-for-none': { as: 'nobody', wrongs: [{ writes: {}, says: 'not-signed-in' }] },
  '/care/looks/why': {
    as: 'officer',
    wrongs: [{ writes: {}, forges: { look: nobodys }, says: 'not-found' }],
  },
  '/care/looks/who': {
    as: 'officer',
    wrongs: [{ writes: {}, forges: { look: nobodys }, says: 'not-found' }],
  },
  '/my-data/correct': {
    ...{ as: 'officer', at: toCorrection },
    wrongs: [{ writes: { says: 'x' }, marks: 'says', says: 'bad-input' }],
  },
  '/my-data/copy': { as: 'resident', wrongs: [{ writes: {}, says: 'level-too-low' }] },
  '/my-data/account': { as: 'resident', wrongs: [{ writes: {}, says: 'level-too-low' }] },
  '/my-data/erase': {
    as: 'officer',
    wrongs: [{ writes: {}, forges: { part: 'nobody’s' }, says: 'bad-input' }],
  },
  '/my-data/withdraw': {
    as: 'officer',
    wrongs: [{ writes: {}, forges: { request: nobodys }, says: 'not-found' }],
  },
  '/invite': {
    ...{ as: 'officer', at: to('/invite') },
    wrongs: [{ writes: {}, forges: { post: nobodys }, says: 'not-found' }],
  },
}

async function browserOf(as: Case['as'], language: Language): Promise<BrowserContext> {
  const context = await chromium.newContext({
    ...{ viewport: { width: 390, height: 844 }, javaScriptEnabled: false },
  })
  const cookies = [...(people[as]?.cookies ?? []), ['lilong-language', language] as const]
  await context.addCookies(cookies.map(([key, value]) => ({ name: key, value, url: origin })))
  return context
}

/** From the owner's first step to an officer who has just shown who they are. */
async function openStreet(): Promise<void> {
  const officer = people.owner!
  const ask = async (path: string, body: object = {}) => {
    const answer = await officer.post(`/api/identity${path}`, body)
    expect(answer).toMatchObject({ status: 200 })
    return answer.body
  }
  await ask('/begin', { street, name: '夏长虹', phone: '13900000001' })
  const key = softKey(origin)
  await ask('/passkeys/add', key.create(await ask('/passkeys/begin')))
  await ask('/passkeys/step-up', key.get(await ask('/passkeys/step-up/begin')))
  people.officer = officer
}

async function refuse(page: Page, action: string, { at }: Case, wrong: Wrong): Promise<void> {
  const { writes, forges = {} } = wrong
  if (at) await at(page)
  else {
    await page.goto(`${origin}/sign-in`)
    await page.evaluate((path) => {
      const form = document.querySelector('form')!
      form.action = path
      form.querySelector('[name]')!.remove()
    }, action)
  }
  const form = page.locator(`form[action="${action}"]`).first()
  for (const [field, text] of Object.entries(writes)) {
    const control = form.locator(`[name="${field}"]`)
    const isChoice = (await control.evaluate((node) => node.tagName)) === 'SELECT'
    if (isChoice) await control.selectOption(text)
    else await control.fill(text)
  }
  await form.evaluate((node, forged) => {
    ;(node as HTMLFormElement).noValidate = true
    for (const [field, value] of Object.entries(forged)) {
      node.querySelector(`[name="${field}"]`)?.remove()
      const hidden = Object.assign(document.createElement('input'), { type: 'hidden' })
      node.append(Object.assign(hidden, { name: field, value }))
    }
  }, forges)
  const answered = page.waitForResponse((answer) => answer.request().method() === 'POST')
  await submit(page, action)
  expect((await answered).status()).toBe(faults[wrong.says!].status)
  await page.waitForLoadState()
}

type Fields = { api: string } & Partial<
  Record<'asks' | 'secrets' | 'carries' | 'keeps', readonly string[]>
>

const fieldsOf = (action: keyof typeof forms): Fields => forms[action]

/** What the page shows of the form now. */
function shownOf(page: Page, action: string) {
  return page.evaluate((path) => {
    const form = document.querySelector(`form[action="${path}"]`)
    const controls = [...(form?.querySelectorAll<HTMLInputElement>('[name]') ?? [])]
    const marked = [...document.querySelectorAll<HTMLInputElement>('[aria-invalid="true"]')]
    const box = marked[0]?.getBoundingClientRect()
    const described = marked[0]?.getAttribute('aria-describedby')?.split(' ') ?? []
    return {
      values: Object.fromEntries(controls.map(({ name: key, value }) => [key, value])),
      hidden: controls.filter(({ type }) => type === 'hidden').map(({ name: key }) => key),
      marked: marked.map(({ name: key }) => key),
      says: described.map((id) => document.getElementById(id)?.textContent),
      alerts: [...document.querySelectorAll('[role=alert]')]
        .filter((node) => !node.closest('[hidden]'))
        .map((node) => node.textContent),
      isBefore: box ? box.top >= 0 && box.bottom <= innerHeight : null,
      focus: (document.activeElement as HTMLInputElement | null)?.name ?? '',
    }
  }, action)
}

async function isDrawnAgain(
  page: Page,
  action: keyof typeof forms,
  known: Case,
  wrong: Wrong,
  language: Language,
): Promise<void> {
  const words = entryWordsOf(language)
  // A browser gives the focus when it draws a page, which may be after it has read all of it.
  if (wrong.marks) {
    await expect.poll(async () => (await shownOf(page, action)).focus).toBe(wrong.marks)
  }
  const shown = await shownOf(page, action)
  const { secrets = [] } = fieldsOf(action)
  for (const [field, text] of Object.entries(wrong.writes)) {
    expect({ field, text: shown.values[field] }).toEqual({
      field,
      text: secrets.includes(field) ? '' : text,
    })
  }
  expect(page.url()).toBe(`${origin}${action}`)
  const sentence = faults[wrong.says!][language]
  if (wrong.marks) {
    const own = words.problems[`${action} ${wrong.marks}`]
    expect(own).toEqual(expect.any(String))
    expect(shown).toMatchObject({ marked: [wrong.marks], isBefore: true })
    expect(shown.says[0]).toBe(own)
    // It says so itself, and nobody else does.
    expect(shown.alerts).toEqual([own])
  } else {
    expect(shown.marked).toEqual([])
    expect(shown.alerts).toEqual([expect.stringContaining(sentence)])
  }
  if (known.at) {
    const { carries = [], keeps = [] } = fieldsOf(action)
    const travels = [...carries, ...keeps].filter((field) => !(field in (wrong.forges ?? {})))
    expect(shown.hidden).toEqual(expect.arrayContaining(travels))
  }
  // The other language is the same page, at an address that can be opened.
  const other = await page.locator('a[href*="language="]').getAttribute('href')
  const answer = await page.request.get(new URL(other!, page.url()).href)
  expect({ other, status: answer.status() }).toEqual({ other, status: 200 })
}

describe.each(Object.keys(cases) as (keyof typeof forms)[])('%s, refused', (action) => {
  const known = cases[action]

  test.each(languages)('is drawn again as it was written: %s', async (language) => {
    if (known.as === 'officer' && !people.officer) await openStreet()
    for (const wrong of known.wrongs) {
      const context = await browserOf(known.as, language)
      const page = await context.newPage()
      await refuse(page, action, known, wrong)
      await isDrawnAgain(page, action, known, wrong, language)
      await context.close()
    }
  })
})

test('who has no home calls the line of the only street there is', async () => {
  const { body } = await people.resident!.get('/api/duties/call')
  const always = { opensAt: null, closesAt: null, answersNow: true }
  expect(body).toEqual({ unit: '田林街道', phone: '13900000001', ...always })
})

test('too often and too long are said on the page, and what was written stays', async () => {
  const send = async (body: string) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await fetch(`${origin}/sign-in/code`, { method: 'POST', headers, body })
    return { status: answer.status, html: await answer.text() }
  }
  const long = await send(`phone=${'1'.repeat(9_000)}`)
  expect(long.status).toBe(413)
  expect(long.html).toContain(faults['too-large']['zh-CN'])
  let last = long
  for (let tries = 0; tries < 70 && last.status !== 429; tries++) last = await send('phone=13x')
  expect(last.status).toBe(429)
  expect(last.html).toContain(faults['too-many']['zh-CN'])
  expect(last.html).toMatch(/name="phone"[^>]*value="13x"|value="13x"[^>]*name="phone"/)
})

test('every form is here, and every field that can be marked has words of its own', () => {
  expect(Object.keys(cases).toSorted()).toEqual(Object.keys(forms).toSorted())
  for (const path of Object.keys(forms) as (keyof typeof forms)[]) {
    const { asks = [], secrets = [] } = fieldsOf(path)
    for (const field of [...asks, ...secrets]) {
      const marks = cases[path].wrongs.map((wrong) => wrong.marks)
      expect(marks, path).toContain(field)
      for (const language of languages) {
        expect(entryWordsOf(language).problems[`${path} ${field}`], path).toEqual(
          expect.any(String),
        )
      }
    }
  }
})
