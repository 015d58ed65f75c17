/** `replay FILE.jsonl --rule NAME`: judges a log of one's own by a rule. No running town is asked. */
import { createReadStream, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import {
  mappingByName,
  readMapping,
  readRules,
  replay,
  replayLineLengthMax,
  shippedRules,
  type Definition,
  type OwnFinding,
  type ReplayReport,
} from '../../src/watch/scenarios/index.ts'
import { Refused, type Options, type Said } from './calling.ts'

export async function replayFile(options: Options, [file]: string[]): Promise<Said> {
  if (!file) throw new Refused('要写文件名 · Say the file: replay FILE.jsonl --rule NAME')
  const { rule, mapping, rules, consented } = options
  const definition = ruleNamed(rule, typeof rules === 'string' ? rules : undefined)
  const report = await replay(linesOf(file), {
    definition,
    mapping: typeof mapping === 'string' ? readMapping(readGiven(mapping)) : mappingByName(),
    isConsented: consented === true,
    dayKind: publishedDays(),
  })
  return { answer: answerOf(report), lines: linesFor(report) }
}

function ruleNamed(name: unknown, file: string | undefined): Definition {
  const all = file === undefined ? shippedRules().map((one) => one.definition) : rulesIn(file)
  const found = all.find(({ rule }) => rule === name)
  if (found) return found
  const names = all.map(({ rule }) => rule).join(', ')
  throw new Refused(`要写 --rule 规则名 · Say --rule NAME: ${names}`)
}

function rulesIn(file: string): readonly Definition[] {
  const { definitions, problems } = readRules(readGiven(file), { street: '' })
  if (problems.length === 0) return definitions
  const lines = problems.slice(0, 20).map(({ field, because, more }) => {
    return `  ${field}: ${because}${more === undefined ? '' : ` ${more}`}`
  })
  throw new Refused([`${file}: 规则不能用 · the rules are refused`, ...lines].join('\n'))
}

function readGiven(file: string): string {
  try {
    return readFileSync(resolve(file), 'utf8')
  } catch (error) {
    throw new Refused(`读不了 · cannot be read: ${(error as Error).message}`)
  }
}

/** Line by line, so that a log of any length is read in the same memory. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const stream = createReadStream(resolve(file), { encoding: 'utf8', highWaterMark: 1 << 18 })
  let rest = ''
  try {
    for await (const part of stream as AsyncIterable<string>) {
      const lines = (rest + part).split('\n')
      rest = lines.pop() ?? ''
      yield* lines
      // Cut, not kept: the reader refuses it as too long, with its number.
      if (rest.length > replayLineLengthMax) rest = rest.slice(0, replayLineLengthMax + 1)
    }
  } catch (error) {
    if ((error as { code?: string }).code === undefined) throw error
    throw new Refused(`读不了 · cannot be read: ${(error as Error).message}`)
  }
  if (rest !== '') yield rest
}

/** Working days as published; of other years nothing is guessed. */
function publishedDays(): (day: string) => 'working' | 'off' | undefined {
  const path = join(import.meta.dirname, '../../data/working-days.json')
  const { years, days } = JSON.parse(readFileSync(path, 'utf8')) as {
    years: number[]
    days: Record<string, 'holiday' | 'work'>
  }
  return (day) => {
    if (!years.includes(Number(day.slice(0, 4)))) return undefined
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
    const usual = weekday === 0 || weekday === 6 ? 'holiday' : 'work'
    return (days[day] ?? usual) === 'work' ? 'working' : 'off'
  }
}

/** Times as ISO: who reads it should not have to know our clock. */
function answerOf(report: ReplayReport): unknown {
  const times = new Set(['at', 'from', 'to', 'first', 'last'])
  return JSON.parse(
    JSON.stringify(report, (key, value: unknown) =>
      times.has(key) && typeof value === 'number' ? iso(value) : value,
    ),
  )
}

function linesFor(report: ReplayReport): string[] {
  const { rule, lines, first, last, counts, findings, tooLate, coverage, silences } = report
  const counted = Object.entries(counts).map(([is, count]) => `${is} ${count}`)
  return [
    `${rule}  ${lines} 行 · lines  ${shown(first)} – ${shown(last)}`,
    `结果 · findings: ${counted.join(', ') || '没有 · none'}`,
    ...findings.slice(0, 100).map(findingLine),
    ...(findings.length > 100 ? ['  … --json'] : []),
    ...(tooLate > 0 ? [`来得太晚、没有判断 · too late to be judged: ${tooLate}`] : []),
    '覆盖 · coverage:',
    ...coverage.flatMap(coverageLines),
    ...report.neverSpoke.map((name) => `  ${name}  日志里没有 · nothing in the log`),
    '最长的静默 · longest silences:',
    ...silences.map(
      ({ place, from, to, uncoveredMs, isOpen }) =>
        `  ${place}  ${hours(to - from)}  ${shown(from)} – ${shown(to)}` +
        `${uncoveredMs > 0 ? `  没覆盖 · not covered ${hours(uncoveredMs)}` : ''}` +
        `${isOpen ? '  日志到此为止 · the log ends' : ''}`,
    ),
  ]
}

function findingLine({ is, subject, at, silentMs, signals }: OwnFinding): string {
  const silent = silentMs === null ? '' : `  ${hours(silentMs)}`
  const newest = signals.slice(-3).map(({ sensor, state }) => `${sensor} ${state}`)
  return `  ${shown(at)}  ${is}  ${subject}${silent}  ${newest.join(', ')}`.trimEnd()
}

function coverageLines({
  sensor,
  place,
  coveredPercent,
  isAssumed,
  gaps,
}: ReplayReport['coverage'][number]): string[] {
  const why = isAssumed ? '  没有心跳，当作一直在 · no heartbeat given: taken to work' : ''
  return [
    `  ${sensor}  ${place}  ${coveredPercent}%${why}`,
    ...gaps.map(({ from, to }) => `    ${hours(to - from)}  ${shown(from)} – ${shown(to)}`),
  ]
}

function hours(ms: number): string {
  return `${(ms / 3_600_000).toFixed(1)} h`
}

function iso(at: number): string {
  return new Date(at).toISOString()
}

function shown(at: number): string {
  return iso(at).slice(0, 16).replace('T', ' ') + 'Z'
}
