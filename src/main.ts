/** `npm start`: everything up, in order, with one clear sentence where it cannot. */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hourMs } from './kernel/clock.ts'
import { childEnv } from './platform/child-env.ts'
import { movableClock, systemClock } from './platform/clock.ts'
import { keptSecret } from './platform/kept-secret.ts'
import { logTo, withoutPlay } from './platform/log.ts'
import { bringerBack } from './platform/bring-back.ts'
import { refuseFolder } from './platform/postgres-refusal.ts'
import type { Postgres } from './platform/postgres.ts'
import { StartRefusal, type Sentence } from './platform/start-refusal.ts'
import { openDatabase } from './platform/sql.ts'
import { openTls, type Tls } from './platform/tls.ts'
import {
  openTroubles,
  stopping,
  troubleOf,
  troubles as words,
  type Troubles,
} from './platform/trouble.ts'
import { markEmptied } from './ground/privacy/index.ts'
import { importCalendar } from './ground/rules/index.ts'
import { markTownOpen, savedAheadMs, townIsOpen } from './outlook/demo/index.ts'
import { streetsOpen } from './ground/duties/index.ts'
import { shippedModels } from './watch/devices/index.ts'
import { announce } from './announcing.ts'
import { readConfig, type Config } from './config.ts'
import { headsFileIn, witnessOf } from './book.ts'
import { emptyDatabase, openPostgres, prepareDatabase } from './database.ts'
import { openProgram, type Program, type ProgramWish } from './program.ts'
import { demoPeople, openDemoTown, townApi, townYearMs } from '../town/index.ts'

const root = resolve(import.meta.dirname, '..')
/** The demo begins so long ago, lives until now, and then goes on. A whole street has a year. */
const historyMs = 52 * hourMs
const yearMs = townYearMs + hourMs

const files = (config: Config) => ({
  running: join(config.dataDir, 'running.json'),
  town: join(config.dataDir, 'town.json'),
  operatorKey: join(config.dataDir, 'operator.secret'),
  erasures: join(config.dataDir, 'erasures.jsonl'),
  push: join(config.dataDir, 'push.secret'),
  outbox: join(config.dataDir, 'outbox.jsonl'),
  keys: join(config.dataDir, 'keys.json'),
  heads: headsFileIn(config.dataDir),
})

type Ending = 'reset' | 'again' | 'end'

/** What stands while programs are closed and opened anew. */
type Standing = {
  config: Config
  postgres: Postgres
  troubles: Troubles
  tls: Tls | null
  distDir: string
  signals: Signals
  bringBack: ReturnType<typeof bringerBack>
  /** Ports of the first opening: where 0 was asked for, the same stay. */
  ports: { httpPort: number; mqttPort: number; mqttsPort: number }
  /** The town is there: what goes wrong under it is waited for. */
  isOpen: boolean
  /** Its address was said. */
  isSeen: boolean
}

/** Runs until somebody ends it. Resolves with the process's exit code. */
async function main(): Promise<number> {
  // A full disk under a log file must not end the program.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)
  const signals = listenForSignals()
  const troubles = openTroubles(sayTwice)
  await using opened = new AsyncDisposableStack()
  try {
    const config = readConfig(process.env)
    const tls = config.tls && openTls(config.tls, watchingTls(config))
    opened.defer(() => tls?.close())
    const starting = say('正在启动数据库', 'Starting the database')
    const postgres = await openPostgres(config, {
      say: (line) => console.log(line),
      hear: troubles.hear,
    })
    opened.defer(() => postgres.stop())
    starting()
    const { httpPort, mqttPort, mqttsPort } = config
    return await runOn({
      ...{ config, postgres, troubles, tls, signals, ports: { httpPort, mqttPort, mqttsPort } },
      ...{ distDir: await buildPages(), isOpen: false, isSeen: false },
      bringBack: bringerBack({
        ...{ postgres, troubles, real: systemClock, say: sayTwice, signal: signals.signal },
      }),
    })
  } catch (error) {
    const sentence = sentenceOf(error)
    if (!sentence) throw error
    sayTwice(sentence)
    return 1
  }
}

