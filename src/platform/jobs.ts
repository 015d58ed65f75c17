import { PgBoss } from 'pg-boss'
import pg from 'pg'
import { appRole } from './roles.ts'

const schema = 'pgboss'

/**
 * An event names people by their ids: heard, or given up, it is gone within a day, with the sweep.
 * One that nobody has heard yet waits however long the machine stands still: it may be an erasure.
 */
const howKept = { deleteAfterSeconds: 12 * 3600, retentionSeconds: 366 * 24 * 3600 }
const sweepEverySeconds = 3600

/** Creates pg-boss's schema and the queues as the owner, and lets the request role use them. */
export async function prepareJobs(
  ownerUrl: string,
  queues: readonly string[] = [],
  role = appRole,
): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema,
    max: 2,
    supervise: false,
    schedule: false,
  })
  boss.on('error', () => undefined)
  await boss.start()
  for (const queue of queues) {
    await boss.createQueue(queue, {
      notify: true,
      retryLimit: 20,
      retryDelay: 1,
      retryBackoff: true,
      retryDelayMax: 300,
      ...howKept,
    })
    // A queue that is there already keeps what it was made with.
    await boss.updateQueue(queue, howKept)
  }
  await boss.stop({ graceful: false })
  await makeReady(ownerUrl, role)
}

async function makeReady(ownerUrl: string, role: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    await client.query(`
      grant usage on schema ${schema} to ${role};
      grant select, insert, update, delete on all tables in schema ${schema} to ${role};
      grant execute on all functions in schema ${schema} to ${role};
      -- One program holds the data folder, so whatever is active here died with the last one.
      update ${schema}.job set state = 'retry', start_after = now() where state = 'active'`)
  } finally {
    await client.end()
  }
}

/** Starts pg-boss for one program, which also prunes (the data folder's lock allows only one). */
export async function startJobs(
  ownerUrl: string,
  onError: (error: Error) => void,
): Promise<PgBoss> {
  const boss = new PgBoss({
    connectionString: unhurried(ownerUrl),
    schema,
    max: 4,
    migrate: false,
    supervise: true,
    maintenanceIntervalSeconds: sweepEverySeconds,
    schedule: false,
    useListenNotify: true,
  })
  boss.on('error', onError)
  await boss.start()
  return boss
}

/**
 * That a job was taken or done need not wait for the disk: lost in a crash, it is done once more,
 * as any job may be. Events are written by the transactions that tell them, which do wait.
 */
function unhurried(ownerUrl: string): string {
  const url = new URL(ownerUrl)
  const wished = url.searchParams.get('options') ?? ''
  url.searchParams.set('options', `${wished} -c synchronous_commit=off`.trim())
  return url.href
}
