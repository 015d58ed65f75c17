import { dayMs, hourMs, type Instant } from '../../../kernel/clock.ts'
import type { DeviceId, GatewayId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import { errorFacts } from '../../../platform/log.ts'
import { liveConsents } from '../../../ground/privacy/index.ts'
import {
  addDeclaredModel,
  devicePurposes,
  devicesWithDigests,
  gatewaysWithDigests,
  modelsNamed,
  type Model,
} from '../../devices/index.ts'
import { dayShelfMs, termOf } from '../decide.ts'
import {
  Intake,
  intakeStore,
  openMemory,
  rowsOf,
  type Declared,
  type Entry,
  type KnownGateway,
} from '../intake/index.ts'
import * as shelves from '../shelves/index.ts'
import * as store from '../store.ts'
import { beginDowntime, type Downtime } from './downtime.ts'

/** Kept at the very latest for so long after arrival, judged or not (product: ≤ 72 h + 1 h). */
const keptMsMax = 72 * hourMs
const saveEveryMs = 30_000

/** The running room: memory of devices, intake, and who listens to what was committed. */
export type Sensing = Awaited<ReturnType<typeof openSensing>>

export async function openSensing(given: Given, lastJudged: number) {
  const { ownerPool: pool } = given.db
  const memory = openMemory()
  const hours = new Set<Instant>(await shelves.hoursKept(pool))
  const days = new Set<Instant>(await shelves.daysKept(pool))
  const listeners: ((taken: readonly Entry[]) => void)[] = []
  let judgedThrough = lastJudged
  let savedAt = given.clock.now()
  const downtime: Downtime = await beginDowntime(given)
  const intake = new Intake({
    clock: given.clock,
    lastPosition: Math.max(await intakeStore.lastPosition(pool), lastJudged),
    prepare: (batch) => rowsOf(batch, memory.all()),
    async save(rows) {
      await intakeStore.saveRows(pool, rows, (shelf, from) =>
        (shelf === 'hour' ? hours : days).has(from),
      )
      for (const hour of rows.hours) hours.add(hour)
      for (const day of rows.days) days.add(day)
    },
    wasSaved: (rows) => intakeStore.wereSaved(pool, rows),
    afterCommit(entries) {
      for (const listener of listeners) listener(entries)
    },
    onDeclared: (gateway, models) =>
      void declare(gateway, models).catch((error: unknown) =>
        given.log.say('sensing.declare-failed', errorFacts(error)),
      ),
    onTrouble: (error) => given.log.say('sensing.save-failed', errorFacts(error)),
  })

  const reload = async (where?: { device: DeviceId } | { gateway: GatewayId }) => {
    const device = where && 'device' in where ? where.device : undefined
    const found = await given.db.asOwner(async (tx) => {
      const devices = await devicesWithDigests(tx, where)
      const ids = new Set(devices.flatMap((one) => one.device.model ?? []))
      return { devices, models: ids.size === 0 ? [] : await modelsNamed(tx, [...ids]) }
    })
    const models = new Map<string, Model>(found.models.map((model) => [model.id, model]))
    const marks = new Map(
      (await intakeStore.loadMarks(pool, device)).map((row) => [row.device, row]),
    )
    const { conditions, batteries } = await intakeStore.loadHealth(pool, device)
    for (const { device: one, passwordDigest } of found.devices) {
      const own = conditions.filter((row) => row.device === one.device)
      memory.put(one, passwordDigest, models.get(one.model ?? '') ?? null, marks.get(one.device), {
        conditions: new Map(own.map(({ condition, since }) => [condition, since])),
        battery: batteries.find((row) => row.device === one.device)?.percent ?? null,
      })
    }
  }

  const reloadGateways = async (gateway?: GatewayId) => {
    const rows = await given.db.asOwner((tx) => gatewaysWithDigests(tx, gateway))
    const { conditions } = await intakeStore.loadHealth(pool, gateway)
    for (const { gateway: one, passwordDigest } of rows) {
      const copied = conditions.find((row) => row.device === one.gateway)
      const isCleared = memory.putGateway(one, passwordDigest, copied?.since ?? null)
      if (!isCleared) continue
      await given.db.asOwner((tx) => store.endCondition(tx, one.gateway, 'copied'))
    }
  }

  /** A gateway says itself which fields its devices have: an unknown model becomes known. */
  const declare = async (gateway: KnownGateway, models: Declared) => {
    await addDeclaredModel(given, gateway.gateway.gateway, models)
  }

  for (const consent of await given.db.asOwner((tx) =>
    liveConsents(tx, 'agreed-care', given.clock.now()),
  )) {
    memory.agree(consent)
  }
  await reloadGateways()
  await reload()

  return {
    ...{ given, intake, memory, reload, reloadGateways, downtime },
    /** A device or gateway came, moved, went or has a new credential. */
    async registryChanged(source: DeviceId | GatewayId): Promise<void> {
      const gateway = source as GatewayId
      await reloadGateways(gateway)
      await reload(memory.gateway(gateway) ? { gateway } : { device: source as DeviceId })
    },
    behind: (gateway: GatewayId) => [...(memory.gateway(gateway)?.devices.keys() ?? [])],
    afterCommit: (listener: (taken: readonly Entry[]) => void) => void listeners.push(listener),
    /** Readings up to here are judged for good; their hours may go. */
    judged: (position: number) => (judgedThrough = Math.max(judgedThrough, position)),
    readingsAfter: (position: number) => intakeStore.readingsAfter(pool, position),
    heardAt: (device: string): Instant | null => memory.get(device)?.heardAt ?? null,
    /** Every tick: that we live, now and then the marks, and what was odd. */
    async tick(now: Instant): Promise<void> {
      await downtime.alive(now)
      if (Math.abs(now - savedAt) < saveEveryMs) return
      savedAt = now
      await intake.saveMarks()
      await intakeStore.saveRemarks(pool, remarksOf(memory.all()))
    },
    /** Drops every hour that is over and judged, or over its term. Answers how many went. */
    async dropHours(now: Instant): Promise<number> {
      let gone = 0
      for (const hour of hours) {
        if (hour + hourMs > now) continue
        const isJudged = (await shelves.lastPositionIn(pool, hour)) <= judgedThrough
        if (!isJudged && now < hour + keptMsMax) continue
        await intake.saveMarks()
        await shelves.dropHour(pool, hour)
        hours.delete(hour)
        gone++
      }
      return gone
    },
    /** Drops every day that is over the longest term, and rows whose purpose has a shorter one. */
    async dropDays(now: Instant): Promise<number> {
      let gone = 0
      for (const purpose of devicePurposes) {
        const { shelf, termMs } = termOf(purpose)
        if (shelf === 'day' && termMs < dayShelfMs) {
          gone += await shelves.deleteLasting(pool, purpose, now - termMs)
        }
      }
      for (const day of days) {
        // The day's first row has reached its term; waiting for its last would keep that one over.
        if (day + dayShelfMs > now) continue
        if (day + dayMs > now) continue
        await intake.saveMarks()
        await shelves.dropDay(pool, day)
        days.delete(day)
        gone++
      }
      return gone
    },
  }
}

function remarksOf(all: Iterable<ReturnType<ReturnType<typeof openMemory>['put']>>) {
  const rows = []
  for (const { device, remarks } of all) {
    for (const [remark, { count, at }] of remarks) {
      rows.push({ street: device.street, device: device.device, remark, count, at })
    }
    remarks.clear()
  }
  return rows
}
