import type { Clock } from '../kernel/clock.ts'
import type { Tell } from './bus.ts'
import type { Database } from './sql.ts'
import type { Log } from './log.ts'
import type { Seal } from './seal/index.ts'

/**
 * What every action needs of the machine: rows, time, ids, the outbox, the log, the seal. Nothing
 * of the domain.
 */
export type Given = {
  readonly db: Database
  readonly clock: Clock
  readonly newId: <Kind extends string>() => Kind
  readonly tell: Tell
  readonly log: Log
  readonly seal: Seal
}
