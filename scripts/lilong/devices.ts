/** `device …`, `gateway …`, `model …`: the registry of devices from the command line. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { call, listed, Refused, running, type Command, type Options, type Said } from './calling.ts'
import { labelSheet, type Label } from './label-sheet.ts'

type Model = { id: string; kinds: string[] }
type Gateway = { gateway: string; street: string; name: string; format: string; place: string }
type CheckedRow = { row: number; errors: { column: string; 'zh-CN': string; en: string }[] }
type DryRun = { rows: CheckedRow[]; good: number; bad: number }
type Imported = { rows: CheckedRow[]; added: number; bad: number; base64: string | null }

export const deviceHelp = `\
  device add --kind KIND --place CODE [--purpose P] [--model ID] [--heartbeat SECONDS]
             [--gateway ID|NAME] [--name-at-gateway NAME] [--label TEXT] [--keeper TEXT]
                                    添加设备 · adds a device; prints id, password, topic, example
  device move DEVICE --place CODE [--purpose P] [--words TEXT]     换地方 · to another place
  device replace DEVICE [--model ID] [--name-at-gateway NAME]      换新的 · by a new one
  device revoke DEVICE              停用 · ends its credential
  device lend DEVICE --home CODE --until DAY                       借给住户 · lends it to a home
  device return DEVICE --place CODE                                归还 · takes it back
  device credential DEVICE|GATEWAY  换密码 · a new password; the old one ends at once
  device template [--out FILE]      Excel 模板 · the template for importing
  device import FILE [--dry-run] [--out FILE]
                                    批量导入 · all rows or none; the passwords go to --out
  device labels DEVICE… --out FILE.html                            二维码标签 · QR labels to print
  gateway add --name NAME --format FORMAT --place CODE [--maker TEXT]
                                    添加网关 · FORMAT: canonical, zigbee2mqtt, chirpstack
  gateway list                      网关 · the gateways
  gateway revoke ID|NAME            停用网关 · its devices fall silent
  model add FILE                    添加型号 · a model by its declared fields (JSON)
  model find TEXT                   查型号 · models whose name holds a text
                                    KIND: door-access door-contact motion smoke gas water-leak
                                    water-meter electrical sos-button camera-event ground`

export const deviceOptions = {
  ...{ kind: text(), place: text(), home: text(), purpose: text(), model: text() },
  ...{ heartbeat: text(), gateway: text(), 'name-at-gateway': text(), label: text() },
  ...{ keeper: text(), words: text(), until: text(), name: text(), format: text() },
  ...{ maker: text(), out: text(), 'dry-run': { type: 'boolean' as const } },
}

export const deviceCommands: Record<string, Command> = {
  'device add': addDevice,
  'device move': async (options, words) =>
    post('move', {
      ...{ device: one(words), place: needed(options, 'place') },
      ...given(options, 'purpose', 'words'),
    }),
  'device replace': async (options, words) =>
    withMqtt(
      await post('replace', {
        ...{ device: one(words), ...given(options, 'model', 'words') },
        ...named(options),
      }),
    ),
  'device revoke': async (options, words) =>
    post('revoke', { device: one(words), ...given(options, 'words') }),
  'device lend': async (options, words) =>
    post('lend', {
      ...{ device: one(words), home: needed(options, 'home'), until: needed(options, 'until') },
    }),
  'device return': async (options, words) =>
    post('return', { device: one(words), place: needed(options, 'place') }),
  'device credential': async (_options, words) => post('credential', { source: one(words) }),
  'device template': writeTemplate,
  'device import': importDevices,
  'device labels': writeLabels,
  'gateway add': async (options) => {
    const body = { name: needed(options, 'name'), format: needed(options, 'format') }
    const place = needed(options, 'place')
    const said = await post('gateways', { ...body, place, ...given(options, 'maker') })
    return withMqtt(said)
  },
  'gateway list': async () => {
    const answer = await gateways()
    const lines = answer.map(
      ({ gateway, street, name, format, place }) =>
        `${gateway}  ${street}  ${name}  ${format}  ${place}`,
    )
    return { answer: { gateways: answer }, lines }
  },
  'gateway revoke': async (_options, words) =>
    post('gateways/revoke', { gateway: await gatewayNamed(one(words)) }),
  'model add': async (_options, [file]) => {
    if (!file) throw new Refused('要写文件名 · Say the file: model add FILE')
    const { fields, exposes, ...said } = parsed(readGiven(resolve(file))) as Record<string, unknown>
    const answer = await call<Model>('POST', '/api/devices/models', {
      ...said,
      ...(fields === undefined ? {} : { fields: JSON.stringify(fields) }),
      ...(exposes === undefined ? {} : { exposes: JSON.stringify(exposes) }),
    })
    return { answer, lines: [`${answer.id}  ${answer.kinds.join(' ')}`] }
  },
  'model find': async (_options, words) => {
    const query = new URLSearchParams({ text: words.join(' ') }).toString()
    const found = await call<{ models: Model[]; total: number }>(
      'GET',
      `/api/devices/models?${query}`,
    )
    const { models, total } = found
    const lines = models.map(({ id, kinds }) => `${id}  ${kinds.join(' ')}`)
    const more = total > models.length ? [`… ${total}`] : []
    return { answer: found, lines: [...lines, ...more] }
  },
}

function text() {
  return { type: 'string' as const }
}

async function addDevice(options: Options): Promise<Said> {
  const { gateway, heartbeat } = options
  const said = await post('add', {
    kind: needed(options, 'kind'),
    place: typeof options['home'] === 'string' ? options['home'] : needed(options, 'place'),
    ...given(options, 'purpose', 'model', 'label', 'keeper'),
    ...named(options),
    ...(typeof gateway === 'string' ? { gateway: await gatewayNamed(gateway) } : {}),
    ...(typeof heartbeat === 'string' ? { heartbeatSeconds: Number(heartbeat) } : {}),
  })
  return withMqtt(said)
}

async function writeTemplate(options: Options): Promise<Said> {
  const { base64, name } = await call<{ name: string; base64: string }>(
    ...(['GET', '/api/devices/import/template'] as const),
  )
  const file = resolve(typeof options['out'] === 'string' ? options['out'] : name)
  writeNew(file, Buffer.from(base64, 'base64'))
  return { answer: { file }, lines: [file] }
}

async function importDevices(options: Options, words: string[]): Promise<Said> {
  const file = resolve(one(words))
  const body = { base64: readGiven(file).toString('base64') }
  if (options['dry-run']) {
    const dry = await call<DryRun>(...(['POST', '/api/devices/import/dry-run', body] as const))
    const counts = `可以 · good ${dry.good}  有错 · bad ${dry.bad}`
    return { answer: dry, lines: [...wrongCells(dry.rows), counts] }
  }
  // The place for the passwords is made before anything is added: they come back only once.
  const beside = join(dirname(file), `devices-added-${Date.now()}.xlsx`)
  const out = typeof options['out'] === 'string' ? resolve(options['out']) : beside
  writeNew(out, Buffer.alloc(0))
  try {
    const answer = await call<Imported>(...(['POST', '/api/devices/import', body] as const))
    const { added, bad, base64, rows } = answer
    if (base64 === null) {
      rmSync(out)
      const none = `一台也没有加 · nothing was added: 有错 · bad ${bad}`
      return { answer: { added, bad, rows, file: null }, lines: [...wrongCells(rows), none] }
    }
    writeFileSync(out, Buffer.from(base64, 'base64'), { mode: 0o600 })
    const kept = `密码在 · passwords in ${out}`
    return { answer: { added, bad, file: out }, lines: [`已加 · added ${added}`, kept] }
  } catch (error) {
    rmSync(out, { force: true })
    throw error
  }
}

function wrongCells(rows: CheckedRow[]): string[] {
  return rows.flatMap(({ row, errors }) =>
    errors.map((error) => `${row} ${error.column}: ${error['zh-CN']} · ${error.en}`),
  )
}

async function writeLabels(options: Options, devices: string[]): Promise<Said> {
  if (devices.length === 0) throw new Refused('要写设备 · Say the devices: device labels DEVICE…')
  const file = resolve(needed(options, 'out'))
  const { labels } = await call<{ labels: Label[] }>('POST', '/api/devices/labels', {
    devices,
  })
  writeFileSync(file, labelSheet(labels))
  return { answer: { file, labels: labels.length }, lines: [`${file}  ${labels.length}`] }
}

/** A password or a person's work is never written over. */
function writeNew(file: string, bytes: Buffer): void {
  try {
    writeFileSync(file, bytes, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error
    throw new Refused(`已有这个文件 · This file is there already: ${file}`)
  }
}

function readGiven(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    const { code = '' } = error as { code?: string }
    throw new Refused(`读不了 ${file} · Cannot read ${file} (${code})`)
  }
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw new Refused(`不是 JSON · Not JSON: ${(error as Error).message}`)
  }
}

