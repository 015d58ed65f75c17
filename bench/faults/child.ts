/** One program with its own database, to be killed at any moment. Says `up` once it can be used. */
import { parseArgs } from 'node:util'
import { movableClock, systemClock } from '../../src/platform/clock.ts'
import { logTo } from '../../src/platform/log.ts'
import { ensureRoles, migrate } from '../../src/platform/migrate.ts'
import { startPostgres } from '../../src/platform/postgres.ts'
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
  },
})

const postgres = await startPostgres({ dataDir: values.data, say: () => undefined })
await migrate(postgres.url, migrationsDir)
const { appUrl } = await ensureRoles(postgres.url, values.data)
const program = await openProgram({
  urls: { ownerUrl: postgres.url, appUrl },
  ...{ clock: movableClock(systemClock, Number(values.ahead)), real: systemClock },
  ...{ log: logTo(process.stderr), operatorKey: values.key, version: 'faults', town: 'demo' },
  ...{ bindAddress: '127.0.0.1', httpPort: Number(values.http), mqttPort: Number(values.mqtt) },
  ...{ distDir: null, ticks: true },
})
await importCalendar(program.given, calendar)
console.log(JSON.stringify({ up: postgres.url }))

void postgres.died.then(() => process.exit(3))
process.once('SIGTERM', () => {
  void program
    .close()
    .then(() => postgres.stop())
    .then(() => process.exit(0))
})
