/** `npm start`: everything up, in order, with one clear sentence where it cannot. */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { hourMs } from './kernel/clock.ts'
import { movableClock, systemClock } from './platform/clock.ts'
import { keptSecret } from './platform/kept-secret.ts'
import { logTo } from './platform/log.ts'
import { ensureRoles, migrate } from './platform/migrate.ts'
import { startPostgres, type Postgres } from './platform/postgres.ts'
import { StartRefusal } from './platform/start-refusal.ts'
import { openDatabase } from './platform/sql.ts'
import { importCalendar } from './ground/rules/index.ts'
import { markTownOpen, savedAheadMs, townIsOpen } from './outlook/demo/index.ts'
import { streetsOpen } from './ground/duties/index.ts'
import { readConfig, type Config } from './config.ts'
import { migrationsDir, openProgram, type Program } from './program.ts'
import { demoPeople, openDemoTown, townApi } from '../town/index.ts'

const root = resolve(import.meta.dirname, '..')
/** The demo begins so long ago, lives until now, and then goes on. */
const historyMs = 52 * hourMs

const files = (config: Config) => ({
  running: join(config.dataDir, 'running.json'),
  town: join(config.dataDir, 'town.json'),
  operatorKey: join(config.dataDir, 'operator.secret'),
})

type Ending = 'reset' | 'end'

/** Runs until somebody ends it. Resolves with the process's exit code. */
async function main(): Promise<number> {
  const signals = listenForSignals()
  let postgres: Postgres | undefined
  try {
    const config = readConfig(process.env)
    const starting = say('正在启动数据库', 'Starting the database')
    postgres = await startPostgres({ dataDir: config.dataDir, say: (line) => console.log(line) })
    starting()
    for (;;) {
      const ending = await runOnce(config, postgres, signals)
      if (ending === 'end') return signals.code
      await emptyDatabase(postgres.url)
    }
  } catch (error) {
    if (!(error instanceof StartRefusal)) throw error
    console.error(`\n${error.sentence.zh}\n${error.sentence.en}`)
    return 1
  } finally {
    await postgres?.stop()
  }
}

type Signals = { promise: Promise<void>; isAsked: boolean; code: number }

/**
 * Ctrl-C reaches us twice (terminal and npm): the first begins the goodbye, the others are heard.
 */
function listenForSignals(): Signals {
  const signals: Signals = { promise: Promise.resolve(), isAsked: false, code: 0 }
  signals.promise = new Promise((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(name, () => {
        signals.isAsked = true
        resolve()
      })
    }
  })
  return signals
}

async function runOnce(config: Config, postgres: Postgres, signals: Signals): Promise<Ending> {
  const migrating = say('正在更新数据库结构', 'Migrating')
  await migrate(postgres.url, migrationsDir)
  const { appUrl } = await ensureRoles(postgres.url, config.dataDir)
  migrating()
  const distDir = await buildPages()
  const urls = { ownerUrl: postgres.url, appUrl }
  const isFresh = await prepareTown(config, urls)
  if (isFresh === 'half') {
    await emptyDatabase(postgres.url)
    return runOnce(config, postgres, signals)
  }
  const reset = deferred()
  const program = await open(config, urls, distDir, isFresh, reset.resolve)
  let simulator: ChildProcess | undefined
  try {
    if (isFresh) await fillTown(config, program)
    remember(config, program)
    simulator = config.town === 'demo' ? startSimulator(config) : undefined
    await announce(config, program)
    const ending = await Promise.race([
      signals.promise.then((): Ending => 'end'),
      reset.promise.then((): Ending => 'reset'),
      postgres.died.then((): Ending => {
        console.error(
          '数据库意外停止，请重新运行 npm start。\nThe database stopped unasked. Run npm start again.',
        )
        signals.code = 1
        return 'end'
      }),
    ])
    return ending
  } finally {
    await endChild(simulator)
    rmSync(files(config).running, { force: true })
    await program.close()
  }
}

function deferred() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve }
}

/** Whether this database has no town yet, has one, or was killed while one was being made. */
async function prepareTown(
  config: Config,
  urls: { ownerUrl: string; appUrl: string },
): Promise<boolean | 'half'> {
  const db = openDatabase(urls)
  try {
    return await db.asOwner(async (tx) => {
      if (await townIsOpen(tx)) return false
      if (config.town === 'demo' && (await streetsOpen(tx)).length > 0) return 'half'
      return true
    })
  } finally {
    await db.close()
  }
}

async function open(
  config: Config,
  urls: { ownerUrl: string; appUrl: string },
  distDir: string,
  isFresh: boolean,
  onReset: () => void,
): Promise<Program> {
  const ahead = await aheadMs(urls, isFresh)
  const clock = config.town === 'demo' ? movableClock(systemClock, ahead) : systemClock
  const wish = {
    ...{ urls, clock, real: systemClock, log: logTo(process.stderr), distDir, onReset },
    ...{ town: config.town, bindAddress: config.bindAddress, ticks: true, version: version() },
    ...{ httpPort: config.httpPort, mqttPort: config.mqttPort },
    operatorKey: keptSecret(files(config).operatorKey),
  }
  return openProgram(wish).catch((error: unknown) => {
    throw portRefusal(error, config) ?? error
  })
}

async function aheadMs(
  urls: { ownerUrl: string; appUrl: string },
  isFresh: boolean,
): Promise<number> {
  if (isFresh) return -historyMs
  const db = openDatabase(urls)
  return db.asOwner((tx) => savedAheadMs(tx)).finally(() => db.close())
}

