import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lilong-replay-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Ran = { code: number; out: string; err: string }

/** `npm run lilong -- replay …`, as a person types it; no town is running. */
function replay(...words: string[]): Promise<Ran> {
  const env = { ...process.env, LILONG_DATA_DIR: folder }
  return new Promise((done) => {
    execFile(process.execPath, ['scripts/lilong.ts', 'replay', ...words], { env }, (e, out, err) =>
      done({ code: typeof e?.code === 'number' ? e.code : 0, out, err }),
    )
  })
}

function written(name: string, text: string): string {
  const file = join(folder, name)
  writeFileSync(file, text)
  return file
}

const begin = Date.parse('2026-03-02T00:00:00Z') / 1_000

/** A line each hour of ten days; from the third to the sixth nobody moves. */
function log(): string {
  const lines = Array.from({ length: 240 }, (_, hour) => hour)
    .filter((hour) => hour < 48 || hour > 120)
    .map((hour) => JSON.stringify({ t: begin + hour * 3_600, dur_s: 30, sensor: 'Hall' }))
  return `${lines.join('\r\n')}\r\n`
}
const mapping = '{"Hall": {"kind": "motion", "place": "flat 3"}, "Attic": {"kind": "motion"}}'

test('a log is judged by a shipped rule: findings, coverage, longest silences', async () => {
  const file = written('log.jsonl', log())
  const map = written('map.json', mapping)
  const asked = [file, '--rule', 'care-silence', '--mapping', map, '--consented']
  const { code, out } = await replay(...asked)
  expect(code).toBe(0)
  expect(out).toMatch(/care-silence {2}167 .*2026-03-02 00:00Z – 2026-03-11 23:00Z/)
  expect(out).toMatch(/2026-03-05 23:00Z {2}raised {2}flat 3 {2}48\.0 h/)
  expect(out).toMatch(/Hall {2}flat 3 {2}100%/)
  expect(out).toMatch(/Attic .*nothing in the log/)
  expect(out).toMatch(/flat 3 {2}74\.0 h/)
  const { out: json } = await replay(...asked, '--json')
  expect(JSON.parse(json)).toMatchObject({
    ...{ rule: 'care-silence', lines: 167, counts: { raised: 1 }, neverSpoke: ['Attic'] },
    findings: [{ is: 'raised', subject: 'flat 3', at: '2026-03-05T23:00:00.000Z' }],
  })
})

test('what is missing or refused is said in a sentence, with 2', async () => {
  const file = written('log.jsonl', log())
  const map = written('map.json', mapping)
  const bad = written('bad.jsonl', '{"t": "2026-03-02T08:00:00", "sensor": "Hall"}\n')
  const cases: [string[], RegExp][] = [
    [[], /Say the file/],
    [[file], /care-silence, .*smoke/],
    [[file, '--rule', 'no-such'], /Say --rule NAME/],
    [[file, '--rule', 'care-silence', '--mapping', map], /--consented/],
    [[file, '--rule', 'smoke', '--mapping', join(folder, 'none.json')], /ENOENT/],
    [[join(folder, 'none.jsonl'), '--rule', 'smoke', '--mapping', map], /ENOENT/],
    [[file, '--rule', 'smoke'], /line 1: .*“Hall”/],
    [[bad, '--rule', 'smoke', '--mapping', map], /line 1: .*no zone/],
    [[file, '--rule', 'smoke', '--rules', bad, '--mapping', map], /refused/],
  ]
  for (const [words, says] of cases) {
    const { code, err } = await replay(...words)
    expect([words, code]).toEqual([words, 2])
    expect(err).toMatch(says)
    expect(err).not.toMatch(/\n\s+at /)
  }
}, 60_000)
