import { expect, test } from 'vitest'
import { residentPages } from './pages.tsx'
import { partOf, parts } from './parts.ts'

test('every page of a resident comes to life by a part of its own', async () => {
  expect(Object.keys(parts).toSorted()).toEqual(residentPages.map(({ path }) => path).toSorted())
  for (const { path, show } of residentPages) expect(await partOf(path), path).toBe(show)
})

test('what is no page has no part', () => {
  for (const path of ['/', '/desk', '/care/', 'constructor', '__proto__']) {
    expect(partOf(path)).toBe(undefined)
  }
})