/** Program after program on the same database, until one is asked to end. */
async function runOn(standing: Standing): Promise<number> {
  const { config, postgres, signals, troubles } = standing
  for (;;) {
    const ending = await runOnce(standing).catch(async (error: unknown): Promise<Ending> => {
      // At the first opening a person waits for the sentence; later the town is to live on.
      troubles.hear(error)
      if (!standing.isOpen || !troubles.says().some((each) => stopping.has(each))) throw error
      return backOrEnd(standing)
    })
    if (ending === 'end') return signals.code
    if (ending === 'reset') {
      await emptyDatabase(config, postgres.url)
      await markEmptied(files(config).heads, systemClock.now())
      Object.assign(standing, { isOpen: false, isSeen: false })
    }
  }
}

async function backOrEnd({ bringBack, signals }: Standing): Promise<Ending> {
  const came = await bringBack()
  if (came === 'gone') signals.code = 1
  return came === 'back' ? 'again' : 'end'
}

/** A disk that is full, read-only or failing at the start is a sentence, wherever it was met. */
function sentenceOf(error: unknown): Sentence | undefined {
  if (error instanceof StartRefusal) return error.sentence
  const trouble = troubleOf(error)
  return trouble && trouble !== 'database-away' ? words[trouble].begins : undefined
}

function sayTwice({ zh, en }: Sentence): void {
  console.error(`\n${zh}\n${en}`)
}

function watchingTls({ publicUrl }: Config) {
  const host = publicUrl === null ? null : new URL(publicUrl).hostname
  return { real: systemClock, say: sayTwice, host }
}

type Signals = { promise: Promise<void>; signal: AbortSignal; isAsked: boolean; code: number }

/**
 * Ctrl-C reaches us twice (terminal and npm): the first begins the goodbye, the others are heard.
 */
function listenForSignals(): Signals {
  const asked = new AbortController()
  const { promise, resolve } = deferred()
  const signals: Signals = { promise, signal: asked.signal, isAsked: false, code: 0 }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      signals.isAsked = true
      asked.abort()
      resolve()
    })
  }
  return signals
}

