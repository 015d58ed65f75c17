/** `npm run bench -- NAME [--json]`: one JSON object a line on standard output. */
import { benchStart } from './start.ts'

const benches: Record<string, () => Promise<void>> = { start: benchStart }

const [name = ''] = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const bench = benches[name]
if (bench) await bench()
else {
  console.error(`npm run bench -- NAME [--json]\n  NAME: ${Object.keys(benches).join(', ')}`)
  process.exitCode = 2
}
