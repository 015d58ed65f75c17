import { expect, test } from 'vitest'
import { hasRisen, isAt, nameFrom, siteOf } from './decide.ts'

test.each([
  ['https://lilong.example', { id: 'lilong.example', origin: 'https://lilong.example' }],
  ['https://lilong.example:8443', { id: 'lilong.example', origin: 'https://lilong.example:8443' }],
  ['http://127.0.0.1:8080', { id: 'localhost', origin: 'http://localhost:8080' }],
  ['http://[::1]:8080', { id: 'localhost', origin: 'http://localhost:8080' }],
  ['http://localhost:8080', { id: 'localhost', origin: 'http://localhost:8080' }],
  ['https://192.168.1.5', null],
  ['https://[2001:db8::5]', null],
])('passkeys of %s belong to a name', (publicUrl, site) => {
  expect(siteOf(publicUrl)).toEqual(site)
})

test('a browser stands at the site by its host and port', () => {
  const site = siteOf('http://127.0.0.1:8080')!
  expect(isAt(site, 'localhost:8080')).toBe(true)
  expect(isAt(site, 'LOCALHOST:8080')).toBe(true)
  for (const host of ['127.0.0.1:8080', 'localhost', 'localhost:8081', 'evil.example', '']) {
    expect(isAt(site, host)).toBe(false)
  }
})

test('a counter rises, or is not kept at all', () => {
  expect([hasRisen(0, 0), hasRisen(0, 1), hasRisen(7, 8)]).toEqual([true, true, true])
  expect([hasRisen(7, 7), hasRisen(7, 6), hasRisen(7, 0)]).toEqual([false, false, false])
})

test('what a browser calls itself becomes one of a few words', () => {
  expect(nameFrom('Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X)')).toBe('phone')
  expect(nameFrom('Mozilla/5.0 (Windows NT 10.0; Win64; x64)')).toBe('computer')
  expect(nameFrom('<script>')).toBe('other')
})
