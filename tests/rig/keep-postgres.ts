import { ensureRoles } from '../../src/platform/migrate.ts'
import { startPostgres } from '../../src/platform/postgres.ts'

/**
 * A keeper in a process of its own, to be killed: says its database's address, or why it has
 * none.
 */
const [dataDir = ''] = process.argv.slice(2)
try {
  const server = await startPostgres({ dataDir, say: console.log })
  const { appUrl } = await ensureRoles(server.url, dataDir)
  console.log(JSON.stringify({ url: server.url, appUrl }))
  process.once('SIGTERM', () => void server.stop())
  void server.died.then(() => process.exit(3))
} catch (why) {
  console.log(String(why))
  process.exitCode = 1
}
