import type { Instant } from '../../../kernel/clock.ts'
import type { GatewayId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import { errorFacts } from '../../../platform/log.ts'
import { addDeclaredModel } from '../../devices/index.ts'
import {
  Intake,
  intakeStore,
  notSaved,
  openMemory,
  rowsOf,
  type Entry,
  type Known,
} from '../intake/index.ts'
import { beginDowntime } from './downtime.ts'
import { openKeeping } from './keeping.ts'
import { openLoading } from './loading.ts'

const saveEveryMs = 30_000

/** The running room: memory of devices, intake, and who listens to what was committed. */
export type Sensing = Awaited<ReturnType<typeof openSensing>>
type Memory = ReturnType<typeof openMemory>
type Keeping = Awaited<ReturnType<typeof openKeeping>>
type Counting = { in(street: StreetCode): boolean }
type Listener = (taken: readonly Entry[]) => void

export async function openSensing(given: Given, lastJudged: number) {
  const { ownerPool: pool } = given.db
  const memory = openMemory()
  const listeners: Listener[] = []
  /** Whoever keeps the rules says so; before that nobody counts. */
  const counting: Counting = { in: () => false }
  let judgedThrough = lastJudged
  let savedAt = given.clock.now()
  const downtime = await beginDowntime(given)
  const keeping = await openKeeping(given)
  const first = Math.max(await intakeStore.lastPosition(pool), lastJudged)
  const intake = openIntake(given, memory, keeping, first, { listeners, counting })
  const loading = openLoading(given, memory)
  await loading.loadAll()
  const saveMarks = () => intake.saveMarks()

  return {
    ...{ given, intake, memory, downtime, ...loading },
    behind: (gateway: GatewayId) => [...(memory.gateway(gateway)?.devices.keys() ?? [])],
    afterCommit: (listener: Listener) => void listeners.push(listener),
    /** Sums of homes are taken only where the rule that needs them is in force. */
    countIn: (isCounting: Counting['in']) => void (counting.in = isCounting),
    /** Readings up to here are judged for good; their hours may go. */
    judged: (position: number) => (judgedThrough = Math.max(judgedThrough, position)),
    readingsAfter: (position: number) => intakeStore.readingsAfter(pool, position),
    keptSince: (street: string, since: Instant) => intakeStore.keptSince(pool, street, since),
    heardAt: (device: string): Instant | null => memory.get(device)?.heardAt ?? null,
    /** Every tick: that we live, now and then the marks, and what was odd. */
    async tick(now: Instant): Promise<void> {
      await downtime.alive(now)
      if (Math.abs(now - savedAt) < saveEveryMs) return
      savedAt = now
      try {
        await saveMarks()
        await intakeStore.saveRemarks(pool, remarksOf(memory.all()))
      } catch (error) {
        // Judging goes on; what was not saved is saved the next time.
        given.log.say('sensing.marks-failed', errorFacts(error))
      }
    },
    dropHours: (now: Instant) => keeping.dropHours(now, judgedThrough, saveMarks),
    dropDays: (now: Instant) => keeping.dropDays(now, saveMarks),
  }
}

function openIntake(
  given: Given,
  memory: Memory,
  keeping: Keeping,
  lastPosition: number,
  { listeners, counting }: { listeners: readonly Listener[]; counting: Counting },
) {
  const { ownerPool: pool } = given.db
  return new Intake({
    ...{ clock: given.clock, lastPosition },
    isCounting: (street) => counting.in(street),
    prepare: (batch) => rowsOf(batch, memory.all(), given.clock.now()),
    async save(rows) {
      await intakeStore.saveRows(pool, rows, keeping.isKept)
      keeping.note(rows)
    },
    wasSaved: (rows) => intakeStore.wereSaved(pool, rows),
    notSaved,
    /** A refused copy tells nobody that its device lives. */
    afterCommit(entries) {
      const taken = entries.filter(({ refusal }) => refusal === null)
      for (const listener of listeners) listener(taken)
    },
    /** A gateway says itself which fields its devices have: an unknown model becomes known. */
    onDeclared: (gateway, models) =>
      void addDeclaredModel(given, gateway.gateway.gateway, models).catch((error: unknown) =>
        given.log.say('sensing.declare-failed', errorFacts(error)),
      ),
    onTrouble: (error) => given.log.say('sensing.save-failed', errorFacts(error)),
  })
}

function remarksOf(all: Iterable<Known>) {
  const rows = []
  for (const { device, remarks } of all) {
    for (const [remark, { count, at }] of remarks) {
      rows.push({ street: device.street, device: device.device, remark, count, at })
    }
    remarks.clear()
  }
  return rows
}
