import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assetsOf, type Manifest } from '../web/shell/page.ts'
import { buildWeb } from './build-web.ts'

let place = ''
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), 'lilong-web-'))
})
afterAll(() => rm(place, { recursive: true, force: true }))

test('two builds at once leave one whole build and nothing else', async () => {
  const outDir = join(place, 'dist')
  await Promise.all([buildWeb({ outDir }), buildWeb({ outDir })])
  expect(await readdir(place)).toEqual(['dist'])
  const manifest = JSON.parse(
    await readFile(join(outDir, 'client/.vite/manifest.json'), 'utf8'),
  ) as Manifest
  const assets = assetsOf(manifest, 'web/ui/browser.tsx')
  for (const file of [...assets.scripts, ...assets.preloads, ...assets.styles]) {
    expect((await stat(join(outDir, 'client', file))).size).toBeGreaterThan(0)
  }
  const server = (await import(pathToFileURL(join(outDir, 'server/server.js')).href)) as {
    renderGallery: (page: object) => string
  }
  const html = server.renderGallery({ language: 'en', view: 'elder', assets })
  expect(html).toContain('<html lang="en" data-view="elder">')
})

test('an agreeing build is left alone, another one is replaced', async () => {
  const outDir = join(place, 'dist')
  const before = await stat(outDir)
  await buildWeb({ outDir })
  expect((await stat(outDir)).ino).toBe(before.ino)
  await writeFile(join(outDir, 'stamp'), 'another')
  await writeFile(join(outDir, 'left-over'), '')
  await buildWeb({ outDir })
  expect((await stat(outDir)).ino).not.toBe(before.ino)
  expect((await readdir(outDir)).toSorted()).toEqual(['client', 'server', 'stamp'])
})

test('styles stay within what Chromium 87 reads', async () => {
  const assets = join(place, 'dist/client/assets')
  const styles = (await readdir(assets)).filter((name) => name.endsWith('.css'))
  expect(styles.length).toBeGreaterThan(0)
  for (const name of styles) {
    const css = await readFile(join(assets, name), 'utf8')
    const newer = /:has\(|:is\(|:where\(|color-mix\(|@layer|@container|aspect-ratio:|\d[dsl]vh|&\s/
    expect(css).not.toMatch(newer)
  }
})
