// Whether this machine can run the program, and with which Node. Plain JavaScript: it is asked
// before anything is installed.
import { readFileSync } from 'node:fs'

/** The oldest Node that can install for us, and the oldest that can run us without our own. */
const installingMajor = 18
const runningMajor = 24

/**
 * Node and PostgreSQL come along for Linux with glibc on x64 and arm64. Elsewhere the program needs
 * the machine's own Node, and an outside database.
 * @param {{ platform: string, arch: string, isMusl: boolean, node: string,
 *   databaseUrl?: string }} here
 * @returns {{ node: 'ours' | 'yours' } | { refused: string }}
 */
export function placeToRun({ platform, arch, isMusl, node, databaseUrl }) {
  const major = Number.parseInt(node, 10)
  if (major < installingMajor) return { refused: tooOld(node, installingMajor) }
  const comesAlong = platform === 'linux' && ['x64', 'arm64'].includes(arch) && !isMusl
  if (comesAlong) return { node: 'ours' }
  const here = isMusl ? `${platform} ${arch} (musl)` : `${platform} ${arch}`
  if (!databaseUrl) return { refused: nothingComesAlong(here) }
  return major < runningMajor ? { refused: tooOld(node, runningMajor) } : { node: 'yours' }
}

/** Alpine's C library: our Node and PostgreSQL are built for glibc. */
export function runsOnMusl() {
  try {
    return /\/(ld-musl|libc\.musl)-/.test(readFileSync('/proc/self/maps', 'utf8'))
  } catch {
    return false
  }
}

function nothingComesAlong(here) {
  return (
    `里弄自带的数据库只能在 Linux（x64 或 arm64，glibc）上运行；这台机器是 ${here}。可以用 Linux 虚拟机或容器，也可以用 LILONG_DATABASE_URL 指定一个 PostgreSQL 15 以上的数据库。\n` +
    `The database that comes with Lilong runs on Linux (x64 or arm64, glibc) only; this machine is ${here}. A Linux virtual machine or container will do, or name a PostgreSQL 15 or newer in LILONG_DATABASE_URL.`
  )
}

function tooOld(node, major) {
  return (
    `Node ${node} 太旧，这里需要 ${major} 或更新的版本。\n` +
    `Node ${node} is too old: ${major} or newer is needed here.`
  )
}