async function gateways() {
  const path = '/api/devices/gateways'
  return (await call<{ gateways: Gateway[] }>('GET', path)).gateways
}

/** By id or by name. Two streets may have a gateway of one name: then its id is needed. */
async function gatewayNamed(wished: string): Promise<string> {
  const found = (await gateways()).filter(
    ({ gateway, name }) => gateway === wished || name === wished,
  )
  const [only, another] = found
  if (only && !another) return only.gateway
  throw new Refused(
    only
      ? `有两个网关叫 ${wished}，请写编号 · Two gateways are called ${wished}; say the id`
      : `没有网关 ${wished} · No gateway ${wished}: gateway list`,
  )
}

async function post(path: string, body: Record<string, unknown>): Promise<Said> {
  return listed(await call<Record<string, unknown>>('POST', `/api/devices/${path}`, body))
}

function withMqtt(said: Said): Said {
  return listed({ ...(said.answer as Record<string, unknown>), mqtt: running().mqttUrl })
}

function one([word]: string[]): string {
  if (word) return word
  throw new Refused('要写编号或文件 · Say the id, or the file: npm run lilong -- --help')
}

function needed(options: Options, name: string): string {
  const value = options[name]
  if (typeof value === 'string') return value
  throw new Refused(`要写 --${name} · Say --${name}: npm run lilong -- --help`)
}

function given(options: Options, ...names: string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = options[name]
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )
}

function named(options: Options): { nameAtGateway?: string } {
  const name = options['name-at-gateway']
  return typeof name === 'string' ? { nameAtGateway: name } : {}
}
