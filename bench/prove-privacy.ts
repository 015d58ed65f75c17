/**
 * `npm run prove:privacy -- [--tamperings N] [--seed N] [--withdrawals N]
 * [--only reads|tamper|ended|restored|kept|words]`: no read of anybody without a look in their
 * book; no tampering behind a head goes unnoticed; what somebody ends stops within a second and is
 * gone within a day, also where a backup is put back; nothing is kept past its term; no word
 * of anybody is where it does not belong. Prints one figure a line and ends with status 1 where a
 * promise is broken.
 */
import { parseArgs } from 'node:util'
import { useServer } from '../tests/rig/database.ts'
import { openServer, teardown } from '../tests/rig/global.ts'
import { proveWords } from './access/words.ts'
import { proveEnded, proveRestored } from './privacy/ended.ts'
import { proveKept } from './privacy/kept.ts'
import { proveReads } from './privacy/reads.ts'
import { brokenPromises, report } from './privacy/report.ts'
import { proveTampering } from './privacy/tampering.ts'

const { values } = parseArgs({
  options: {
    tamperings: { type: 'string', default: '10000' },
    withdrawals: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    json: { type: 'boolean' },
  },
})

const wants = (part: string) => values.only === '' || values.only === part

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
let databaseWords = ''
const hear = (heard: string) => void (databaseWords = `${databaseWords}${heard}`.slice(-4e6))
useServer(await openServer(hear, true))
try {
  if (wants('reads')) await proveReads()
  if (wants('tamper')) await proveTampering(Number(values.tamperings), Number(values.seed))
  if (wants('ended')) await proveEnded(Number(values.withdrawals))
  if (wants('restored')) await proveRestored()
  if (wants('kept')) await proveKept()
  if (wants('words')) await proveWords(report, () => databaseWords, [])
} finally {
  await teardown()
}
const broken = brokenPromises()
if (broken.length > 0) {
  console.error(`broken: ${broken.join(', ')}`)
  process.exitCode = 1
}
process.exit()
