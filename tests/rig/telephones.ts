import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Answer } from './program.ts'
import { openJar, type Jar } from './jar.ts'
import { openProvider, type RigProvider } from './provider.ts'
import { openStreets, type Streets } from './streets.ts'

type StreetsWish = NonNullable<Parameters<typeof openStreets>[0]>

/** Two streets, a provider of messages, and browsers that sign in by telephone. */
export type Telephones = AsyncDisposable & {
  town: Streets
  provider: RigProvider
  /** A browser that nobody has used. */
  browser(userAgent?: string): Jar
  /** The newest code that went to that telephone, once so many went there. */
  codeOf(phone: string, count?: number): Promise<string>
  ask(jar: Jar, phone: string): Promise<Answer>
  use(jar: Jar, phone: string, code: string): Promise<Answer>
  /** Asks for a code, reads it and enters it. */
  signIn(phone: string, jar?: Jar): Promise<Jar>
}

export async function openTelephones(wish: StreetsWish = {}): Promise<Telephones> {
  const provider = await openProvider()
  const folder = mkdtempSync(join(tmpdir(), 'lilong-telephones-'))
  const town = await openStreets({
    ...wish,
    ways: {
      ...{ pushSecret: randomBytes(32).toString('base64url'), isPushRehearsed: true },
      ...{ pushContact: 'mailto:street@lilong.example', wecom: null, voice: null, quiet: null },
      ...{ sms: { url: provider.url, secret: 'of a test' } },
      outboxFile: join(folder, 'outbox.jsonl'),
    },
  })
  const sentTo = (phone: string) =>
    provider.asked.filter(({ body }) => body.says === 'sign-in-code' && body.phone === phone)
  const browser = (userAgent?: string) => openJar(() => town.program.url, userAgent)
  const ask: Telephones['ask'] = (jar, phone) => jar.post('/api/identity/codes', { phone })
  const use: Telephones['use'] = (jar, phone, code) =>
    jar.post('/api/identity/codes/use', { phone, code })
  const arrived = async (phone: string, count: number): Promise<string> => {
    for (let tries = 0; tries < 500; tries++) {
      const sent = sentTo(phone)
      if (sent.length >= count) return sent.at(-1)?.body.code
      await new Promise((done) => setTimeout(done, 10))
    }
    throw new Error('no code arrived')
  }
  return {
    ...{ town, provider, browser, ask, use },
    codeOf: (phone, count = 1) => arrived(phone, count),
    async signIn(phone, jar = browser()) {
      const before = sentTo(phone).length
      const asked = await ask(jar, phone)
      if (asked.status !== 200) throw new Error(JSON.stringify(asked))
      const used = await use(jar, phone, await arrived(phone, before + 1))
      if (used.status !== 200) throw new Error(JSON.stringify(used))
      return jar
    },
    async [Symbol.asyncDispose]() {
      await town[Symbol.asyncDispose]()
      await provider[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true })
    },
  }
}
