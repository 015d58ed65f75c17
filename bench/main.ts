/** `npm run bench -- NAME [--json]`: one JSON object a line on standard output. */
import { benchAlarm } from './alarm.ts'
import { benchAccess } from './book.ts'
import { benchConnect } from './connect.ts'
import { benchIngest } from './ingest.ts'
import { benchLive } from './live.ts'
import { benchMutation } from './mutation.ts'
import { benchRegister } from './register.ts'
import { benchReplay } from './replay.ts'
import { benchRestore } from './restore.ts'
import { benchScenarios } from './scenarios.ts'
import { benchStart } from './start.ts'
import { benchStorage } from './storage.ts'

const benches: Record<string, (words: readonly string[]) => Promise<void>> = {
  start: benchStart,
  access: benchAccess,
  ingest: benchIngest,
  connect: benchConnect,
  storage: benchStorage,
  restore: benchRestore,
  scenarios: benchScenarios,
  register: benchRegister,
  replay: benchReplay,
  alarm: benchAlarm,
  live: benchLive,
  mutation: benchMutation,
}

const words = process.argv.slice(2)
const [name = ''] = words.filter((word) => !word.startsWith('--'))
const bench = benches[name]
if (bench) await bench(words)
else {
  console.error(`npm run bench -- NAME [--json]\n  NAME: ${Object.keys(benches).join(', ')}`)
  process.exitCode = 2
}
