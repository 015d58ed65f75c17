import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { rowsOf } from '../load/verify.ts'
import { freePort } from '../start.ts'
import { installPeer } from './install.ts'
import { begin, endChild } from './mosquitto.ts'

const home = resolve('.lilong/peers')
/** Only there once it is installed. */
export const nodeRedProgram = join(home, 'node_modules/node-red/red.js')
const startWaitMs = 60_000

/** Installs what `node-red/` names into `.lilong/peers`, once; false where it cannot. */
export function installNodeRed(): boolean {
  const from = join(import.meta.dirname, 'node-red')
  return installPeer('Node-RED (about 120 MB, .lilong/peers)', from, home)
}

/** Node-RED with one flow, on a port of its own; counts by the sequence that its table draws on. */
export async function openNodeRed(
  at: { folder: string; databaseUrl: string },
  mqttPort: number,
  form: 'insert' | 'batch',
) {
  const { databaseUrl } = at
  const folder = join(at.folder, `node-red-${form}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'settings.cjs'), settings(databaseUrl, await freePort()))
  writeFileSync(join(folder, 'flow.json'), JSON.stringify(flow(mqttPort, form)))
  const program = nodeRedProgram
  const words = ['--settings', 'settings.cjs', '--userDir', folder, 'flow.json']
  const stdio: ('ignore' | 'pipe')[] = ['ignore', 'pipe', 'ignore']
  const child = begin(process.execPath, [program, ...words], { cwd: folder, stdio })
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-20_000)))
  for (let waitedMs = 0; !/Connected to broker/.test(said); waitedMs += 100) {
    if (waitedMs > startWaitMs || child.exitCode !== null) {
      await endChild(child)
      throw new Error(`Node-RED did not start: ${said.slice(-500)}`)
    }
    await pause(100)
  }
  return {
    async taken(): Promise<number> {
      const text = 'select last_value::float8 as n from peer.reading_id_seq'
      return (await rowsOf<{ n: number }>(databaseUrl, text))[0]?.n ?? 0
    },
    [Symbol.asyncDispose]: () => endChild(child),
  }
}

/** Flows reach the database through the same driver that Node-RED's PostgreSQL nodes use. */
function settings(databaseUrl: string, port: number): string {
  const driver = JSON.stringify(join(home, 'node_modules/pg'))
  return `const { Pool } = require(${driver})
module.exports = {
  uiHost: '127.0.0.1', uiPort: ${port}, flowFile: 'flow.json', disableEditor: true,
  functionGlobalContext: {
    pool: new Pool({ connectionString: ${JSON.stringify(databaseUrl)}, max: 10 }),
  },
  logging: { console: { level: 'info' } },
}
`
}

const parse = `
const { seq, at, state } = JSON.parse(msg.payload)
const device = msg.topic.split('/')[2]
msg.payload = { device, seq, at: new Date(at).toISOString(), state }
return msg`
const insertOne = `
const { device, seq, at, state } = msg.payload
global.get('pool').query({
  name: 'one',
  text: 'insert into peer.reading (device, sequence, event_at, state) values ($1, $2, $3, $4)',
  values: [device, seq, at, state],
}).then(() => node.done(), (why) => node.error(why, msg))`
const insertMany = `
global.get('pool').query({
  name: 'many',
  text: \`insert into peer.reading (device, sequence, event_at, state)
    select * from json_to_recordset($1::json)
      as row (device uuid, seq bigint, at timestamptz, state text)\`,
  values: [JSON.stringify(msg.payload)],
}).then(() => node.done(), (why) => node.error(why, msg))`

function flow(port: number, form: 'insert' | 'batch'): object[] {
  // A node without a place on the canvas would be taken for a setting.
  const place = { z: 'tab', x: 0, y: 0 }
  const work = (id: string, func: string, ...wires: string[]) => ({
    ...{ id, type: 'function', ...place, func, outputs: wires.length, libs: [], wires: [wires] },
  })
  const group = { build: 'array', mode: 'auto', accumulate: false, propertyType: 'msg' }
  const count = { mode: 'count', count: 500, overlap: 0, honourParts: false, topics: [] }
  return [
    { id: 'tab', type: 'tab', label: 'bench' },
    {
      ...{ id: 'broker', type: 'mqtt-broker', broker: '127.0.0.1', port: `${port}` },
      ...{ protocolVersion: '4', keepalive: '60', cleansession: true, autoConnect: true },
    },
    {
      ...{ id: 'hear', type: 'mqtt in', ...place, topic: 'lilong/#', qos: '1', datatype: 'utf8' },
      ...{ broker: 'broker', inputs: 0, wires: [['parse']] },
    },
    work('parse', parse, form === 'insert' ? 'store-one' : 'gather'),
    work('store-one', insertOne),
    { id: 'gather', type: 'batch', ...place, ...count, wires: [['list']] },
    { id: 'list', type: 'join', ...place, ...group, property: 'payload', wires: [['store-many']] },
    work('store-many', insertMany),
  ]
}
