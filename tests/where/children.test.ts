import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test, vi } from 'vitest'
import { startProduct } from '../rig/started.ts'

// A town is opened here.
vi.setConfig({ testTimeout: 300_000 })

const folder = mkdtempSync(join(tmpdir(), 'lilong-children-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const secrets = {
  ...{ LILONG_SMS_URL: 'https://sms.example/send', LILONG_SMS_SECRET: 'canary-of-sms' },
  ...{ LILONG_OIDC_URL: 'https://id.example', LILONG_OIDC_ID: 'lilong' },
  ...{ LILONG_OIDC_SECRET: 'canary-of-oidc', SOME_KEY_OF_ANOTHER_PROGRAM: 'canary-of-another' },
}

test('no child of the program is given a secret of its settings', async () => {
  const dataDir = join(folder, 'data')
  const seen = new Map<string, string>()
  const isOurs = (parent: string) => {
    return of(parent, 'cmdline').includes('src/main.ts') && of(parent, 'environ').includes(dataDir)
  }
  const looking = setInterval(() => {
    for (const pid of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
      const [, parent = ''] = /^PPid:\s+(\d+)$/m.exec(of(pid, 'status')) ?? []
      if (!/^\d+$/.test(parent) || !isOurs(parent)) continue
      const [, name = ''] =
        /([\w-]+(?:\/main)?\.ts|postgres|initdb)\0/.exec(of(pid, 'cmdline')) ?? []
      // Between fork and exec it is still its parent.
      if (name !== '' && name !== 'src/main.ts') seen.set(name, of(pid, 'environ'))
    }
  }, 20)
  try {
    await using town = await startProduct(dataDir, secrets)
    expect(of(String(town.pid), 'environ')).toContain('canary-of-sms')
    await expect.poll(() => [...seen.keys()]).toContain('simulator/main.ts')
  } finally {
    clearInterval(looking)
  }
  expect([...seen.keys()]).toContain('build-web.ts')
  for (const [name, environ] of seen) {
    expect(environ, name).not.toMatch(/canary|LILONG_(?!DATA_DIR=)/)
    expect(environ, name).toContain('PATH=')
  }
})

test('each child and each thread that the program begins is told its environment', () => {
  const begun = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const text = readFileSync(join('src', file), 'utf8')
      const found = text.matchAll(/\b(?:spawn|fork|execFile|new Worker)\((?:[^()]|\([^()]*\))*\)/g)
      return [...found].map(([call]) => ({ file, call }))
    })
  expect(begun.length).toBeGreaterThanOrEqual(5)
  for (const { file, call } of begun) expect(call, file).toMatch(/\benv\b/)
})

/** What the system says of a process; nothing of one that is gone. */
function of(pid: string, what: 'status' | 'cmdline' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8')
  } catch {
    return ''
  }
}
