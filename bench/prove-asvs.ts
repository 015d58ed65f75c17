/**
 * `npm run prove:asvs`: OWASP ASVS 5.0.0, levels 1 and 2, answered line by line in `docs/asvs.tsv`:
 * how many are met, are not, or do not concern us, and whether all that is named to show it still
 * stands. Prints one figure a line and ends with status 1 where it does not.
 */
import { asvsCounts, missingIn, readAsvs, wrongIn } from '../tests/rig/asvs.ts'
import { print } from './figure.ts'

const lines = readAsvs()
const wrong = wrongIn(lines)
const missing = missingIn(lines)

say('asvs_lines', lines.length, asvsCounts.lines, 'levels 1 and 2 of ASVS 5.0.0')
for (const [verdict, metric] of [
  ['met', 'asvs_met'],
  ['not met', 'asvs_not_met'],
  ['not applicable', 'asvs_not_applicable'],
] as const) {
  const those = lines.filter((line) => line.verdict === verdict)
  const ofFirst = those.filter(({ level }) => level === 1).length
  say(metric, those.length, null, `${ofFirst} of level 1, ${those.length - ofFirst} of level 2`)
}
for (const each of [...wrong, ...missing]) console.error(each)
say('asvs_wrong', wrong.length, 0, 'lines that are twice, unordered, empty, too many or too few')
const shown = lines.reduce((sum, { where }) => sum + where.length, 0)
say('asvs_where_missing', missing.length, 0, `of ${shown} files and tests that are named`)
if (wrong.length + missing.length > 0) process.exitCode = 1

function say(metric: string, value: number, bound: number | null, says: string): void {
  const holds = bound === null ? null : value === bound
  const figure = { bench: 'prove:asvs', metric, unit: 'count', median: value, n: lines.length }
  print({ ...figure, bound, holds, says })
}
