/**
 * `npm run prove:access -- [--cases N] [--seed N] [--in-flight N] [--only matrix|fuzz|words|fresh|parts]`:
 * nobody reaches what is beyond them, no word of anybody is where it does not belong, and no secret
 * comes with the product. Every endpoint by every role with everybody else's objects; requests by
 * chance; every sink that a stranger or an operator can read; two fresh installations; what the
 * product is made of. Prints one figure a line and ends with status 1 where a promise is broken.
 */
import { parseArgs } from 'node:util'
import { useServer } from '../tests/rig/database.ts'
import { openServer, teardown } from '../tests/rig/global.ts'
import { proveFresh } from './access/fresh.ts'
import { proveFuzz } from './access/fuzz.ts'
import { proveMatrix } from './access/matrix.ts'
import { proveParts } from './access/parts.ts'
import { brokenPromises, report } from './access/report.ts'
import { proveWords } from './access/words.ts'

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    'in-flight': { type: 'string', default: '16' },
    only: { type: 'string', default: '' },
    json: { type: 'boolean' },
  },
})

const wants = (part: string) => values.only === '' || values.only === part

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130))
let databaseWords = ''
if (['matrix', 'fuzz', 'words'].some(wants)) {
  useServer(
    await openServer(
      (heard) => void (databaseWords = `${databaseWords}${heard}`.slice(-4e6)),
      true,
    ),
  )
  try {
    if (wants('matrix')) await proveMatrix()
    const { cases, seed, 'in-flight': inFlight } = values
    const told = wants('fuzz') ? await proveFuzz(Number(cases), Number(seed), Number(inFlight)) : []
    if (wants('words')) await proveWords(report, () => databaseWords, told)
  } finally {
    await teardown()
  }
}
if (wants('fresh')) await proveFresh()
if (wants('parts')) proveParts()
const broken = brokenPromises()
if (broken.length > 0) {
  console.error(`broken: ${broken.join(', ')}`)
  process.exitCode = 1
}
process.exit()
