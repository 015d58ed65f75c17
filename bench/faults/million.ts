import type { Trial } from './parts.ts'
import { promiseNone, say, sayTimes } from './report.ts'
import { openScene } from './scene.ts'
import { send, sendAgain } from './senders.ts'

const readings = 1_000_000
const restartSMax = 15

/**
 * How long a start takes after everything was killed over a million readings of this hour that
 * nobody has judged yet: PostgreSQL recovers, marks and judge are built anew.
 */
export async function proveMillion({ isShort }: Trial): Promise<void> {
  await using scene = await openScene(20)
  const { victim, lines } = scene
  await Promise.all(lines.map((line) => send(line, victim.now(), 'granted')))
  // Said before the agreement was heard, a first reading is refused: it has no copy to be known.
  const first = await victim.query<{ device: string }>('select device from sensing.reading')
  const kept = lines.filter(({ sender }) => first.some(({ device }) => device === sender.device))
  // The ledger is for what devices sent.
  await victim.query('drop schema faults cascade')
  await victim.query(fill, [readings])
  const [stored] = await victim.query<{ n: number }>(count)
  const before = victim.restartMs.length
  for (let i = 0; i < (isShort ? 1 : 3); i++) await victim.strike('both')
  sayTimes('restart_s_with_1m_events', victim.restartMs.slice(before), restartSMax)
  const [after] = await victim.query<{ n: number }>(count)
  promiseNone('events_lost_of_1m', (stored?.n ?? 0) - (after?.n ?? 0), stored?.n ?? 0)
  // It takes what is new, and knows a copy of what it had.
  await Promise.all(kept.map((line) => sendAgain(line, 1)))
  const [again] = await victim.query<{ n: number }>(count)
  promiseNone('copies_stored_after_1m', (again?.n ?? 0) - (after?.n ?? 0), kept.length)
  say('events_stored', again?.n ?? 0, 1)
}

const count = 'select count(*)::int as n from sensing.reading'

/** Copies of what the devices said, with their next numbers, in this hour. */
const fill = `
  with said as (
    select *, row_number() over (order by position) as place, count(*) over () as devices,
      max(position) over () as last
    from sensing.reading
  )
  insert into sensing.reading
    (street, device, sequence, event_at, arrived_at, position, kind, state, consent)
  select street, device, 1 + each, event_at + each * interval '1 millisecond',
    arrived_at, last + (each - 1) * devices + place, kind, state, consent
  from said, generate_series(1, $1::int / 20) as each`
