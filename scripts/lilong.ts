/**
 * `npm run lilong -- …`: what the operator asks of a running town. Speaks only HTTP, with the
 * operator's key.
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { faults, type FaultKind } from '../src/kernel/fault.ts'

const help = `里弄 · Lilong

npm run lilong -- COMMAND [--json]

  sign-in-link --as NAME            一次性登录链接 · a one-time sign-in link (24 hours, one use)
  token --as NAME                   API 令牌 · a bearer token for the API (30 days)
  device add --kind KIND --home CODE [--gateway NAME] [--heartbeat SECONDS]
                                    添加设备 · adds a device; prints id, password, topic, example
                                    KIND: door-access, door-contact, motion
  town list                         示例人物、住户、设备 · the demo people, homes and devices
  town reset [--yes]                清空并重开 · deletes everything and opens the town anew
  divisions import FILE             导入行政区划 · imports a register of divisions (JSON)
  status                            运行状况 · health and counts of the running program

要先运行 npm start · npm start must be running. LILONG_DATA_DIR 与启动时相同 · as at start.`

type Running = { httpUrl: string; mqttUrl: string; operatorKeyFile: string }
type Options = Record<string, string | boolean | undefined>
/** What a command answers: JSON for programs, lines for people. */
type Said = { answer: unknown; lines: string[] }

class Refused extends Error {}

const commands: Record<string, (options: Options, words: string[]) => Promise<Said>> = {
  'sign-in-link': async (options) => {
    const answer = await call<{ url: string }>('POST', '/api/identity/links', named(options))
    return { answer, lines: [answer.url] }
  },
  token: async (options) => {
    const answer = await call<{ token: string }>('POST', '/api/identity/tokens', named(options))
    return { answer, lines: [answer.token] }
  },
  'device add': addDevice,
  'town list': listTown,
  'town reset': resetTown,
  'divisions import': importDivisions,
  status: async () => {
    const answer = await call<Record<string, string | number>>('GET', '/api/demo/status')
    return { answer, lines: Object.entries(answer).map(([name, value]) => `${name}: ${value}`) }
  },
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      as: { type: 'string' },
      kind: { type: 'string' },
      home: { type: 'string' },
      gateway: { type: 'string' },
      heartbeat: { type: 'string' },
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
  const { answer, lines } = await command(values, commands[first] ? [second, ...more] : more)
  console.log(values.json ? JSON.stringify(answer) : lines.join('\n'))
  return 0
}

function named(options: Options): { name: string } {
  if (typeof options['as'] === 'string') return { name: options['as'] }
  throw new Refused('要写 --as 姓名 · Say --as NAME. 人名见 · Names: npm run lilong -- town list')
}

async function addDevice(options: Options): Promise<Said> {
  const { kind, home, gateway, heartbeat } = options
  if (typeof kind !== 'string' || typeof home !== 'string') {
    throw new Refused('要写 --kind 与 --home · Say --kind and --home. 门牌号 · Codes: town list')
  }
  const answer = await call<Record<string, string>>('POST', '/api/sensing/devices', {
    kind,
    home,
    ...(typeof gateway === 'string' ? { gateway } : {}),
    ...(typeof heartbeat === 'string' ? { heartbeatSeconds: Number(heartbeat) } : {}),
  })
  const { mqttUrl } = running()
  const whole = { ...answer, mqtt: mqttUrl }
  return { answer: whole, lines: Object.entries(whole).map(([name, value]) => `${name}: ${value}`) }
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
  devices: { device: string; kind: string; home: string; state: string }[]
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
    ...devices.map((one) => `  ${one.device}  ${one.kind}  ${one.home}  ${one.state}`),
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

function safely(): Running | undefined {
  try {
    return running()
  } catch {
    return undefined
  }
}

function running(): Running {
  const dataDir = resolve(process.env['LILONG_DATA_DIR'] ?? '.lilong/data')
  try {
    return JSON.parse(readFileSync(join(dataDir, 'running.json'), 'utf8')) as Running
  } catch {
    throw new Refused('里弄没有在运行，请先 npm start · Lilong is not running: npm start first')
  }
}

async function call<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const { httpUrl, operatorKeyFile } = running()
  const key = readFileSync(operatorKeyFile, 'utf8').trim()
  const answer = await fetch(`${httpUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new Refused('里弄没有应答，请先 npm start · Lilong does not answer: npm start first')
  })
  const said: unknown = await answer.json()
  if (answer.ok) return said as T
  const { fault, field } = said as { fault: FaultKind; field?: string }
  const { 'zh-CN': zh, en } = faults[fault] ?? faults.bug
  throw new Refused(`${zh} · ${en}${field ? ` (${field})` : ''}`)
}

try {
  process.exitCode = await main()
} catch (error) {
  const isPlain =
    error instanceof Refused || (error as { code?: string }).code?.startsWith('ERR_PARSE')
  if (!isPlain) throw error
  console.error((error as Error).message)
  process.exitCode = 2
}
