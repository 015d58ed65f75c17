import { spawn } from 'node:child_process'
import { join } from 'node:path'

type Step = {
  name: string
  /** what a failing step asks for */
  cure: string
  args: string[]
  /** a second look at what the tool said: some are content with having seen nothing */
  isSound?: (said: string) => boolean
}

const folders = [
  ...['src', 'web', 'town', 'simulator', 'stories', 'bench', 'tests', 'scripts', 'witness'],
]

const steps: Step[] = [
  { name: 'types', cure: 'tsc names the line', args: ['typescript/bin/tsc', '-p', '.'] },
  { name: 'lint', cure: 'rules are in .oxlintrc.json', args: ['oxlint/bin/oxlint'] },
  { name: 'format', cure: 'run node_modules/.bin/oxfmt', args: ['oxfmt/bin/oxfmt', '--check'] },
  { name: 'unused', cure: 'delete what nobody uses', args: ['knip/bin/knip.js', '--no-progress'] },
  {
    name: 'imports',
    cure: 'the rules and their reasons are in .dependency-cruiser.cjs',
    args: [
      '--import=./scripts/check/swc-using.mjs',
      'dependency-cruiser/bin/dependency-cruiser.mjs',
      ...folders,
      ...['--config', '.dependency-cruiser.cjs', '--output-type', 'err-long'],
    ],
    // Without its parser the tool finds nothing, says so politely, and exits with 0.
    isSound: (said) => Number(/([\d,]+) modules,/.exec(said)?.[1]?.replaceAll(',', '') ?? 0) > 50,
  },
  { name: 'generated', cure: 'run npm run generate', args: ['scripts/generate.ts', '--check'] },
]

export type Result = { name: string; passed: boolean }

/** Runs every checker, says how each went, and what a failing one said. */
export async function runChecks(): Promise<Result[]> {
  const results: Result[] = []
  for (const step of steps) {
    const { code, said } = await run(step.args)
    const passed = code === 0 && (step.isSound?.(said) ?? true)
    if (!passed) console.log(said.trim())
    console.log(passed ? `✓ ${step.name}` : `✗ ${step.name}: ${step.cure}`)
    results.push({ name: step.name, passed })
  }
  return results
}

/** A tool of ours under the Node we run on: its own `#!` line would find another one. */
function run(args: string[]): Promise<{ code: number; said: string }> {
  const options = args.filter((arg) => arg.startsWith('--import'))
  const [tool = '', ...rest] = args.slice(options.length)
  const path = tool.startsWith('scripts/') ? tool : join('node_modules', tool)
  const child = spawn(process.execPath, [...options, path, ...rest], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => (said += part))
  }
  return new Promise((resolve) => {
    child.once('error', (why) => resolve({ code: 127, said: String(why) }))
    child.once('close', (code) => resolve({ code: code ?? 1, said }))
  })
}