function portRefusal(error: unknown, config: Config): StartRefusal | undefined {
  const { code, port } = error as { code?: string; port?: number }
  if (code === 'EADDRINUSE' || code === 'EACCES') {
    const name = port === config.httpPort ? 'LILONG_HTTP_PORT' : 'LILONG_MQTT_PORT'
    return new StartRefusal({
      zh: `端口 ${port} 已被占用或不允许使用。请关掉占用它的程序，或换一个端口：${name}=${(port ?? 0) + 1} npm start`,
      en: `Port ${port} is taken or not allowed. End the program that holds it, or choose another: ${name}=${(port ?? 0) + 1} npm start`,
    })
  }
  if (code !== 'EADDRNOTAVAIL' && code !== 'ENOTFOUND') return undefined
  return new StartRefusal({
    zh: `LILONG_BIND=${config.bindAddress} 不是本机的地址，请写 127.0.0.1 或 0.0.0.0。`,
    en: `LILONG_BIND=${config.bindAddress} is no address of this machine. Write 127.0.0.1 or 0.0.0.0.`,
  })
}

/** The city's register and the calendar for every town; the example street for the demo. */
async function fillTown(config: Config, program: Program): Promise<void> {
  const { given } = program
  const importing = say('正在导入行政区划与工作日', 'Importing divisions and working days')
  await importCalendar(given, data('working-days.json'))
  const api = townApi(program.url, keptSecret(files(config).operatorKey))
  const { source, districts } = data<{ source: string; districts: unknown[] }>(
    'shanghai-divisions.json',
  )
  await api.call(api.operatorKey, 'POST', '/api/places/divisions', { source, districts })
  importing()
  if (config.town === 'demo') {
    const opening = say('正在打开示例街道（约十秒）', 'Opening the example town (some ten seconds)')
    const mqttUrl = `mqtt://127.0.0.1:${program.mqttPort}`
    const map = await openDemoTown(api, { mqttUrl, until: systemClock.now() })
    writeFileSync(files(config).town, JSON.stringify(map), { mode: 0o600 })
    opening()
  }
  await given.db.asOwner((tx) => markTownOpen(tx))
}

function data<T = Parameters<typeof importCalendar>[1]>(name: string): T {
  return JSON.parse(readFileSync(join(root, 'data', name), 'utf8')) as T
}

/** For the command line and the simulator: where the running town is. Holds no secret. */
function remember(config: Config, program: Program): void {
  const { running, operatorKey } = files(config)
  const mqttUrl = `mqtt://127.0.0.1:${program.mqttPort}`
  const facts = { pid: process.pid, httpUrl: program.url, mqttUrl, operatorKeyFile: operatorKey }
  writeFileSync(running, JSON.stringify(facts), { mode: 0o600 })
}

async function announce(config: Config, program: Program): Promise<void> {
  const { url } = program
  const health = await fetch(`${url}/health`)
  if (!health.ok) throw new Error('health does not answer ok')
  console.log(`\nready ${url}`)
  if (config.town !== 'demo') {
    console.log('空的街道已就绪 · An empty town is ready: npm run lilong -- --help')
    return
  }
  const api = townApi(url, keptSecret(files(config).operatorKey))
  console.log('示例人物的一次性登录链接 · One-time sign-in links of the example people:')
  for (const { name, says } of demoPeople(files(config).town)) {
    const link = (await api.call(api.operatorKey, 'POST', '/api/identity/links', { name })) as {
      url: string
    }
    console.log(`  ${says}  ${link.url}`)
  }
  console.log('更多 · More: npm run lilong -- town list')
}

/** The simulator keeps the example town's sensors alive; without it all would soon be unknown. */
function startSimulator(config: Config): ChildProcess {
  const script = join(root, 'simulator/main.ts')
  const env = { ...process.env, LILONG_DATA_DIR: config.dataDir }
  return spawn(process.execPath, [script, '--speed', '1', '--keep', '--quiet'], {
    ...{ cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] },
    detached: true,
  })
}

async function endChild(child: ChildProcess | undefined): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 2_000)
  await ended
  clearTimeout(timer)
}

/** The pages are built in a child: importing the bundler would hold its memory for ever. */
async function buildPages(): Promise<string> {
  const distDir = join(root, 'dist')
  const building = say('正在生成页面', 'Building the pages')
  const script = join(root, 'scripts/build-web.ts')
  const child = spawn(process.execPath, [script, '--out', distDir], {
    ...{ cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
  })
  const code = await new Promise((done) => child.once('exit', done))
  building()
  if (code === 0 && existsSync(join(distDir, 'server/server.js'))) return distDir
  throw new StartRefusal({
    zh: '页面没有生成成功，原因见上。请修正后再运行 npm start。',
    en: 'The pages could not be built; the reason stands above. Mend it and run npm start again.',
  })
}

async function emptyDatabase(ownerUrl: string): Promise<void> {
  const admin = new URL(ownerUrl)
  const name = admin.pathname.slice(1)
  admin.pathname = '/postgres'
  const client = new pg.Client({ connectionString: admin.href })
  await client.connect()
  try {
    await client.query(`drop database if exists ${name} with (force)`)
    await client.query(`create database ${name}`)
  } finally {
    await client.end()
  }
}

function version(): string {
  const written: { version: string } = data('../package.json')
  return written.version
}

/** Progress: what is being done, then how long it took. */
function say(zh: string, en: string): () => void {
  const began = performance.now()
  console.log(`${zh}… · ${en}…`)
  return () => {
    const seconds = (performance.now() - began) / 1000
    if (seconds >= 1) console.log(`  ${seconds.toFixed(1)} s`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // All is closed by now; whatever would still hold the process must not keep Ctrl-C waiting.
  process.exit(await main())
}
