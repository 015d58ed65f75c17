import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Installs what the lockfile in `from` names into `home`, once; false where it cannot. */
export function installPeer(what: string, from: string, home: string): boolean {
  const lock = readFileSync(join(from, 'package-lock.json'))
  const stamp = join(home, 'installed')
  const sum = createHash('sha256').update(lock).digest('hex')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sum) return true
  console.error(`Installing ${what} for the comparison …`)
  try {
    mkdirSync(home, { recursive: true })
    for (const name of ['package.json', 'package-lock.json']) {
      copyFileSync(join(from, name), join(home, name))
    }
    const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
    execFileSync('npm', words, { cwd: home, stdio: ['ignore', 'ignore', 'inherit'] })
    writeFileSync(stamp, sum)
    return true
  } catch {
    console.error(`not run: ${what} could not be installed`)
    return false
  }
}
