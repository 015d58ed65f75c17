import { mkdtempSync, rmSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { entry as en } from '../../web/words/en/entry.ts'
import { entry as zh } from '../../web/words/zh-CN/entry.ts'
import { openJar, type Jar } from '../rig/jar.ts'
import { pagesDir } from '../rig/pages.ts'
import { openStreets, type Streets } from '../rig/streets.ts'

let town: Streets
const folder = mkdtempSync(join(tmpdir(), 'lilong-flood-'))
const outboxFile = join(folder, 'outbox.jsonl')

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  writeFileSync(outboxFile, '')
  town = await openStreets({
    distDir: pagesDir,
    ways: {
      ...{ pushSecret: 'x'.repeat(43), isPushRehearsed: true, pushContact: 'mailto:a@b.example' },
      ...{ sms: null, wecom: null, voice: null, quiet: null, outboxFile },
    },
  })
})
afterAll(async () => {
  await town[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

const sent = () => readFileSync(outboxFile, 'utf8').split('"sign-in-code"').length - 1

/** The form of the sign-in page, pressed; then whatever page the browser is led to. */
async function press(jar: Jar, phone: string, language: 'zh-CN' | 'en'): Promise<string> {
  await jar.send('GET', `/sign-in?language=${language}`)
  const answer = await jar.send('POST', '/sign-in/code', {
    body: new URLSearchParams({ phone }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  const to = answer.headers.get('location')
  return (to ? await jar.send('GET', to) : answer).text()
}

test.each([
  ['zh-CN', zh],
  ['en', en],
] as const)(
  'who floods a telephone is told on the page how long to wait: %s',
  async (language, words) => {
    const phone = language === 'en' ? '13812340001' : '13812340002'
    const before = sent()
    const first = await press(
      openJar(() => town.program.url),
      phone,
      language,
    )
    expect(first).not.toContain(words.wait(60_000))
    await expect.poll(sent).toBe(before + 1)
    // From wherever they ask: the telephone is what is spared.
    for (let n = 0; n < 5; n++) {
      expect(
        await press(
          openJar(() => town.program.url),
          phone,
          language,
        ),
      ).toContain(words.wait(60_000))
    }
    town.clock.set({ at: town.clock.now() + 30_000 })
    expect(
      await press(
        openJar(() => town.program.url),
        phone,
        language,
      ),
    ).toContain(words.wait(30_000))
    expect(sent()).toBe(before + 1)
  },
)

test.each([
  ['zh-CN', zh],
  ['en', en],
] as const)(
  'who cannot be sent a code any more today is told what goes on meanwhile: %s',
  async (language, words) => {
    const phone = language === 'en' ? '13812340003' : '13812340004'
    const ask = () =>
      press(
        openJar(() => town.program.url),
        phone,
        language,
      )
    for (let n = 0; n < 10; n++) {
      town.clock.set({ at: town.clock.now() + 15 * 60_000 })
      expect(await ask()).not.toContain(words.meanwhile)
    }
    town.clock.set({ at: town.clock.now() + 3_600_000 })
    const page = await ask()
    expect(page).toContain(words.meanwhile)
    expect(page).toContain(words.wait(24 * 3_600_000 - 9 * 15 * 60_000 - 3_600_000).trim())
  },
)
