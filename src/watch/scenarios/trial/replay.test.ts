import { expect, test } from 'vitest'
import type { Definition } from '../definition/index.ts'
import { mappingByName, readMapping } from './replay-mapping.ts'
import { replay, type ReplayWish } from './replay.ts'
import { careRule, smokeRule } from './testing/rules.ts'

const start = Date.parse('2026-03-02T08:00:00+08:00') / 1_000
const hour = 3_600

async function* linesOf(lines: readonly unknown[]) {
  for (const line of lines) yield typeof line === 'string' ? line : JSON.stringify(line)
}

function judged(lines: readonly unknown[], definition: Definition, wish: Partial<ReplayWish> = {}) {
  return replay(linesOf(lines), {
    ...{ definition, mapping: mappingByName(), isConsented: true, dayKind: () => undefined },
    ...wish,
  })
}

/** A line each hour, but for those between the two. */
function hourly(hours: number, [quietFrom, quietTo]: readonly [number, number], sensor = 'motion') {
  return Array.from({ length: hours }, (_, i) => i)
    .filter((i) => i <= quietFrom || i >= quietTo)
    .map((i) => ({ t: start + i * hour, dur_s: 60, sensor }))
}

test('a silence is found at its own time, and told with its length', async () => {
  const report = await judged(hourly(120, [10, 80]), careRule)
  expect(report.findings.map(({ is, at }) => [is, at / 1_000])).toEqual([
    ['raised', start + 58 * hour],
    ['cleared', start + 80 * hour],
  ])
  expect(report.findings[0]).toMatchObject({ subject: 'home', silentMs: 48 * hour * 1_000 })
  expect(report.silences[0]).toMatchObject({ from: (start + 10 * hour) * 1_000, uncoveredMs: 0 })
  expect(report.coverage).toMatchObject([
    { sensor: 'motion', coveredPercent: 100, isAssumed: true },
  ])
})

test('where the log has heartbeats, a dead sensor is no silence', async () => {
  const mapping = readMapping('{"hall": {"kind": "motion", "place": "flat 3", "heartbeat": 7200}}')
  const report = await judged(hourly(120, [10, 80], 'hall'), careRule, { mapping })
  expect(report.counts.raised).toBeUndefined()
  expect(report.counts['device-lost']).toBe(1)
  const { coverage, silences } = report
  expect(coverage).toMatchObject([
    { isAssumed: false, gaps: [{ to: (start + 80 * hour) * 1_000 }] },
  ])
  expect(coverage[0]?.coveredPercent).toBeLessThan(50)
  expect(silences[0]?.uncoveredMs).toBeGreaterThan(69 * hour * 1_000)
})

test('heartbeats in the log keep it covered', async () => {
  const mapping = readMapping('{"hall": {"kind": "motion", "heartbeat": 3600}}')
  const beats = Array.from({ length: 120 }, (_, i) => {
    return { t: start + i * hour + 1_800, sensor: 'hall', state: 'heartbeat' }
  })
  const lines = [...hourly(120, [10, 80], 'hall'), ...beats].toSorted((a, b) => a.t - b.t)
  const report = await judged(lines, careRule, { mapping })
  expect(report.counts.raised).toBe(1)
})

test('a state ends after its length, and not before', async () => {
  const rule = {
    ...smokeRule,
    when: { is: 'state', signal: { kind: 'smoke', states: ['alarm'] }, minutes: 10 },
    isEmergency: false,
  } as Definition
  const lines = [
    { t: start, dur_s: 540, sensor: 'smoke' },
    { t: start + 2 * hour, dur_s: 660, sensor: 'smoke' },
    { t: start + 4 * hour, sensor: 'smoke', state: 'clear' },
  ]
  const { findings } = await judged(lines, rule)
  expect(findings.map(({ is, at }) => [is, at / 1_000 - start])).toEqual([
    ['raised', 2 * hour + 600],
    ['cleared', 2 * hour + 660],
  ])
})

test('disorder within the stated lateness gives the same findings', async () => {
  const lines = hourly(120, [10, 80])
  const mixed = lines.flatMap((line, i) => [line, { ...line, t: line.t - 90, dur_s: i % 7 }])
  const sorted = mixed.toSorted((a, b) => a.t - b.t)
  const [one, other] = await Promise.all([judged(mixed, careRule), judged(sorted, careRule)])
  expect(one.findings).toEqual(other.findings)
  expect(one.counts.raised).toBe(1)
})

test('what is in the mapping and not in the file is said', async () => {
  const mapping = readMapping('{"hall": {"kind": "motion"}, "attic": {"kind": "motion"}}')
  const report = await judged(hourly(5, [9, 9], 'hall'), careRule, { mapping })
  expect(report.neverSpoke).toEqual(['attic'])
})

test.each<[string, readonly unknown[], RegExp]>([
  ['nothing', [], /no lines/],
  ['only empty lines', ['', '  '], /no lines/],
  [
    'disorder',
    [
      { t: 500, sensor: 'motion' },
      { t: 300, sensor: 'motion' },
    ],
    /line 2: .*sort/,
  ],
  [
    'a hole of years',
    [
      { t: 5, sensor: 'motion' },
      { t: 9e8, sensor: 'motion' },
    ],
    /line 2: more/,
  ],
  [
    'a bad line after empty ones',
    ['\uFEFF{"t": 5, "sensor": "motion"}', '', '{'],
    /line 3: not JSON/,
  ],
])('refused: %s', async (_, lines, says) => {
  await expect(judged(lines, careRule)).rejects.toThrow(says)
})

test('a rule over personal readings is refused without the word of the file’s owner', async () => {
  const wish = { isConsented: false }
  await expect(judged(hourly(9, [9, 9]), careRule, wish)).rejects.toThrow(/--consented/)
  const report = await judged([{ t: 5, sensor: 'smoke' }], smokeRule, wish)
  expect(report.counts.raised).toBe(1)
})
