import pg from 'pg'
import { phaseLength, type Sent } from './ring.ts'

/**
 * Compares what each device was acknowledged with what is stored of it: every number once, without
 * a hole. Answers what differs.
 */
export async function compare(url: string, sent: readonly Sent[]) {
  const stored = new Map(
    (await rowsOf<Stored>(url, storedByPhase)).map((row) => [`${row.device} ${row.phase}`, row]),
  )
  const found = { acknowledged: 0, missing: 0, doubled: 0, refused: 0 }
  for (const { device, first, count } of sent) {
    const row = stored.get(`${device} ${first / phaseLength}`)
    found.acknowledged += count
    if (count === 0) continue
    const isWhole = row?.lowest === first && row.highest === first + count - 1
    found.missing += Math.max(count - (row?.numbers ?? 0), isWhole ? 0 : 1)
    found.doubled += row ? row.rows - row.numbers : 0
  }
  const [refused] = await rowsOf<{ n: number }>(url, refusedInAll)
  return { ...found, refused: refused?.n ?? 0 }
}

type Stored = {
  device: string
  phase: number
  rows: number
  numbers: number
  lowest: number
  highest: number
}
const storedByPhase = `
  select device, (sequence / ${phaseLength})::float8 as phase, count(*)::float8 as rows,
    count(distinct sequence)::float8 as numbers, min(sequence)::float8 as lowest,
    max(sequence)::float8 as highest
  from sensing.reading group by 1, 2`
const refusedInAll = 'select coalesce(sum(count), 0)::float8 as n from sensing.refusal'

export async function rowsOf<Row extends pg.QueryResultRow>(
  url: string,
  text: string,
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}
