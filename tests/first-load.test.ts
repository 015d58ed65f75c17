import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../scripts/build-web.ts'
import { residentPages } from '../web/resident/pages.tsx'
import { languages } from '../web/words/index.ts'
import { pagesDir } from './rig/pages.ts'

type Chunk = { file: string; imports?: string[]; dynamicImports?: string[]; src?: string }

let manifest: Record<string, Chunk>
const dir = join(pagesDir, 'client')

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  manifest = JSON.parse(readFileSync(join(dir, '.vite/manifest.json'), 'utf8'))
})

/** Bytes of script, packed as they travel, of these parts and all that they stand on. */
function packed(parts: readonly string[]): number {
  const files = new Set<string>()
  const visit = (name: string) => {
    const chunk = manifest[name]
    if (!chunk) throw new Error(`the build has no ${name}`)
    if (files.has(chunk.file)) return
    files.add(chunk.file)
    for (const other of chunk.imports ?? []) visit(other)
  }
  for (const part of parts) visit(part)
  const sizes = [...files].map((file) => gzipSync(readFileSync(join(dir, file))).length)
  return sizes.reduce((sum, size) => sum + size, 0)
}

const partOfPath: Readonly<Record<string, string>> = {
  '/home': 'home-page',
  '/visitors': 'visitors-page',
  '/report': 'report-page',
  '/helpers': 'acting-page',
  '/my-home': 'my-home-page',
  '/my-data': 'my-data-page',
  '/care': 'care-page',
  '/consents': 'consents-page',
  '/care/looks': 'looks-page',
}

/** Words that one page alone needs. */
const moreWords: Readonly<Record<string, readonly string[]>> = {
  '/visitors': ['visitors'],
  '/report': ['reporting'],
  '/helpers': ['acting-for'],
  '/my-home': ['my-home'],
  '/care': ['caring'],
  '/care/looks': ['book'],
  '/consents': ['consents', 'terms'],
  '/my-data': ['own-data'],
}

/**
 * A slow telephone on a slow line: the page is read before, and this brings it to life. 40 KB is
 * wanted; it never grows.
 */
const bytesMax = 46_000

test.each(languages)(
  'a resident’s telephone loads the page it opens and no other: %s',
  (language) => {
    const [common = ''] = Object.keys(manifest).filter((name) => name.startsWith(`_${language}-`))
    const words = [common, `web/words/${language}/resident.ts`]
    const sizes = residentPages.map(({ path }) => {
      const parts = ['web/resident/browser.tsx', `web/resident/${partOfPath[path]}.tsx`]
      const own = (moreWords[path] ?? []).map((more) => `web/words/${language}/${more}.ts`)
      return { path, bytes: packed([...parts, ...words, ...own]) }
    })
    expect(sizes.filter(({ bytes }) => bytes > bytesMax)).toEqual([])
    expect(sizes).toHaveLength(residentPages.length)
  },
)
