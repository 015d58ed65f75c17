import { mkdirSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { join } from 'node:path'
import { begin, endChild } from '../peers/mosquitto.ts'
import { nodeRedProgram } from '../peers/node-red.ts'
import { freePort } from '../start.ts'

/** What the flow says after each number of keys. */
export type Trigger = { keys: number; firstPerSecond: number; perSecond: number; rssMb: number }

const waitMs = 180_000

/**
 * Node-RED's trigger, one timer a topic, put off by each message: "nothing from this home for 48
 * hours". Messages are made inside the flow, so that nothing but the trigger is in the way.
 */
export async function runTrigger(at: string, keys: readonly number[]): Promise<Trigger[]> {
  const folder = join(at, 'node-red-trigger')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'settings.cjs'), settings(await freePort()))
  writeFileSync(join(folder, 'flow.json'), JSON.stringify(flow(keys)))
  const words = [nodeRedProgram, '--settings', 'settings.cjs', '--userDir', folder, 'flow.json']
  const stdio: ('ignore' | 'pipe')[] = ['ignore', 'pipe', 'ignore']
  const child = begin(process.execPath, words, { cwd: folder, stdio })
  const late = setTimeout(() => void child.kill('SIGKILL'), waitMs)
  const said: Trigger[] = []
  try {
    if (!child.stdout) return said
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith('{"keys"')) said.push(JSON.parse(line) as Trigger)
      if (line === 'done') break
    }
    return said
  } finally {
    clearTimeout(late)
    await endChild(child)
  }
}

function settings(port: number): string {
  return `module.exports = {
  uiHost: '127.0.0.1', uiPort: ${port}, flowFile: 'flow.json', disableEditor: true,
  functionGlobalContext: {
    seen: { count: 0 }, say: (line) => console.log(line), rss: () => process.memoryUsage.rss(),
    rest: () => new Promise((done) => setImmediate(done)),
  },
  logging: { console: { level: 'warn' } },
}
`
}

/** Never more than 500 messages under way, so that it is the trigger that is measured. */
const drive = (keys: readonly number[]) => `
const seen = global.get('seen')
const say = global.get('say')
const rss = global.get('rss')
const rest = global.get('rest')
let sent = seen.count
const send = async (from, to, times) => {
  const began = Date.now()
  for (let time = 0; time < times; time++) {
    for (let key = from; key < to; key++) {
      node.send({ topic: 'home-' + key, payload: 1 })
      sent++
      while (sent - seen.count > 500) await rest()
    }
  }
  while (seen.count < sent) await rest()
  return ((to - from) * times * 1000) / Math.max(1, Date.now() - began)
}
let known = 0
for (const keys of ${JSON.stringify(keys)}) {
  const first = await send(known, keys, 1)
  known = keys
  const again = await send(0, keys, Math.ceil(50000 / keys))
  say(JSON.stringify({ keys, firstPerSecond: first, perSecond: again, rssMb: rss() / 1048576 }))
}
say('done')`

function flow(keys: readonly number[]): object[] {
  const place = { z: 'tab', x: 0, y: 0 }
  const work = { ...place, type: 'function', outputs: 1, libs: [] }
  return [
    { id: 'tab', type: 'tab', label: 'bench' },
    {
      ...{ id: 'go', type: 'inject', ...place, props: [{ p: 'payload' }], payloadType: 'date' },
      ...{ repeat: '', once: true, onceDelay: 1, wires: [['drive']] },
    },
    { id: 'drive', ...work, func: drive(keys), wires: [['trigger']] },
    {
      ...{ id: 'trigger', type: 'trigger', ...place, bytopic: 'topic', topic: 'topic' },
      ...{ op1: '', op1type: 'nul', op2: 'silent', op2type: 'str', duration: '48', units: 'hr' },
      ...{ extend: true, overrideDelay: false, reset: '', outputs: 1, wires: [[]] },
    },
    { id: 'after', type: 'complete', ...place, scope: ['trigger'], wires: [['count']] },
    { id: 'count', ...work, func: "global.get('seen').count++", wires: [[]] },
  ]
}