async function runOnce(standing: Standing): Promise<Ending> {
  const { config, postgres, signals } = standing
  const migrating = standing.isSeen ? () => {} : say('正在更新数据库结构', 'Migrating')
  const urls = await prepareDatabase(config, postgres.url)
  migrating()
  const isFresh = await prepareTown(config, urls)
  if (isFresh === 'half') return 'reset'
  const reset = deferred()
  const lost = deferred()
  const opening = { isFresh, onReset: reset.resolve, onLost: lost.resolve }
  const program = await open(standing, urls, opening)
  let simulator: ChildProcess | undefined
  let ending: Ending = 'end'
  try {
    if (isFresh) await fillTown(config, program)
    standing.isOpen = true
    remember(config, program)
    simulator = config.town === 'demo' ? startSimulator(config) : undefined
    if (!standing.isSeen) await announceIn(config, program, isFresh)
    standing.isSeen = true
    ending = await Promise.race([
      signals.promise.then((): Ending => 'end'),
      reset.promise.then((): Ending => 'reset'),
      // Still open while the database is away: its pages and /health say so.
      Promise.race([postgres.died, lost.promise]).then(() => backOrEnd(standing)),
    ])
    return ending
  } finally {
    await endChild(simulator)
    // Opened anew in a moment, at the same ports: whoever asks meanwhile is not told it is gone.
    if (ending !== 'again') rmSync(files(config).running, { force: true })
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
  standing: Standing,
  urls: { ownerUrl: string; appUrl: string },
  opening: { isFresh: boolean } & Required<Pick<ProgramWish, 'onReset' | 'onLost'>>,
): Promise<Program> {
  const { config, distDir, ports, tls, troubles } = standing
  const ahead = await aheadMs(config, urls, opening.isFresh)
  const clock = config.town === 'demo' ? movableClock(systemClock, ahead) : systemClock
  const { operatorKey, erasures, keys, heads } = files(config)
  const all = logTo(process.stderr)
  const log = config.town === 'demo' ? withoutPlay(all, () => !standing.isOpen) : all
  const wish: ProgramWish = {
    ...{ urls, clock, real: systemClock, log, distDir, ...opening },
    ...{ town: config.town, bindAddress: config.bindAddress, ticks: true, version: version() },
    ...{ ...ports, tls, troubles, publicUrl: config.publicUrl, mqttUrl: config.mqttUrl },
    connectionsPerAddressMax: config.connectionsPerAddressMax,
    tlsProxies: config.tlsProxies,
    ...{ say: sayTwice, erasuresFile: erasures, headsFile: heads, witness: witnessOf(config) },
    models: shippedModels(JSON.parse(readFileSync(join(root, 'data/device-models.json'), 'utf8'))),
    operatorKey: refuseFolder(config.dataDir, () => keptSecret(operatorKey)),
    keysFile: keys,
    ways: waysOf(config),
    organisation: config.organisation,
  }
  const program = await openProgram(wish).catch((error: unknown) => {
    throw portRefusal(error, config) ?? error
  })
  const { httpPort, mqttPort, mqttsPort } = program
  Object.assign(ports, { httpPort, mqttPort, ...(mqttsPort === null ? {} : { mqttsPort }) })
  return program
}

function waysOf(config: Config): NonNullable<ProgramWish['ways']> {
  const { ways, dataDir, publicUrl } = config
  const { push, outbox: outboxFile } = files(config)
  // A push service wants to know whom to turn to; without a site of our own nobody is woken.
  const site = publicUrl?.startsWith('https:') ? publicUrl : 'mailto:operator@lilong.invalid'
  const pushSecret = refuseFolder(dataDir, () => keptSecret(push))
  return { ...ways, pushSecret, outboxFile, pushContact: ways.pushContact ?? site }
}

async function aheadMs(
  config: Config,
  urls: { ownerUrl: string; appUrl: string },
  isFresh: boolean,
): Promise<number> {
  if (isFresh) return config.isWholeTown ? -yearMs : -historyMs
  const db = openDatabase(urls)
  return db.asOwner((tx) => savedAheadMs(tx)).finally(() => db.close())
}

function portRefusal(error: unknown, config: Config): StartRefusal | undefined {
  const { code, port } = error as { code?: string; port?: number }
  if (code === 'EADDRINUSE' || code === 'EACCES') {
    const name = portNames(config).get(port ?? 0) ?? 'LILONG_MQTT_PORT'
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

function portNames(config: Config): Map<number, string> {
  return new Map([
    [config.mqttsPort, 'LILONG_MQTTS_PORT'],
    [config.httpPort, 'LILONG_HTTP_PORT'],
  ])
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
    const opening = say('正在打开示例街道（约半分钟）', 'Opening the example town (half a minute)')
    const mqttUrl = `mqtt://127.0.0.1:${program.mqttPort}`
    const until = systemClock.now()
    const size = config.isWholeTown ? { whole: { opensAt: until } } : { committees: 1 }
    const map = await openDemoTown(api, { mqttUrl, until, ...size })
    refuseFolder(config.dataDir, () =>
      writeFileSync(files(config).town, JSON.stringify(map), { mode: 0o600 }),
    )
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
  refuseFolder(config.dataDir, () => writeFileSync(running, JSON.stringify(facts), { mode: 0o600 }))
}

function announceIn(config: Config, program: Program, isFresh: boolean): Promise<void> {
  const { operatorKey, town } = files(config)
  const people = config.town === 'demo' ? demoPeople(town) : null
  return announce(program, keptSecret(operatorKey), { people, isFresh })
}

/**
 * The simulator keeps the example town's sensors alive; without it all would soon be unknown. Where
 * somebody new plays the workers, nobody works in their place.
 */
function startSimulator(config: Config): ChildProcess {
  const script = join(root, 'simulator/main.ts')
  const env = childEnv({ LILONG_DATA_DIR: config.dataDir })
  const wish = ['--speed', '1', '--keep', '--quiet', '--workers', 'elsewhere']
  return spawn(process.execPath, [script, ...wish], {
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
    ...{ cwd: root, env: childEnv(), stdio: ['ignore', 'inherit', 'inherit'] },
  })
  const code = await new Promise((done) => child.once('exit', done))
  building()
  if (code === 0 && existsSync(join(distDir, 'server/server.js'))) return distDir
  throw new StartRefusal({
    zh: '页面没有生成成功，原因见上。请修正后再运行 npm start。',
    en: 'The pages could not be built; the reason stands above. Mend it and run npm start again.',
  })
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
