import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { pagesDir } from '../rig/pages.ts'
import { operatorKey } from '../rig/program.ts'
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

const evil = [
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '\\\\evil.example',
  '/%09/evil.example',
  '/%2f%2fevil.example',
  '/%5cevil.example',
  'javascript:alert(1)',
  'data:text/html,x',
  '/.evil.example',
  '@evil.example',
]

/** A browser that reads this stays with us. */
function staysHere(location: string | undefined): boolean {
  if (location === undefined) return true
  return new URL(location, 'http://ours.example/a/b').host === 'ours.example'
}

const names = ['to', 'next', 'url', 'return', 'returnTo', 'redirect', 'redirect_uri', 'continue']

test.each(['/', '/sign-in', '/in/x', '/answer/x', '/desk', '/care', '/in/oidc', '/in/oidc/begin'])(
  'from %s nobody is led to another site, whatever field or host asks for it',
  async (path) => {
    for (const place of evil) {
      const query = names.map((name) => `${name}=${encodeURIComponent(place)}`).join('&')
      for (const choice of ['', '&language=en', '&view=elder']) {
        for (const header of [
          'X-Lilong: 1',
          'Host: evil.example',
          'Referer: https://evil.example/',
        ]) {
          const heard = await asked(url, `GET ${path}?${query}${choice}`, [header])
          expect(heard.status).toBeLessThan(500)
          const location = headerOf(heard, 'location')
          expect({ place, location, stays: staysHere(location) }).toMatchObject({ stays: true })
        }
      }
    }
  },
)

test.each([
  ...['//evil.example/', '//evil.example/sign-in', '/\\evil.example/sign-in', '///evil.example'],
  ...[
    '/%2f/evil.example/sign-in',
    '/%5c/evil.example',
    '/sign-in//evil.example',
    '/.//evil.example',
  ],
  ...['/in/%2f%2fevil.example', '/in/%5c%5cevil.example', '/answer/https:%2f%2fevil.example'],
  ...['/;@evil.example/sign-in', '/sign-in/..//evil.example', 'http://evil.example/sign-in'],
])('a language chosen at %s leads nowhere else', async (path) => {
  for (const choice of ['language=en', 'view=elder', 'language=en&view=normal']) {
    const heard = await asked(url, `GET ${path}?${choice}`)
    expect(heard.status).toBeLessThan(500)
    const location = headerOf(heard, 'location')
    expect({ location, stays: staysHere(location) }).toMatchObject({ stays: true })
  }
})

test('signing in and out leads to one of our own pages', async () => {
  for (const place of evil) {
    const { name } = town.a.worker
    const made = await town.ask(operatorKey, 'POST', '/api/identity/links', { name })
    const query = names.map((each) => `${each}=${encodeURIComponent(place)}`).join('&')
    const type = ['Content-Type: application/x-www-form-urlencoded']
    const sent = [...type, `Content-Length: ${query.length}`]
    const path = new URL(made.url).pathname
    const inside = await asked(url, `POST ${path}?${query}`, sent, query)
    expect(inside.status).toBe(303)
    expect(headerOf(inside, 'location')).toMatch(/^\/([a-z]|$)/)
    const outside = await asked(url, `POST /sign-out?${query}`, sent, query)
    expect(headerOf(outside, 'location')).toBe('/sign-in')
  }
})

test('no page can be told to load, send or go elsewhere by its own head', async () => {
  for (const path of ['/sign-in', '/in/x', '/nowhere"><base href=//evil.example>']) {
    const { body } = await asked(url, `GET ${path.replaceAll(' ', '%20')}`)
    expect(body).not.toMatch(/<base|http-equiv|<iframe|<object|<embed/i)
    const addresses = [...body.matchAll(/\b(?:href|src|action)="([^"]*)"/g)].map(([, to]) => to)
    // Passkeys work under a name and not under a number: the same program, by its other address.
    const named = `http://localhost:${new URL(url).port}/`
    const isOurs = (to: string) => staysHere(to) || to.startsWith('tel:') || to.startsWith(named)
    expect(addresses.filter((to) => to !== undefined && !isOurs(to))).toEqual([])
  }
})
