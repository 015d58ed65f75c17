import { join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'
import { inject } from 'vitest'
import './template.ts'

/**
 * A real browser with its web security on: the unpacking package's own arguments would switch it
 * off.
 * The caller closes it, or says `await using`.
 */
export function openBrowser(): Promise<Browser> {
  const shelf = inject('shelf')
  return chromium.launch({
    executablePath: join(shelf, 'chromium'),
    headless: true,
    args: ['--no-sandbox', '--font-render-hinting=none'],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(shelf, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(shelf, 'fonts.conf'),
    },
  })
}
