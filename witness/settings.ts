import { resolve } from 'node:path'

export type Settings = {
  dir: string
  port: number
  bind: string
  /** Names of the installations whose heads are kept; nobody else's are. */
  allowed: readonly string[]
}

/** What whoever runs it has to mend, in both languages. */
export class SettingsError extends Error {
  readonly zh: string

  constructor(zh: string, en: string) {
    super(en)
    this.zh = zh
  }
}

const installationsMax = 100

export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const port = env['LILONG_WITNESS_PORT']?.trim() || '8090'
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new SettingsError(
      'LILONG_WITNESS_PORT 要写 0 到 65535 的整数。',
      'LILONG_WITNESS_PORT takes a whole number from 0 to 65535.',
    )
  }
  const dir = resolve(env['LILONG_WITNESS_DIR']?.trim() || '.lilong/witness')
  const bind = env['LILONG_WITNESS_BIND']?.trim() || '127.0.0.1'
  return { dir, port: Number(port), bind, allowed: namesIn(env['LILONG_WITNESS_ALLOW'] ?? '') }
}

function namesIn(given: string): readonly string[] {
  const names = given.split(/[\s,]+/).filter((name) => name !== '')
  const isSound = names.every((name) => /^[0-9a-f]{32}$/.test(name))
  if (isSound && names.length > 0 && names.length <= installationsMax) return names
  throw new SettingsError(
    `LILONG_WITNESS_ALLOW 要写让它见证的安装的名称，最多 ${installationsMax} 个，用逗号隔开。名称由那里的 npm run lilong -- book key 给出。`,
    `LILONG_WITNESS_ALLOW takes the names of the installations to be witnessed, ${installationsMax} at most, with commas between. There, npm run lilong -- book key says the name.`,
  )
}
