/**
 * `npm run prove:scenarios -- [--seeds N] [--from SEED] [--homes N --days N --streets N] [--asking]
 * [--only judges|care] [--seed SEED]`: the kernel against a slow, obvious second judge, in random
 * streets where much goes wrong; and the care promise in simulated days. Prints one figure a line
 * and ends with status 1 where a promise is broken. `--seed` judges that one alone and prints what
 * both found, and the shortest run of calls in which they differ. `--asking`: with the rule on that
 * asks the person before a visit is due; it takes three weeks to learn.
 */
import { parseArgs } from 'node:util'
import { learningDays } from './scenes/care/promise.ts'
import { explain, proveJudges, proveCare } from './scenes/prove.ts'
import { brokenPromises } from './scenes/report.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    homes: { type: 'string', default: '1000' },
    days: { type: 'string', default: '28' },
    streets: { type: 'string', default: '2' },
    only: { type: 'string', default: '' },
    asking: { type: 'boolean', default: false },
    json: { type: 'boolean' },
  },
})

if (values.asking && Number(values.days) <= learningDays) {
  throw new RangeError(`--asking needs more than ${learningDays} days`)
}
if (values.seed !== undefined) {
  if (!explain(Number(values.seed))) process.exitCode = 1
} else {
  if (values.only !== 'care') proveJudges(Number(values.from), Number(values.seeds))
  const size = { homes: Number(values.homes), days: Number(values.days), planted: 40 }
  if (values.only !== 'judges') {
    proveCare(Number(values.from), Number(values.streets), size, values.asking)
  }
  const broken = brokenPromises()
  if (broken.length > 0) {
    console.error(`broken: ${broken.join(', ')}`)
    process.exitCode = 1
  }
}
