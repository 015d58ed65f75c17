/** What the trial knows of the program's tables: what was stored, refused and asked of people. */
import type { Line } from './senders.ts'
import type { Victim } from './victim.ts'

/** Whoever's database is asked. */
export type Asked = Pick<Victim, 'query'>

/**
 * Every reading is noted once more in its own transaction, so that it can be counted after its hour
 * has gone.
 */
export async function openLedger(victim: Asked): Promise<void> {
  await victim.query(`
    create schema faults;
    create table faults.seen (device uuid, sequence bigint);
    create function faults.note() returns trigger language plpgsql as $$
      begin insert into faults.seen values (new.device, new.sequence); return null; end $$;
    do $$ declare shelf text; begin
      foreach shelf in array array['sensing.reading', 'sensing.lasting_reading'] loop
        if to_regclass(shelf) is null then continue; end if;
        execute format('create trigger faults_note after insert on %s
          for each row execute function faults.note()', shelf);
      end loop;
    end $$`)
}

export type Tally = {
  acknowledged: number
  /** Acknowledged, not stored, and not counted as refused either. */
  lost: number
  /** Acknowledged and not stored, for a reason that was counted. */
  refused: number
  doubled: number
  copies: number
}

/** Compares what devices had acknowledged with what is stored. Heartbeats store nothing. */
export async function tally(victim: Asked, lines: readonly Line[]): Promise<Tally> {
  // What is acknowledged while we look may not have been there yet.
  const taken = new Map([...lines].map((line) => [line, [...line.acknowledged]]))
  const seen = await victim.query<{ device: string; numbers: string[] }>(
    'select device, array_agg(sequence) as numbers from faults.seen group by device',
  )
  const refusals = await victim.query<{ device: string; n: number }>(
    `select device, sum(count)::int as n from sensing.refusal
     where reason <> 'duplicate' group by device`,
  )
  const stored = new Map(seen.map((row) => [row.device, row.numbers.map(Number)]))
  const refusedBy = new Map(refusals.map((row) => [row.device, row.n]))
  const total: Tally = { acknowledged: 0, lost: 0, refused: 0, doubled: 0, copies: 0 }
  for (const [line, acknowledged] of taken) {
    const numbers = stored.get(line.sender.device) ?? []
    const once = new Set(numbers)
    const readings = acknowledged.filter((seq) => !isHeartbeat(line, seq))
    const missing = readings.filter((seq) => !once.has(seq)).length
    const refused = Math.min(missing, refusedBy.get(line.sender.device) ?? 0)
    total.acknowledged += readings.length
    total.refused += refused
    total.lost += missing - refused
    total.doubled += numbers.length - once.size
    total.copies += line.copies
  }
  return total
}

function isHeartbeat(line: Line, seq: number): boolean {
  return line.sent.get(seq)?.includes('"heartbeat"') ?? false
}

export type Duty = { rule: string; subject: string }
export type TaskCount = { due: number; lost: number; doubled: number; withoutCause: number }

/**
 * Every task that was ever asked of somebody, or those that are `open`, against those that were
 * due.
 */
export async function countTasks(
  victim: Asked,
  due: readonly Duty[],
  which: 'all' | 'open' = 'all',
): Promise<TaskCount> {
  const rows = await victim.query<Duty & { n: number; ways: string }>(
    `select rule, subject, count(*)::int as n,
       string_agg(state || ' since ' || opened_at, ', ' order by opened_at) as ways
     from tasks.task where $1 = 'all' or state <> 'closed' group by 1, 2`,
    [which],
  )
  for (const row of rows) {
    if (row.n > 1) console.error(`${row.n} times: ${nameOf(row)} (${row.ways})`)
  }
  const isDue = new Set(due.map(nameOf))
  const made = new Map(rows.map((row) => [nameOf(row), row.n]))
  return {
    due: isDue.size,
    lost: [...isDue].filter((one) => !made.has(one)).length,
    doubled: rows.reduce((sum, row) => sum + row.n - 1, 0),
    withoutCause: rows.filter((row) => !isDue.has(nameOf(row))).length,
  }
}

function nameOf({ rule, subject }: Duty): string {
  return `${rule} ${subject}`
}
