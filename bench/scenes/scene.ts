import type { Instant } from '../../src/kernel/clock.ts'
import type { ConsentId, PlaceCode } from '../../src/kernel/ids.ts'
import type {
  Agreement,
  Message,
  RuleInUse,
  StreetSensor,
} from '../../src/watch/scenarios/index.ts'

/** One call of a street kernel, in the order in which the calls are made. */
export type Act =
  | { do: 'add-sensor'; sensor: StreetSensor }
  | { do: 'remove-sensor'; sensor: string }
  | { do: 'add-rule'; rule: RuleInUse }
  | { do: 'agree'; agreement: Agreement }
  | { do: 'end-agreement'; consent: ConsentId }
  | { do: 'set-away'; home: PlaceCode; until: Instant | null; now: Instant }
  | { do: 'take'; message: Message }
  | { do: 'condition'; sensor: string; condition: string; isSo: boolean; at: Instant }
  | { do: 'close'; key: string; subject: string; at: Instant }
  | { do: 'advance'; now: Instant }
  /** What changed is saved. */
  | { do: 'save' }
  /** The program is killed: only what was saved lives on, and the stream is read again. */
  | { do: 'kill' }

export type DayKind = (day: string) => 'working' | 'off' | undefined

/** Everything that happened in one small street, in order. The same seed, the same scene. */
export type Scene = {
  seed: number
  start: Instant
  settleMs: number
  dayKind: DayKind
  acts: Act[]
}
