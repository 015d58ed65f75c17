import { readFileSync, readdirSync } from 'node:fs'
import type pg from 'pg'
import { treeOf } from '../load/cpu.ts'
import type { Used } from '../pages/program.ts'
import type { Scene } from '../pages/scene.ts'

/** What may grow: memory in MB, open files, and what waits, as counts. */
export type Sample = {
  /** Since the beginning, in hours. */
  at: number
  program_heap_mb: number
  program_rss_mb: number
  program_files: number
  postgres_anon_mb: number
  postgres_files: number
  /** Events that no room has heard yet. */
  events_waiting: number
  /** Notes whose next way is due. */
  notes_due: number
  tasks_open: number
  /** Readings without PUBACK. */
  readings_waiting: number
}

/** `unacknowledged`: readings that were sent and have no PUBACK at that moment. */
export async function takeSample(
  { program, postgresPid }: Scene,
  client: pg.Client,
  unacknowledged: number,
  at: number,
): Promise<Sample> {
  const used = await program.ask<Used>('used', { isSettled: true })
  const { rows } = await client.query<{ jobs: number; notes: number; tasks: number }>(`
    select (select count(*)::int from pgboss.job where state in ('created', 'retry', 'active')
        and name like '%/%') as jobs,
      (select count(*)::int from delivery.note where next_at <= now()) as notes,
      (select count(*)::int from tasks.task where state <> 'closed') as tasks`)
  const tree = treeOf(postgresPid)
  return {
    at,
    ...{ program_heap_mb: used.heapMb, program_rss_mb: used.rssMb },
    program_files: filesOf(program.pid),
    postgres_anon_mb: sum(tree, anonMbOf),
    postgres_files: sum(tree, filesOf),
    events_waiting: rows[0]?.jobs ?? 0,
    ...{ notes_due: rows[0]?.notes ?? 0, tasks_open: rows[0]?.tasks ?? 0 },
    readings_waiting: unacknowledged,
  }
}

function sum(tree: readonly number[], of: (pid: number) => number): number {
  return tree.reduce((all, pid) => all + of(pid), 0)
}

/** Sockets and pipes count as well. A process that has just ended has none. */
function filesOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length
  } catch {
    return 0
  }
}

/** A process's own memory; the buffers that PostgreSQL's processes share are not in it. */
function anonMbOf(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/^RssAnon:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) / 1024
  } catch {
    return 0
  }
}
