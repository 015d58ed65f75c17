/**
 * `npm run lilong -- …`: what the operator asks of a running town. Speaks only HTTP, with the
 * operator's key; backups and the replay of one's own log ask no town.
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { openMqttTrial } from '../src/platform/mqtt/index.ts'
import {
  call,
  Refused,
  running,
  type Command,
  type Options,
  type Running,
  type Said,
} from './lilong/calling.ts'
import { healthLines, healthOf } from './lilong/status.ts'
import { deviceCommands, deviceHelp, deviceOptions } from './lilong/devices.ts'
import { bookHelp, bookOptions, bookWords } from './lilong/book-help.ts'
import { keyCommands, keyHelp } from './lilong/keys.ts'
import { replayHelp, replayOptions } from './lilong/replay-help.ts'

const help = `里弄 · Lilong

npm run lilong -- COMMAND [--json]

  sign-in-link --as NAME            一次性登录链接 · a one-time sign-in link (24 hours, one use)
  owner link [--as NAME]            空街道的第一个登录链接；写姓名则给在岗的人一个新登录链接
                                    the first way into an empty town; with a name: a new way in for
                                    whoever holds a post and lost every key (24 hours, one use)
  token --as NAME                   API 令牌 · a bearer token for the API (30 days)
${deviceHelp}
${replayHelp}
  town list                         示例人物、住户、设备 · the demo people, homes and devices
  town reset [--yes]                清空并重开 · deletes everything and opens the town anew
  divisions import FILE             导入行政区划 · imports a register of divisions (JSON)
${keyHelp}
  backup FILE                       备份全部数据（运行中或停止时都可以）
                                    everything as of one moment; running or stopped
  restore FILE [--erasures FILE]… [--drop-old] [--old]
                                    恢复（要先停止） · puts a backup in place; stop the town first.
                                    已删的内容会再删一次 · what had been erased is erased again:
                                    erasures.jsonl of the data folder is read, and others you name
                                    超过 35 天的备份要加 --old · a backup of more than 35 days
                                    needs --old: it should be gone by now
                                    备份是明文，但没有密码与密钥（*.secret、keys.json）；
                                    keys.json 要另存一份 · a backup is personal data in clear,
                                    without passwords and keys; keep a copy of keys.json apart
${bookHelp}
  mqtt-trial [--port N]             只试 MQTT 协议的开放服务器，只听本机，什么也不存
                                    an open broker on loopback to try the protocol; stores nothing
  status                            运行状况 · health and counts of the running program

除备份、恢复与 replay 外，要先运行 npm start · all but backup, restore and replay need npm start.
LILONG_DATA_DIR 与启动时相同 · as at start.`

const commands: Record<string, Command> = {
  ...deviceCommands,
  ...keyCommands,
  'sign-in-link': async (options) => {
    const answer = await call<{ url: string }>('POST', '/api/identity/links', named(options))
    return { answer, lines: [answer.url] }
  },
  'owner link': async (options) => {
    const wish = typeof options['as'] === 'string' ? named(options) : {}
    const answer = await call<{ url: string }>('POST', '/api/identity/owner-links', wish)
    return { answer, lines: [answer.url] }
  },
  token: async (options) => {
    const answer = await call<{ token: string }>('POST', '/api/identity/tokens', named(options))
    return { answer, lines: [answer.token] }
  },
  'town list': listTown,
  'town reset': resetTown,
  'divisions import': importDivisions,
  'mqtt-trial': mqttTrial,
  // Loaded when asked for: they bring the whole program along.
  backup: async (_options, [file]) => {
    if (!file) throw new Refused('要写文件名 · Say the file: backup FILE')
    return (await import('./lilong/backup.ts')).backupTo(file)
  },
  restore: async (options, [file]) => {
    if (!file) throw new Refused('要写文件名 · Say the file: restore FILE')
    const erasures = Array.isArray(options['erasures']) ? options['erasures'] : []
    const dropOld = options['drop-old'] === true
    const isOldAllowed = options['old'] === true
    const wish = { erasures, dropOld, isOldAllowed }
    return (await import('./lilong/backup.ts')).restoreFrom(file, wish)
  },
  ...Object.fromEntries(
    bookWords.map((word) => [
      `book ${word}`,
      async (options: Options) => (await import('./lilong/book.ts')).bookCommand(word, options),
    ]),
  ),
  replay: async (options, words) => (await import('./lilong/replay.ts')).replayFile(options, words),
  status: async () => {
    const health = await healthOf(running().httpUrl)
    const said = health ? healthLines(health) : []
    // Without its database the program knows nothing more than that.
    if (health && !health.ok) return { answer: health, lines: said }
    const counts = await call<Record<string, string | number>>('GET', '/api/demo/status')
    const lines = Object.entries(counts).map(([name, value]) => `${name}: ${value}`)
    return { answer: { ...health, ...counts }, lines: [...said, ...lines] }
  },
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      as: { type: 'string' },
      ...deviceOptions,
      ...replayOptions,
      ...bookOptions,
      port: { type: 'string' },
      erasures: { type: 'string', multiple: true },
      'drop-old': { type: 'boolean' },
      old: { type: 'boolean' },
      yes: { type: 'boolean' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  const [first = '', second = '', ...more] = positionals
  const command = commands[`${first} ${second}`] ?? commands[first]
  if (values.help || !command) {
    console.log(help)
    return values.help || first === '' ? 0 : 2
  }
  const words = commands[first] ? [second, ...more] : more
  const { answer, lines, status = 0 } = await command(values, words)
  console.log(values.json ? JSON.stringify(answer) : lines.join('\n'))
  return status
}

function named(options: Options): { name: string } {
  if (typeof options['as'] === 'string') return { name: options['as'] }
  throw new Refused('要写 --as 姓名 · Say --as NAME. 人名见 · Names: npm run lilong -- town list')
}

type Town = {
  street: string | null
  people: {
    name: string
    role: string
    unit: string | null
    title: string | null
    home: string | null
  }[]
  homes: { home: string; place: string; devices: number }[]
  devices: { device: string; kind: string; place: string; label: string; state: string }[]
}

async function listTown(): Promise<Said> {
  const answer = await call<Town>('GET', '/api/demo/town')
  const { street, people, homes, devices } = answer
  const lines = [
    `${street ?? '还没有街道 · no street yet'}`,
    ...people.map(
      (one) =>
        `  ${one.name}  ${one.role}  ${[one.unit, one.title, one.home].filter(Boolean).join(' ')}`,
    ),
    ...homes.map((one) => `  ${one.home}  ${one.place}  ${one.devices}`),
    ...devices.map(
      (one) => `  ${one.device}  ${one.kind}  ${one.place} ${one.label}  ${one.state}`,
    ),
  ]
  return { answer, lines }
}

async function resetTown(options: Options): Promise<Said> {
  const { town } = await call<{ town: string }>('GET', '/api/demo/status')
  if (town !== 'demo' && !options['yes']) {
    throw new Refused(
      '会删掉全部数据；确定的话加 --yes · This deletes everything; add --yes to do it',
    )
  }
  await call('POST', '/api/demo/reset', { really: 'delete everything' })
  const began = await untilOpen()
  const answer = { reset: true, ...began }
  return { answer, lines: ['已重开 · The town is open anew', began.httpUrl] }
}

/** The running file goes when the old town closes and comes back when the new one is ready. */
async function untilOpen(): Promise<{ httpUrl: string }> {
  const deadline = Date.now() + 300_000
  let hasClosed = false
  while (Date.now() < deadline) {
    await pause(300)
    const open = await fetch(`${safely()?.httpUrl ?? 'http://127.0.0.1:9'}/health`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (!open) hasClosed = true
    if (open && hasClosed && safely()) return { httpUrl: running().httpUrl }
  }
  throw new Refused(
    '五分钟还没有重开，请看 npm start 的输出 · Not open after 5 minutes; see npm start',
  )
}

async function importDivisions(_options: Options, [file]: string[]): Promise<Said> {
  if (!file) throw new Refused('要写文件名 · Say the file: divisions import FILE')
  const { source, districts } = JSON.parse(readFileSync(resolve(file), 'utf8')) as {
    source: unknown
    districts: unknown
  }
  const answer = await call<Record<string, number>>('POST', '/api/places/divisions', {
    source,
    districts,
  })
  return { answer, lines: Object.entries(answer).map(([kind, count]) => `${kind}: ${count}`) }
}

async function mqttTrial(options: Options): Promise<Said> {
  const port = Number(options['port'] ?? 0)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Refused('--port 是 0 到 65535 的整数 · --port is a whole number from 0 to 65535')
  }
  const { ports } = await openMqttTrial(port)
  const url = `mqtt://127.0.0.1:${ports[0]}`
  return { answer: { url }, lines: [`${url}  (Ctrl+C)`] }
}

function safely(): Running | undefined {
  try {
    return running()
  } catch {
    return undefined
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  const isPlain =
    error instanceof Refused ||
    'sentence' in (error as object) ||
    (error as { code?: string }).code?.startsWith('ERR_PARSE')
  if (!isPlain) throw error
  console.error((error as Error).message)
  process.exitCode = 2
}
