import { createRequire } from 'node:module'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import chromium, { inflate } from '@sparticuz/chromium'
import { convert } from 'fontverter'

const chineseFont = 'tests/fonts/NotoSansSC-400.woff2'

/**
 * The browser of the tests, unpacked once a version into a folder of our own, and that folder.
 * The package itself would use whatever already lies in the machine's temporary folder.
 */
export async function unpackBrowser(): Promise<string> {
  const home = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..')
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Manifest
  const shelf = resolve('.lilong/shelf', `chromium-${version}`)
  if (existsSync(shelf)) return shelf
  const half = `${shelf}.half-${process.pid}`
  mkdirSync(half, { recursive: true })
  await inFolder(half, async () => {
    await chromium.executablePath()
    await inflate(join(home, 'bin', 'al2023.tar.br'))
  })
  await layFonts(half, shelf)
  putOnShelf(half, shelf)
  return shelf
}
type Manifest = { version: string }

/** The package unpacks to the temporary folder and offers no other way to say where. */
async function inFolder(folder: string, work: () => Promise<void>): Promise<void> {
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  try {
    await work()
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}

/**
 * Two fonts and no others, so that every machine draws the same picture; a .woff2 is ignored
 * here.
 */
async function layFonts(half: string, shelf: string): Promise<void> {
  const ttf = await convert(readFileSync(chineseFont), 'truetype')
  writeFileSync(join(half, 'fonts', 'NotoSansSC-400.ttf'), ttf)
  writeFileSync(
    join(half, 'fonts.conf'),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${shelf}/fonts</dir>
  <cachedir>${shelf}/font-cache</cachedir>
</fontconfig>
`,
  )
}

/**
 * By name in one step, so that no half-written browser is ever used; somebody else's is as good.
 */
function putOnShelf(half: string, shelf: string): void {
  try {
    renameSync(half, shelf)
  } catch (why) {
    if (!existsSync(shelf)) throw why
    rmSync(half, { recursive: true, force: true })
  }
}
