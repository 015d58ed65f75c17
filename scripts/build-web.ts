/** Builds the pages: client bundles with a manifest, one server bundle. Run as a child process. */

import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const root = resolve(import.meta.dirname, '..')
const stampName = 'stamp'

/** Residents' phones run web views as old as Chromium 87. */
const target = 'chrome87'

/** What every living page stands on: packed in one piece it is smaller than in a dozen. */
const base = new RegExp(
  [
    'node_modules/(preact|@preact)/',
    'web/shell/(call|live|shared-stream|shell|start|strips|wire|words)\\.tsx?$',
    'web/ui/(badge|button|card|icon|state)\\.tsx$',
    'web/words/format\\.ts$',
  ].join('|'),
)

/** What the pages are made from; types taken from elsewhere leave nothing in them. */
const sources = ['web', 'src/kernel', 'package-lock.json', 'scripts/build-web.ts']

/**
 * Builds into `outDir`: `client/` (served as it is, with `.vite/manifest.json`) and
 * `server/server.js`. Does nothing when `outDir` was built from the same sources. Whoever reads
 * `outDir` meanwhile sees the old build or the new one, never half of one.
 */
export async function buildWeb(given: { outDir: string }): Promise<void> {
  const outDir = resolve(given.outDir)
  const stamp = await stampOf(sources)
  if ((await stampIn(outDir)) === stamp) return
  const half = `${outDir}.${randomBytes(4).toString('hex')}.half`
  try {
    await bundle(half)
    await writeFile(join(half, stampName), stamp)
    await putInPlace(half, outDir, stamp)
  } finally {
    await rm(half, { recursive: true, force: true })
  }
}

async function bundle(outDir: string): Promise<void> {
  // Loaded only when there is something to build: importing Vite takes most of a second.
  const { build } = await import('vite')
  const common = {
    root,
    configFile: false as const,
    publicDir: join(root, 'web/public'),
    logLevel: 'warn' as const,
    // Said, so that the tests look at the pages that are served: without it they would get others.
    oxc: {
      jsx: { runtime: 'automatic' as const, importSource: 'preact', development: false },
    },
  }
  await build({
    ...common,
    build: {
      target,
      outDir: join(outDir, 'client'),
      emptyOutDir: true,
      manifest: true,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // The drawing library of the centre is one large piece, which no other page loads.
      chunkSizeWarningLimit: 600,
      rolldownOptions: {
        input: await clientEntries(),
        output: {
          codeSplitting: {
            groups: [
              // What brings other pieces: pages that need no script load this one and not the base.
              { name: 'preload', test: /vite\/preload-helper/, priority: 1 },
              { name: 'base', test: base },
            ],
          },
        },
      },
    },
  })
  await build({
    ...common,
    publicDir: false,
    build: {
      target,
      outDir: join(outDir, 'client'),
      emptyOutDir: false,
      // Its address says for which pages it works, so it never changes.
      rolldownOptions: {
        input: join(root, 'web/worker/worker.ts'),
        output: { format: 'iife', entryFileNames: 'worker.js' },
      },
    },
  })
  await build({
    ...common,
    publicDir: false,
    // everything inside, so that the bundle runs from any folder and icons are shaken out
    ssr: { noExternal: true },
    build: {
      ssr: join(root, 'web/server.tsx'),
      outDir: join(outDir, 'server'),
      emptyOutDir: true,
      minify: false,
    },
  })
}

/** Each folder of `web` that has a `browser.tsx` is a front door with its own bundle. */
async function clientEntries(): Promise<string[]> {
  const folders = (await readdir(join(root, 'web'))).toSorted()
  return folders
    .map((folder) => join(root, 'web', folder, 'browser.tsx'))
    .filter((entry) => existsSync(entry))
}

/** Another process may build at the same time: whoever comes second finds its work done. */
async function putInPlace(half: string, outDir: string, stamp: string): Promise<void> {
  await mkdir(dirname(outDir), { recursive: true })
  const old = `${half}.old`
  for (let tries = 0; tries < 20; tries++) {
    if ((await stampIn(outDir)) === stamp) return
    await rename(outDir, old).catch(unless('ENOENT'))
    const done = await rename(half, outDir).then(() => true, unless('ENOTEMPTY', 'EEXIST'))
    await rm(old, { recursive: true, force: true })
    if (done) return
  }
  throw new Error(`could not put the web build into ${basename(outDir)}: others keep writing there`)
}

function unless(...codes: string[]) {
  return (error: NodeJS.ErrnoException): undefined => {
    if (!codes.includes(error.code ?? '')) throw error
    return undefined
  }
}

async function stampIn(outDir: string): Promise<string | undefined> {
  return readFile(join(outDir, stampName), 'utf8').catch(unless('ENOENT', 'ENOTDIR'))
}

/** SHA-256 over the names and contents of all source files, tests left out. */
async function stampOf(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(target)
  for (const path of paths) {
    for (const file of await filesUnder(join(root, path))) {
      hash.update(`\0${relative(root, file)}\0`).update(await readFile(file))
    }
  }
  return hash.digest('hex')
}

async function filesUnder(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(
    unless('ENOTDIR'),
  )
  if (!entries) return [path]
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { out: { type: 'string' } } })
  if (values.out === undefined) {
    process.stderr.write('usage: node scripts/build-web.ts --out DIR\n')
    process.exitCode = 2
  } else {
    await buildWeb({ outDir: values.out })
  }
}
