/** `npm test`: the checkers, then every test; ends with `N passed, N failed`. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runChecks } from './check/steps.ts'

type Count = { passed: number; failed: number }

/** The part of vitest's JSON report that is counted. */
type Report = {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

const { values } = parseArgs({ options: { only: { type: 'string' } } })
const checks = values.only === undefined ? await countChecks() : { passed: 0, failed: 0 }
const tests = await countTests(values.only)
const failed = checks.failed + tests.failed
console.log(`\n${checks.passed + tests.passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

async function countChecks(): Promise<Count> {
  const results = await runChecks()
  const passed = results.filter((result) => result.passed).length
  return { passed, failed: results.length - passed }
}

async function countTests(only: string | undefined): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), 'lilong-report-'))
  const path = join(folder, 'report.json')
  try {
    const code = await vitest(path, only === undefined ? [] : [only])
    return existsSync(path) ? count(readReport(path), code) : { passed: 0, failed: 1 }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs vitest with its report for people on our output and the one for counting in `path`. */
function vitest(path: string, patterns: string[]): Promise<number> {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${path}`]
  const args = ['node_modules/vitest/vitest.mjs', 'run', ...reporters, ...patterns]
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => child.kill(signal))
  }
  return new Promise((resolve) => {
    child.once('error', () => resolve(127))
    child.once('close', (code) => resolve(code ?? 1))
  })
}

function readReport(path: string): Report {
  return JSON.parse(readFileSync(path, 'utf8')) as Report
}

/** A file that could not be read, or an error outside every test, is a failure of its own. */
function count(report: Report, code: number): Count {
  const unread = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  )
  const failed = report.numFailedTests + unread.length
  return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed }
}
