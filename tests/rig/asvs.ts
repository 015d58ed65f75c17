/**
 * `docs/asvs.tsv`: each requirement of OWASP ASVS 5.0.0, levels 1 and 2, in our own words, with our
 * answer and where it is shown. What it asks for is said short; the standard itself says it whole.
 */
import { readFileSync } from 'node:fs'
import { whyGone } from './proofs.ts'

const verdicts = ['met', 'not met', 'not applicable'] as const
type Verdict = (typeof verdicts)[number]

export type AsvsLine = {
  id: string
  level: number
  asks: string
  verdict: Verdict
  where: readonly string[]
  because: string
}

/** So many the standard has, counted from its published list. */
export const asvsCounts = { lines: 253, ofLevel: { 1: 70, 2: 183 } } as const

const columns = 'id\tlevel\tasks\tverdict\twhere\tbecause'

export function readAsvs(text = readFileSync('docs/asvs.tsv', 'utf8')): readonly AsvsLine[] {
  const [head, ...rows] = text.trimEnd().split('\n')
  if (head !== columns) throw new Error('docs/asvs.tsv begins with other columns')
  return rows.map((row) => {
    const [id = '', level = '', asks = '', verdict = '', where = '', because = ''] = row.split('\t')
    return {
      ...{ id, level: Number(level), asks, because },
      verdict: verdict as Verdict,
      where: where === '' ? [] : where.split(' + '),
    }
  })
}

/** What is wrong with the list itself: a line that is twice, unordered, empty, or missing. */
export function wrongIn(lines: readonly AsvsLine[]): string[] {
  const wrong: string[] = []
  for (const [at, line] of lines.entries()) {
    const { id, asks, verdict, where, because } = line
    const before = lines[at - 1]
    if (!/^V\d+\.\d+\.\d+$/.test(id)) wrong.push(`${id}: no id`)
    if (before && rankOf(before.id) >= rankOf(id)) wrong.push(`${id}: not behind ${before.id}`)
    if (!verdicts.includes(verdict)) wrong.push(`${id}: ${verdict} is no answer`)
    if (asks === '') wrong.push(`${id}: asks for nothing`)
    if (verdict === 'met' && where.length === 0) wrong.push(`${id}: met, and nothing shows it`)
    if (verdict !== 'met' && because === '') wrong.push(`${id}: ${verdict}, and it is not said why`)
  }
  for (const [level, many] of Object.entries(asvsCounts.ofLevel)) {
    const found = lines.filter((line) => line.level === Number(level)).length
    if (found !== many) wrong.push(`level ${level}: ${found} lines of ${many}`)
  }
  if (lines.length !== asvsCounts.lines) wrong.push(`${lines.length} lines of ${asvsCounts.lines}`)
  return wrong
}

export function missingIn(lines: readonly AsvsLine[]): string[] {
  return lines.flatMap(({ id, where }) =>
    where.flatMap((one) => {
      const why = whyGone(one)
      return why === null ? [] : [`${id}: ${why}`]
    }),
  )
}

function rankOf(id: string): number {
  const [chapter = 0, section = 0, line = 0] = id.slice(1).split('.').map(Number)
  return chapter * 1e6 + section * 1e3 + line
}
