/**
 * `npm run prove:faults -- --kills N [--seed S] [--only PART,PART]`: what was acknowledged is stored
 * once, and what is due is asked of somebody once, whatever is done to program, database, disk,
 * clock and network. Prints one figure a line; a run that breaks a promise ends with status 1 and
 * names its seed.
 */
import { parseArgs } from 'node:util'
import { provePart } from './faults/parts.ts'
import { brokenPromises } from './faults/report.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    json: { type: 'boolean' },
    seed: { type: 'string' },
    only: { type: 'string', default: '' },
  },
})
const kills = Math.max(8, Math.floor(Number(values.kills)) || 0)
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const shortKills = 100
const only = values.only.split(',').filter((name) => name !== '')

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
console.error(`seed ${seed}, ${kills} kills`)
try {
  for (const [name, prove] of Object.entries(provePart)) {
    if (only.length > 0 && !only.includes(name)) continue
    const began = performance.now()
    await prove({ kills, seed, isShort: kills < shortKills })
    console.error(`${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`)
  }
} finally {
  const broken = brokenPromises()
  if (broken.length > 0) {
    console.error(`broken: ${broken.join(', ')}; run it again with --seed ${seed}`)
    process.exitCode = 1
  }
}
// Whatever a fault left hanging must not keep the run from ending.
process.exit()
