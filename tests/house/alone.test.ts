import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { allFiles, type Source } from './sources.ts'

// Built from parts, so that this file does not break its own rule.
const place = new RegExp(
  `(?<![\\w.:/])/(${['wo' + 'rk', 'ho' + 'me', 'ro' + 'ot', 'Us' + 'ers', 'fa' + 'rm'].join('|')})/\\w|(\\.\\./)+sha` +
    'red/',
)

/** The project speaks of itself alone: what one machine has, another has not. */
function placesNamed({ path, text }: Source): string[] {
  return text.split('\n').flatMap((line, at) => {
    const found = place.exec(line)
    if (!found) return []
    return `${path}:${at + 1} names ${found[0]}, a place on one machine; copy what is needed into the project`
  })
}

test('nothing names a place on one machine', () => {
  expect(allFiles().flatMap(placesNamed)).toEqual([])
})

test.each([`cat /${'wo'}rk/main/x`, `'/${'ho'}me/me/x'`, `read('../../sha${'red'}/data/x.json')`])(
  'found: %s',
  (text) => {
    expect(placesNamed({ path: 'src/a.ts', text })).toHaveLength(1)
  },
)

test.each(["get: '/identity/me'", "await page.goto('/work')", 'https://example.org/home/x'])(
  'and let be: %s',
  (text) => {
    expect(placesNamed({ path: 'src/a.ts', text })).toEqual([])
  },
)

test('the lockfile names no registry, holds every checksum, and versions are exact', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock
  const entries = Object.entries(lock.packages).filter(([path]) => path !== '')
  expect(entries.filter(([, entry]) => entry.resolved !== undefined)).toEqual([])
  expect(entries.filter(([, entry]) => !entry.integrity).map(([path]) => path)).toEqual([])
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest
  const asked = { ...manifest.dependencies, ...manifest.devDependencies }
  const all = Object.entries({ ...asked, ...manifest.optionalDependencies })
  expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
})

test('every npm script begins with exec, or a SIGTERM leaves the town running', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest
  const others = Object.values(scripts).filter((line) => !line.startsWith('exec node scripts/run'))
  expect(others).toEqual([])
})

type Lock = { packages: Record<string, { resolved?: string; integrity?: string }> }
type Versions = Record<string, string>
type Manifest = {
  scripts: Versions
  dependencies: Versions
  devDependencies: Versions
  optionalDependencies: Versions
}
