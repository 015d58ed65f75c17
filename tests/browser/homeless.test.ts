import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { entryWordsOf } from '../../web/words/entry.ts'
import { wordsOf } from '../../web/words/index.ts'
import type { Jar } from '../rig/jar.ts'
import { pagesDir } from '../rig/pages.ts'
import { openTelephones, type Telephones } from '../rig/telephones.ts'

const words = entryWordsOf('zh-CN')
let phones: Telephones
let numbers = 0

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  phones = await openTelephones({ distDir: resolve(pagesDir) })
}, 120_000)
afterAll(() => phones[Symbol.asyncDispose]())

const someone = () => phones.signIn(`138${String(70_000_000 + numbers++)}`)
const page = async (jar: Jar, path: string) => (await jar.send('GET', path)).text()

test('"call a person" is on every page of who has no home yet', async () => {
  const jar = await someone()
  for (const path of ['/home', '/my-home', '/helpers', '/me/keys']) {
    const html = await page(jar, path)
    expect(html, path).toContain('href="tel:12345"')
    expect(html, path).toContain(wordsOf('zh-CN').care.callUnit(wordsOf('zh-CN').care.callCity))
  }
  for (const path of ['/sign-in', '/sign-in/code', '/desk']) {
    expect(await page(phones.browser(), path), path).toContain('href="tel:12345"')
  }
})

test('"call a person" of who lives somewhere is their own committee', async () => {
  const { body } = await phones.town.a.elder.get('/api/duties/call')
  expect(body.phone).not.toBe('12345')
})

test('while one acts for another, sign-in and devices say so and lead back', async () => {
  const mother = phones.town.a.elder
  const asked = { relation: 'child', days: 30 }
  const { code } = (await mother.post('/api/identity/grants/codes', asked)).body
  const jar = await someone()
  const { grant } = (await jar.post('/api/identity/grants/take', { code, called: '女儿' })).body
  expect(await page(jar, '/me/keys')).not.toContain('/me/act-for-none')
  await jar.post('/api/identity/act-for', { grant })
  for (const path of ['/me/keys', '/step-up', '/invite']) {
    const html = await page(jar, path)
    expect(html, path).toContain('action="/me/act-for-none"')
    expect(html, path).toContain(words.actingBack)
    expect(html, path).toContain(`正在替 ${mother.name} 办事`)
  }
  expect(await page(jar, '/me/keys')).toContain(words.keysInPerson)
  const back = await jar.send('POST', '/me/act-for-none', {
    ...{ body: '', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
  })
  expect({ status: back.status, to: back.headers.get('location') }).toEqual({
    ...{ status: 303, to: '/home' },
  })
  expect(await page(jar, '/me/keys')).not.toContain('/me/act-for-none')
})
