/**
 * One program with its own database, to be killed at any moment. Says `up` once it can be used.
 * A line `{"ahead": ms}` on standard input moves its clock at once, forward or back.
 */
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { bringerBack } from '../../src/platform/bring-back.ts'
import { systemClock, type MovableClock } from '../../src/platform/clock.ts'
import { logTo } from '../../src/platform/log.ts'
import { ensureRoles, migrate } from '../../src/platform/migrate.ts'
import { startPostgres } from '../../src/platform/postgres.ts'
import type { Sentence } from '../../src/platform/start-refusal.ts'
import { openTroubles, stopping } from '../../src/platform/trouble.ts'
import { importCalendar } from '../../src/ground/rules/index.ts'
import { migrationsDir, openProgram } from '../../src/program.ts'
import calendar from '../../data/working-days.json' with { type: 'json' }

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '' },
    http: { type: 'string', default: '0' },
    mqtt: { type: 'string', default: '0' },
    ahead: { type: 'string', default: '0' },
    key: { type: 'string', default: '' },
    database: { type: 'string', default: '' },
  },
})

const clock = jumpingClock(Number(values.ahead))
createInterface({ input: process.stdin })
  .on('line', (line) => {
    clock.ahead = (JSON.parse(line) as { ahead: number }).ahead
  })
  // The trial is gone: nobody else would end this.
  .on('close', () => process.exit(4))

const asked = new AbortController()
process.once('SIGTERM', () => asked.abort())
const troubles = openTroubles(say)
const postgres = await startPostgres({
  ...{ dataDir: values.data, hear: troubles.hear, say: () => undefined },
})
const bringBack = bringerBack({
  ...{ postgres, troubles, real: systemClock, say, signal: asked.signal },
})
let isSeen = false
// As main does: program after program on the same database, which is started again where it died.
for (;;) {
  const ending = await runOnce().catch((error: unknown) => {
    troubles.hear(error)
    if (!isSeen || !troubles.says().some((each) => stopping.has(each))) throw error
    return 'lost' as const
  })
  if (ending === 'end') break
  const came = await bringBack()
  if (came === 'gone') process.exit(3)
  if (came === 'ended') break
}
await postgres.stop()
process.exit(0)

async function runOnce(): Promise<'end' | 'lost'> {
  await migrate(postgres.url, migrationsDir)
  const { appUrl } = await ensureRoles(postgres.url, values.data)
  const lost = Promise.withResolvers<void>()
  const program = await openProgram({
    urls: { ownerUrl: through(postgres.url), appUrl: through(appUrl) },
    ...{ clock, real: systemClock, troubles, onLost: lost.resolve },
    ...{ log: logTo(process.stderr), operatorKey: values.key, version: 'faults', town: 'demo' },
    ...{ bindAddress: '127.0.0.1', httpPort: Number(values.http), mqttPort: Number(values.mqtt) },
    ...{ distDir: null, ticks: true },
  })
  try {
    await importCalendar(program.given, calendar)
    if (!isSeen) console.log(JSON.stringify({ up: postgres.url }))
    isSeen = true
    return await Promise.race([
      once(asked.signal, 'abort').then(() => 'end' as const),
      Promise.race([postgres.died, lost.promise]).then(() => 'lost' as const),
    ])
  } finally {
    await program.close()
  }
}

function say({ en }: Sentence): void {
  process.stderr.write(`${en}\n`)
}

/** The same database by way of another port, where the trial's line stands in between. */
function through(url: string): string {
  if (values.database === '') return url
  const way = new URL(url)
  way.port = values.database
  return way.href
}

/** The machine's clock as the program sees it: also goes back, as a machine's clock may. */
function jumpingClock(aheadMs: number): MovableClock & { ahead: number } {
  const clock = {
    ahead: aheadMs,
    speed: 1,
    now: () => Math.round(Date.now() + clock.ahead),
    set: ({ at = 0 }: { at?: number | undefined }) => {
      clock.ahead = Math.max(clock.ahead, at - Date.now())
    },
  }
  return clock
}
