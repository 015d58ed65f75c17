/**
 * `npm run witness`: keeps what installations of Lilong say of their books, somewhere else. Needs
 * Node 24 and a folder: `node witness/main.ts` runs it without anything installed. Holds nothing
 * about anybody.
 */
import { readSettings, SettingsError } from './settings.ts'
import { openWitness } from './server.ts'

try {
  const settings = readSettings(process.env)
  const witness = await openWitness({ ...settings, now: () => Date.now() })
  console.log(`见证在 · The witness is at ${witness.url}`)
  console.log(`它的公钥 · its key  ${witness.key}`)
  console.log(`见证的安装 · installations  ${settings.allowed.length}`)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => void witness[Symbol.asyncDispose]().then(() => process.exit(0)))
  }
} catch (error) {
  if (!(error instanceof SettingsError)) throw error
  console.error(`${error.zh}\n${error.message}`)
  process.exitCode = 1
}
