import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { every } from '../rig/contracts.ts'
import { pagesDir } from '../rig/pages.ts'
import { openStreets, type Streets } from '../rig/streets.ts'
import { asked, headerOf } from './raw.ts'

let town: Streets
let url: string

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  town = await openStreets({ distDir: pagesDir })
  url = town.program.url
})
afterAll(() => town[Symbol.asyncDispose]())

/** What only files outside the pages' folder hold. */
const secrets = [
  readFileSync('package.json', 'utf8').slice(0, 40),
  '"web/server.tsx"',
  'root:x:0:',
  'isEntry',
  'export {',
]

const up = ['..', '%2e%2e', '.%2e', '%2e.', '..%00', '%c0%ae%c0%ae', '..%5c', '..\\', '%252e%252e']
const outside = up.flatMap((step) => [
  `/${step}/${step}/package.json`,
  `/assets/${step}/${step}/${step}/package.json`,
  `/assets/${step}/.vite/manifest.json`,
  `/assets/${step}/${step}/server/server.js`,
  `/assets/${step}%2f${step}%2fserver%2fserver.js`,
  `/assets/${step}%5c${step}%5cserver%5cserver.js`,
])

describe('no path leaves the folder of the pages', () => {
  test.each([
    ...outside,
    ...['/.vite/manifest.json', '/%2evite/manifest.json', '/./.vite/manifest.json'],
    ...['//etc/passwd', '/%2fetc%2fpasswd', '/assets//etc/passwd', '/assets/%2fetc%2fpasswd'],
    ...['/assets/%00', '/assets/index.js%00.css', '/%00', '/assets/%ff', '/%', '/%zz', '/assets/%'],
    ...['/C:\\windows\\win.ini', '/file:///etc/passwd', '/assets', '/assets/', '/.', '/..'],
    ...['/server/server.js', '/client/.vite/manifest.json', '/.git/config', '/.env'],
    ...['/package.json', '/owner.secret', '/keys.json', '/.lilong/data/keys.json'],
  ])('%s', async (path) => {
    const heard = await asked(url, `GET ${path}`)
    expect(heard.status).toBeGreaterThanOrEqual(300)
    expect(heard.status).toBeLessThan(500)
    for (const secret of secrets) expect(heard.body).not.toContain(secret)
  })

  test('an address with a host of its own is no way in or out', async () => {
    for (const target of ['http://evil.example/', `${url}/sign-in`, 'evil.example:80', '*']) {
      const heard = await asked(url, `GET ${target}`)
      // As if the path alone stood there.
      expect([200, 302, 400, 404]).toContain(heard.status)
      expect(headerOf(heard, 'location') ?? '/').toMatch(/^\/(?![/\\])/)
    }
  })
})

test('an endpoint has one address, and no other spelling reaches it', async () => {
  const { worker } = town.a
  for (const { endpoint } of every) {
    const path = endpoint.get ?? endpoint.post
    const method = endpoint.get ? 'GET' : 'POST'
    const spellings = [
      `/API${path}`,
      `/api${path.toUpperCase()}`,
      `/api${path}/`,
      `/api/${path}`,
      `//api${path}`,
      `/api${path.replace(/\/(?=[^/]*$)/, '%2f')}`,
      `/api%2f${path.slice(1)}`,
      `/api${path};a=b`,
      `/api${path}%00`,
      `/api${path}.json`,
      `/api/.${path}`,
      `/api/x/..${path}`,
    ]
    for (const spelling of spellings) {
      const body = method === 'GET' ? [] : ['Content-Type: application/json', 'Content-Length: 2']
      const heard = await asked(
        url,
        `${method} ${spelling}`,
        [`Authorization: Bearer ${worker.token}`, ...body],
        method === 'GET' ? '' : '{}',
      )
      expect({ spelling, status: heard.status }).toEqual({ spelling, status: 404 })
    }
  }
})
