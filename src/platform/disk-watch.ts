import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import { stopping, type Troubles } from './trouble.ts'

const slowMs = 2_000
const lookEveryMs = 15_000
const lookAgainMs = 3_000

/**
 * A commit every 15 seconds, every 3 while something is wrong: the onset of trouble is noticed when
 * nobody else writes, and its end by itself.
 */
export function watchDisk(
  pool: Pool,
  troubles: Troubles,
  everyMs = { calm: lookEveryMs, troubled: lookAgainMs },
): AsyncDisposable {
  const ending = new AbortController()
  const { signal } = ending
  const rounds = async () => {
    while (!signal.aborted) {
      await commitOnce(pool, troubles, signal)
      const waitMs = troubles.says().length > 0 ? everyMs.troubled : everyMs.calm
      await pause(waitMs, undefined, { signal }).catch(() => undefined)
    }
  }
  const over = rounds()
  return {
    async [Symbol.asyncDispose]() {
      ending.abort()
      await over
    },
  }
}

async function commitOnce(pool: Pool, troubles: Troubles, signal: AbortSignal): Promise<void> {
  const began = performance.now()
  const late = setTimeout(() => troubles.begin('disk-slow'), slowMs)
  const stopped = new Promise<'stopped'>((resolve) =>
    signal.addEventListener('abort', () => resolve('stopped'), { once: true }),
  )
  // What begins while a commit is under way is not over because that commit came through.
  const before = troubles.says()
  try {
    const statement = before.includes('disk-full') ? takeRoom : commit
    const committed = pool.query(statement)
    // Who ends the program does not wait for a disk that hangs.
    committed.catch(() => undefined)
    if ((await Promise.race([committed, stopped])) === 'stopped') return
    const tookMs = performance.now() - began
    for (const over of before) {
      if (stopping.has(over) || (over === 'disk-slow' && tookMs < slowMs)) troubles.end(over)
    }
  } catch (error) {
    troubles.hear(error)
  } finally {
    clearTimeout(late)
  }
}

/** Forces a record into the log and waits for the disk, and leaves no row behind. */
const commit = `select pg_logical_emit_message(true, 'lilong', '')`

/**
 * A log that was made long ago can be written on a full disk: only 8 MB of new pages show that
 * there is room again.
 */
const takeRoom = `
  begin;
  create temporary table lilong_room on commit drop as
    select gen_random_uuid() from generate_series(1, 200000);
  ${commit};
  commit`
