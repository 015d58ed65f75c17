// The first thing that runs on a fresh machine: plain JavaScript for Node 18 and newer.
// It installs what the lockfile names, finds the Node that came with it, and hands over to that.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { placeToRun, runsOnMusl } from './platform.mjs'

const programs = {
  start: 'src/main.ts',
  test: 'scripts/test.ts',
  lilong: 'scripts/lilong.ts',
  bench: 'bench/main.ts',
  simulator: 'simulator/main.ts',
  tour: 'town/tour/main.ts',
  'prove:faults': 'bench/prove-faults.ts',
  'prove:scenarios': 'bench/prove-scenarios.ts',
  'prove:dispatch': 'bench/prove-dispatch.ts',
  'prove:access': 'bench/prove-access.ts',
  'prove:privacy': 'bench/prove-privacy.ts',
  'prove:asvs': 'bench/prove-asvs.ts',
  witness: 'witness/main.ts',
  soak: 'bench/soak.ts',
  check: 'scripts/check.ts',
  generate: 'scripts/generate.ts',
}

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const modules = join(root, 'node_modules')
const stamp = join(modules, '.lockfile-sha256')
const lock = join(root, '.lilong', 'install.lock')
const lockStaleMs = 60_000

class Refusal extends Error {}

try {
  await main(process.argv.slice(2))
} catch (why) {
  if (!(why instanceof Refusal)) throw why
  console.error(why.message)
  process.exitCode = 1
}

async function main([command = '', ...args]) {
  const program = programs[command]
  if (!program) throw new Refusal(unknownCommand(command))
  const node = chosenNode()
  if (!isInstalled()) await underLock(() => isInstalled() || install(node))
  handOver(node === 'ours' ? pinnedNode() : process.execPath, program, args)
}

function unknownCommand(command) {
  const known = Object.keys(programs).join(', ')
  return `没有“${command}”这个命令。可用：${known}\nThere is no command "${command}". Known: ${known}`
}

/** Which Node is to run the program: the one that comes along, or this one. */
function chosenNode() {
  const { platform, arch, env } = process
  const facts = { platform, arch, isMusl: runsOnMusl(), node: process.versions.node }
  const place = placeToRun({ ...facts, databaseUrl: env.LILONG_DATABASE_URL })
  if (place.refused) throw new Refusal(place.refused)
  return place.node
}

function lockfileHash() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
}

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfileHash()
}

/**
 * A folder is made by one process only; who waits looks again, and a dead owner's is taken away.
 */
async function underLock(work) {
  for (let isTold = false; !made(lock); isTold = true) {
    if (!isTold)
      console.error('另一个进程正在安装，等待中… · Another process is installing; waiting…')
    await new Promise((resolve) => setTimeout(resolve, 300))
    if (isStale(lock)) rmSync(lock, { recursive: true, force: true })
  }
  const alive = setInterval(() => utimesSync(lock, new Date(), new Date()), lockStaleMs / 6)
  try {
    await work()
  } finally {
    clearInterval(alive)
    rmSync(lock, { recursive: true, force: true })
  }
}

function made(dir) {
  try {
    mkdirSync(dirname(dir), { recursive: true })
    mkdirSync(dir)
    return true
  } catch (why) {
    if (why.code === 'EEXIST') return false
    throw new Refusal(
      `不能在 ${dirname(dir)} 中写入：${why.code}。请更改它的所有者。\nCannot write in ${dirname(dir)}: ${why.code}. Change its owner.`,
    )
  }
}

function isStale(dir) {
  try {
    return Date.now() - statSync(dir).mtimeMs > lockStaleMs
  } catch {
    return false
  }
}

/**
 * Node before 20.19 lets npm leave out native parts in silence; the Node that it did bring does
 * not.
 */
async function install(node) {
  console.error(
    '正在安装（约 600 MB，其中 Node 24 与 PostgreSQL 共 250 MB）… · Installing (about 600 MB, of which Node 24 and PostgreSQL 250 MB)…',
  )
  await npmCi(process.execPath)
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (node === 'ours' && (major < 20 || (major === 20 && minor < 19))) {
    const own = join(root, '.lilong', 'bin', 'node')
    mkdirSync(dirname(own), { recursive: true })
    copyFileSync(pinnedNode(), own)
    console.error('这里的 Node 较旧，用自带的再装一次… · This Node is old; once more with our own…')
    await npmCi(own)
  }
  writeFileSync(stamp, lockfileHash())
  console.error('安装完成。· Installed.')
}

/** npm itself must run under that Node: what it leaves out depends on it. */
async function npmCi(node) {
  const npm = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const [program, ...rest] = npm?.endsWith('.js') ? [node, npm, ...args] : ['npm', ...args]
  const PATH = [dirname(node), process.env.PATH].join(delimiter)
  const child = spawn(program, rest, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, PATH },
  })
  let isInterrupted = false
  const stopPassing = passSignals(child, () => (isInterrupted = true))
  const progress = showProgress()
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(127))
    child.once('close', (status) => resolve(status ?? 1))
  })
  clearInterval(progress)
  stopPassing()
  if (isInterrupted) throw new Refusal('安装被中断。· The installation was interrupted.')
  if (code !== 0) throw new Refusal(installFailed(code))
}

/** One dot a second on a terminal, a line every ten elsewhere: nobody should think it hangs. */
function showProgress() {
  let seconds = 0
  return setInterval(() => {
    seconds += 1
    if (process.stderr.isTTY) process.stderr.write(seconds % 60 === 0 ? '.\n' : '.')
    else if (seconds % 10 === 0) console.error(`… ${seconds} s`)
  }, 1000)
}

function installFailed(code) {
  return (
    `安装失败（npm 状态 ${code}）。请检查网络与磁盘空间（需要约 1.5 GB），然后再试一次；已有的数据没有改动。\n` +
    `The installation failed (npm status ${code}). Check the network and the room on the disk (about 1.5 GB), then try again; no data was touched.`
  )
}

function pinnedNode() {
  const path = join(modules, `node-linux-${process.arch}`, 'bin', 'node')
  if (existsSync(path)) return path
  throw new Refusal(
    `没有找到随附的 Node（${path}）。请删除 node_modules 再试一次。\nThe Node that comes along is missing (${path}). Remove node_modules and try again.`,
  )
}

/** The child gets our place: terminal, signals and status are its own. */
function handOver(node, program, args) {
  const env = {
    ...process.env,
    PATH: [dirname(node), process.env.PATH].join(delimiter),
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(modules, '.cache', 'node'),
  }
  const child = spawn(node, [program, ...args], {
    cwd: root,
    stdio: 'inherit',
    env,
  })
  passSignals(child)
  child.once('error', (why) => {
    console.error(String(why))
    process.exitCode = 1
  })
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0)
  })
}

function passSignals(child, note = () => {}) {
  const pass = (signal) => {
    note()
    child.kill(signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, pass)
  return () => signals.forEach((signal) => process.off(signal, pass))
}
