import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { every } from '../rig/contracts.ts'
import { ask, startProduct, type Started } from '../rig/started.ts'

const minutesMax = 300_000
const folder = mkdtempSync(join(tmpdir(), 'lilong-first-'))
let product: Started

beforeAll(async () => {
  product = await startProduct(folder, { LILONG_TOWN: 'empty' })
}, minutesMax)
afterAll(async () => {
  await product.stop()
  rmSync(folder, { recursive: true, force: true })
})

const linkOf = (words: string) => /^\s*(http:\S+\/in\/[A-Za-z0-9_-]{43})$/gm.exec(words)?.[1] ?? ''
const printed = () => product.words().match(/\/in\//g) ?? []

function lilong(...words: string[]): { code: number | null; said: string } {
  const done = spawnSync(process.execPath, ['scripts/lilong.ts', ...words], {
    ...{ encoding: 'utf8', timeout: 60_000 },
    env: { ...process.env, LILONG_DATA_DIR: folder },
  })
  return { code: done.status, said: done.stdout + done.stderr }
}

test('a first start prints one link, and no name and no password', () => {
  expect(printed()).toHaveLength(1)
  expect(linkOf(product.words())).not.toBe('')
  expect(product.words()).not.toMatch(/password|密码|admin/i)
})

test('what opens something is random, of its own, and readable by its owner alone', () => {
  const secrets = readdirSync(folder).filter((name) => /\.secret$|^keys\.json$/.test(name))
  expect(secrets).toEqual(expect.arrayContaining(['keys.json', 'operator.secret', 'push.secret']))
  const held = secrets.flatMap((name) => {
    const path = join(folder, name)
    expect([name, (statSync(path).mode & 0o777).toString(8)]).toEqual([name, '600'])
    const text = readFileSync(path, 'utf8')
    return text.match(/[A-Za-z0-9_-]{40,}/g) ?? []
  })
  expect(held.length).toBeGreaterThanOrEqual(4)
  expect(new Set(held).size).toBe(held.length)
  for (const secret of held) expect(new Set(secret).size).toBeGreaterThan(16)
  expect(product.words()).not.toContain(product.operatorKey())
})

test('nobody comes in without the link', async () => {
  for (const { name, endpoint } of every) {
    if (endpoint.who.anyone) continue
    const path = `${product.url}/api${endpoint.get ?? endpoint.post}`
    for (const token of ['', 'admin', 'x'.repeat(43)]) {
      const headers = token ? { authorization: `Bearer ${token}` } : {}
      const method = endpoint.get ? 'GET' : 'POST'
      const answer = await ask(method, path, { headers, ...(endpoint.get ? {} : { body: {} }) })
      expect([name, answer.status]).toEqual([name, 401])
    }
  }
  for (const secret of ['admin', 'owner', 'x'.repeat(43)]) {
    const answer = await ask('POST', `${product.url}/in/${secret}`)
    expect(answer.status).toBe(410)
    expect(answer.headers['set-cookie']?.toString() ?? '').not.toMatch(/lilong=/)
  }
  const page = await ask('GET', `${product.url}/sign-in`)
  expect(page.status).toBe(200)
  expect(page.text).not.toMatch(/sign-in-link|值班长/)
})

test('the link opens the guide once; another one is made while nobody is there', async () => {
  const made = lilong('owner', 'link')
  expect(made.code).toBe(0)
  // The printed one ended with it.
  expect((await ask('POST', linkOf(product.words()))).status).toBe(410)
  const link = linkOf(made.said)
  const opened = await ask('POST', link)
  expect([opened.status, opened.headers['location']]).toEqual([303, '/begin'])
  expect((await ask('POST', link)).status).toBe(410)
  const cookies = [opened.headers['set-cookie'] ?? []].flat()
  for (const cookie of cookies) expect(cookie).toMatch(/HttpOnly; SameSite=Lax/)
  const cookie = cookies.map((each) => each.split(';')[0]).join('; ')
  const begun = await ask('POST', `${product.url}/api/identity/begin`, {
    headers: { cookie },
    body: { street: '310104011', name: '赵明', phone: '13911112222' },
  })
  expect(begun.status).toBe(200)
  const late = lilong('owner', 'link')
  expect(late.code).not.toBe(0)
  const anew = lilong('owner', 'link', '--as', '赵明')
  expect([anew.code, linkOf(anew.said)]).toEqual([0, expect.stringContaining('/in/')])
})
