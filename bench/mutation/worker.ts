/**
 * Tests run again and again in one process of its own, with one file written otherwise. Nothing
 * of it is written to the disk.
 */
import { resolve } from 'node:path'
import { Writable } from 'node:stream'
import { createVitest, type Vitest } from 'vitest/node'
import { answer } from '../load/child.ts'

/** `source`: what stands instead in the file; null: as it is. `names`: of tests, if not all. */
export type Run = {
  file: string
  source: string | null
  tests: readonly string[]
  names: string | null
}
/** `by`: what failed first. */
export type Ran = { isGreen: boolean; by: string; tests: number }

let vitest: Vitest | undefined
let written: { file: string; source: string } | undefined

const silent = () => new Writable({ write: (_part, _encoding, done) => done() })

async function open(): Promise<void> {
  const wish = { watch: false, silent: true, reporters: [{}], maxWorkers: 1, bail: 1 }
  vitest = await createVitest(
    // What was kept of a file on the disk would stand for it whatever is written instead.
    { ...wish, fsModuleCache: false },
    { plugins: [{ name: 'mutant', enforce: 'pre', transform: instead }], logLevel: 'silent' },
    { stdout: silent(), stderr: silent() },
  )
}

function instead(_code: string, id: string): string | undefined {
  return written && id === written.file ? written.source : undefined
}

/** One file of tests after the other: the first that fails is enough. */
async function run({ file, source, tests, names }: Run): Promise<Ran> {
  if (!vitest) throw new Error('not open')
  const path = resolve(file)
  // Otherwise the file before this one would stay as it was last written wrong.
  if (written) vitest.invalidateFile(written.file)
  written = source === null ? undefined : { file: path, source }
  vitest.invalidateFile(path)
  if (names === null) vitest.resetGlobalTestNamePattern()
  else vitest.setGlobalTestNamePattern(names)
  let count = 0
  for (const test of tests) {
    const { passed, by } = await runOne(vitest, test)
    count += passed
    if (by !== undefined) return { isGreen: false, by, tests: count }
  }
  return { isGreen: count > 0, by: '', tests: count }
}

async function runOne(vitest: Vitest, test: string): Promise<{ passed: number; by?: string }> {
  // It would count what failed in earlier runs, too.
  vitest.state.filesMap.clear()
  const specification = vitest.getRootProject().createSpecification(resolve(test))
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([specification])
  const cases = testModules.flatMap((module) => [...module.children.allTests()])
  const passed = cases.filter((each) => each.result().state === 'passed').length
  const failed = cases.find((each) => each.result().state === 'failed')
  if (failed) return { passed, by: `${test} › ${failed.fullName}` }
  const errors = [...testModules.flatMap((module) => module.errors()), ...unhandledErrors]
  const isBroken = errors.length > 0 || testModules.some((module) => !module.ok())
  return isBroken
    ? { passed, by: `${test}: ${messageOf(errors[0] as { message: string } | undefined)}` }
    : { passed }
}

function messageOf(error: { message: string } | undefined): string {
  return error?.message.split('\n')[0] ?? 'did not run'
}

answer({ open, run }, () => vitest?.close())
