import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { print, round } from '../figure.ts'
import { Child } from '../load/child.ts'
import { installPeer } from '../peers/install.ts'
import { installNodeRed } from '../peers/node-red.ts'
import type { Asked } from './peer-rules-engine.ts'
import type { Timeouts } from './peer-timeouts.ts'
import { runTrigger } from './peer-trigger.ts'

const bench = 'scenarios'
const million = 1_000_000
const triggerKeys = [1_000, 5_000, 10_000, 20_000]
const rulesHome = resolve('.lilong/peers-rules-engine')

/**
 * Others, as far as each expresses "no sign of life for 48 hours, while the sensor worked". None of
 * them measures coverage, so none can tell an elder who is silent from a sensor that is dead.
 */
export async function benchScenarioPeers(folder: string): Promise<void> {
  const peers = { timeouts, rulesEngine, trigger: () => trigger(folder) }
  for (const [name, run] of Object.entries(peers)) {
    await run().catch((why: unknown) => {
      console.error(`not run: ${name}: ${why instanceof Error ? why.message : 'failed'}`)
    })
  }
}

async function timeouts(): Promise<void> {
  await using child = new Child(join(import.meta.dirname, 'peer-timeouts.ts'))
  const { perSecond, rssMb } = await child.ask<Timeouts>('run', { homes: million, rounds: 3 })
  const says = `one setTimeout a home, put off by each sign of life; ${million} homes, ${round(rssMb, 0)} MB; no coverage, no away, no late message; a restart forgets all`
  print({
    bench,
    metric: 'peer_timeout_events_per_s_1m',
    unit: 'events/s',
    median: round(perSecond, 0),
    n: 1,
    says,
  })
}

async function rulesEngine(): Promise<void> {
  const from = join(import.meta.dirname, '../peers/rules-engine')
  if (!installPeer('json-rules-engine', from, rulesHome)) return
  await using child = new Child(join(import.meta.dirname, 'peer-rules-engine.ts'))
  const wish = { installed: join(rulesHome, 'package.json'), forMs: 5_000 }
  const { perSecond, asked } = await child.ask<Asked>('run', wish)
  const says =
    'json-rules-engine, silence and coverage as facts, one home after the other; it keeps no time and no state: both are made for it, and each home is asked again at every look'
  print({
    bench,
    metric: 'peer_json_rules_engine_homes_per_s',
    unit: 'homes/s',
    median: round(perSecond, 0),
    n: asked,
    says,
  })
  const keys = round(perSecond * 15, 0)
  const bears = 'homes that one core can ask once in 15 seconds, with nothing else to do'
  print({
    bench,
    metric: 'peer_json_rules_engine_keys',
    unit: 'homes',
    median: keys,
    n: 1,
    says: bears,
  })
}

async function trigger(folder: string): Promise<void> {
  if (!installNodeRed() || !existsSync(resolve('.lilong/peers'))) return
  const all = await runTrigger(folder, triggerKeys)
  for (const { keys, firstPerSecond, perSecond, rssMb } of all) {
    const says = `Node-RED's trigger, one timer a home, put off by each message, ${keys} homes known; ${round(firstPerSecond, 0)} new homes/s before that; ${round(rssMb, 0)} MB; no coverage; a restart forgets all`
    print({
      bench,
      metric: `peer_node_red_trigger_events_per_s_${keys}`,
      unit: 'events/s',
      median: round(perSecond, 0),
      n: 1,
      says,
    })
  }
  if (all.length < triggerKeys.length) {
    console.error(`Node-RED did not come to ${triggerKeys[all.length]} homes within 3 minutes`)
  }
}
