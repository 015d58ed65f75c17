import type { Instant } from '../../../../kernel/clock.ts'
import type { PlaceCode } from '../../../../kernel/ids.ts'
import type { Consented, JudgedPurpose } from '../../../../ground/privacy/index.ts'
import {
  createCodes,
  createTimers,
  type DayKind,
  type Run,
  type Stream,
} from '../patterns/index.ts'
import { createSlots, type Slots } from '../slots.ts'
import type { RuleInUse, StreetFinding, StreetSensor } from '../street-types.ts'
import type { Kernel, PlanState } from '../types.ts'
import { createQueue, type Fact, type Queue } from './queue.ts'

/** A rule that listens to a sensor: in which cell of which subject. */
export type Bound = { run: Run; row: number; cell: number; isHearing: boolean }

/** Sensors by dense id. */
export type Sensors = {
  slots: Slots
  known: (StreetSensor | undefined)[]
  /** By rules that judge in the order of events, and by those that judge at once. */
  settled: Bound[][]
  prompt: Bound[][]
  coreId: Int32Array
  /** When it is looked whether it is lost; NaN: not, since it is told or open. */
  lossAt: Float64Array
  /** The newest folded run of heartbeats that waits or was judged: nothing in it is news. */
  coveredFrom: Float64Array
  coveredTo: Float64Array
  flags: Uint8Array
}
/** It did not speak for longer than its limit. */
export const isOverdue = 1
/** Its loss was told: its own, or with its gateway. */
export const isTold = 2
/** Every subject that hears it has begun. */
export const haveBegun = 4

/** `addedAt`: up to where the stream was judged when it came. */
export type Rule = { run: Run; inUse: RuleInUse; addedAt: Instant }
export type Agreed = {
  /** That somebody agreed: the core is armed with nothing less. */
  proof: Consented<JudgedPurpose>
  consent: string
  purpose: string
  home: PlaceCode
  street: string
  since: Instant
  awayUntil: Instant | null
}
/** A message for rules that do not wait; `to`: up to when it shows its sensor at work. */
export type Heard = {
  id: number
  at: Instant
  to: Instant
  facts: readonly Fact[]
  isLife: boolean
}
export type Turn = { sensor: string; condition: string; isSo: boolean; at: Instant }

/** Everything that a kernel of streets remembers. */
export type Street = {
  settleMs: number
  settled: Stream
  prompt: Stream
  sensors: Sensors
  rules: Map<string, Rule>
  /** By number, for timers; holes where a rule has gone. */
  runs: (Run | undefined)[]
  agreements: Map<string, Agreed>
  /** The same by purpose and home. */
  agreedAt: Map<string, Agreed[]>
  queue: Queue
  /** For rules that do not wait, until the next look. */
  arrived: Heard[]
  turns: Turn[]
  /** The judge of silence of life and of losses. Made when the first thing happens. */
  core: Kernel | undefined
  /** Life plans that are to be armed anew. */
  toArm: Set<string>
  plans: Map<string, { run: Run; row: number; home: PlaceCode }>
  planStates: Map<string, PlanState>
  /** Subjects that went since somebody asked what changed. */
  gone: Map<string, { rule: string; subject: string }>
  /** Gateways of which some sensor is overdue and it is not yet clear whose loss it is. */
  openGateways: Set<string>
  /** Sensors in each home. */
  atHome: Map<string, Set<number>>
  /** Sensors behind each gateway. */
  behind: Map<string, Set<number>>
  isTickWanted: boolean
  settledAt: Instant
  /** Up to which instant what does not wait was judged. */
  lookedAt: Instant
  fed: number
  /** Up to here, what does not wait was judged. */
  judgedFed: number
  /** Messages up to here were taken before a restart. */
  fedBefore: number
  tooLate: number
  found: StreetFinding[]
}

export function createStreet(start: Instant, settleMs: number, dayKind: DayKind): Street {
  const sensors: Sensors = {
    slots: createSlots(),
    known: [],
    settled: [],
    prompt: [],
    coreId: new Int32Array(firstRows),
    lossAt: new Float64Array(firstRows).fill(Number.NaN),
    coveredFrom: new Float64Array(firstRows).fill(Number.NaN),
    coveredTo: new Float64Array(firstRows).fill(Number.NaN),
    flags: new Uint8Array(firstRows),
  }
  const nameOf = (sensor: number) => sensors.slots.nameOf[sensor] ?? ''
  const found: StreetFinding[] = []
  const codes = createCodes()
  const limitMs = new Float64Array(firstRows)
  const heardBefore = new Float64Array(firstRows).fill(Number.NaN)
  const heardAt = new Float64Array(firstRows).fill(Number.NaN)
  const stream = (): Stream => ({
    ...{ timers: createTimers(), newest: new Float64Array(firstRows).fill(Number.NaN) },
    ...{ limitMs, heardBefore, heardAt, nameOf, codes, dayKind, found, holes: [] },
    idOf: (name) => sensors.slots.idOf.get(name) ?? -1,
    kindOf: (sensor) => sensors.known[sensor]?.kind ?? '',
    judgeLife: () => undefined,
    silenceOf: () => null,
    dirtyRuns: [],
    dirtyRows: [],
  })
  return {
    ...{ settleMs, sensors, found, settled: stream(), prompt: stream() },
    ...{
      rules: new Map(),
      runs: [],
      agreements: new Map(),
      agreedAt: new Map(),
      queue: createQueue(nameOf),
      turns: [],
      arrived: [],
    },
    ...{
      core: undefined,
      toArm: new Set(),
      plans: new Map(),
      gone: new Map(),
      planStates: new Map(),
    },
    ...{ openGateways: new Set(), behind: new Map(), atHome: new Map(), isTickWanted: false },
    settledAt: start - settleMs,
    lookedAt: start,
    ...{ fed: 0, judgedFed: 0, fedBefore: 0, tooLate: 0 },
  }
}

/** Room for one more sensor. */
export function growSensors({ sensors, settled, prompt }: Street, id: number): void {
  const length = sensors.lossAt.length
  if (id < length) return
  sensors.coreId = longer(sensors.coreId, new Int32Array(length * 2))
  sensors.flags = longer(sensors.flags, new Uint8Array(length * 2))
  for (const name of ['lossAt', 'coveredFrom', 'coveredTo'] as const) {
    sensors[name] = longer(sensors[name], new Float64Array(length * 2).fill(Number.NaN))
  }
  const limitMs = longer(settled.limitMs, new Float64Array(length * 2))
  const heardAt = longer(settled.heardAt, new Float64Array(length * 2).fill(Number.NaN))
  const before = longer(settled.heardBefore, new Float64Array(length * 2).fill(Number.NaN))
  for (const stream of [settled, prompt]) {
    stream.newest = longer(stream.newest, new Float64Array(length * 2).fill(Number.NaN))
    stream.limitMs = limitMs
    stream.heardBefore = before
    stream.heardAt = heardAt
  }
}

function longer<C extends Float64Array | Int32Array | Uint8Array>(column: C, made: C): C {
  made.set(column)
  return made
}

const firstRows = 256
