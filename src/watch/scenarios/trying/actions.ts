import type { Asker } from '../../../kernel/asker.ts'
import { dayOf, startOfDay } from '../../../kernel/calendar.ts'
import { dayMs, hourMs, minuteMs, type Instant } from '../../../kernel/clock.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { StreetCode } from '../../../kernel/ids.ts'
import type { Tx } from '../../../platform/sql.ts'
import { writeLooks } from '../../../ground/privacy/index.ts'
import { dayKinds } from '../../../ground/rules/index.ts'
import type { SensorAt } from '../../sensing/index.ts'
import { consentsNow, type Scenarios } from '../actions.ts'
import type * as api from '../api.ts'
import { ruleLook } from '../decide.ts'
import { checkText, type Definition } from '../definition/index.ts'
import type { Street } from '../judging/index.ts'
import type { Agreement, StreetSensor } from '../kernel/index.ts'
import {
  canBeTried,
  type DayKind,
  type Matter,
  type Stored,
  type TrialInput,
} from '../trial/index.ts'
import type { Watch } from '../types.ts'
import { judgedVersions } from '../workshop/index.ts'
import { messagesFor } from './heard.ts'
import * as store from './store.ts'

/** What tells of people is kept so long at most. */
const keptMs = 72 * hourMs
/** A finding and what people found are about the time around it. */
const aboutMs = 2 * hourMs

/**
 * Lets a version and the one in force judge the same days, in a thread that stops when whoever
 * asked leaves. Kept readings of agreed care are among them: whoever agreed sees in their book that
 * a rule was tried on them.
 */
export async function tryRule(
  scenarios: Scenarios,
  asker: Asker,
  input: Input<typeof api.tryRule>,
  gone: () => AbortSignal,
): Promise<Output<typeof api.tryRule> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street } = asker
  const { checked, problems } = checkText(input.definition, { street })
  if (!checked) return { problems, result: null }
  if (!canBeTried(checked)) return fault('not-tried', 'definition')
  const left = gone()
  if (scenarios.trials.isBusy(street)) return fault('trial-busy')
  const wanted = await inputOf(scenarios, street, checked, input)
  const tried = await scenarios.trials.tryRule(wanted, left)
  if ('refused' in tried) return fault(tried.refused === 'busy' ? 'trial-busy' : 'trial-too-long')
  const { result } = tried
  return { problems: [], result: shownOf(result) }
}

type Shown = NonNullable<Output<typeof api.tryRule>['result']>

/** Field by field: within a value that may be null nothing unlisted is left out by itself. */
function shownOf(result: Shown): Shown {
  const { from, to, known, simulatedPercent, storedFrom, homes, capacityPerDay } = result
  const days = result.days.slice(0, 40_000).map(({ day, committee, draft, inForce, source }) => ({
    ...{ day, committee, draft, inForce, source },
  }))
  return {
    ...{ from, to, days, known, simulatedPercent, storedFrom, homes, capacityPerDay },
    draft: sideOf(result.draft),
    inForce: result.inForce && sideOf(result.inForce),
  }
}

function sideOf(side: Shown['draft']): Shown['draft'] {
  const { visits, asks, perDay, workerHours, caught, missed, unknown, outcomes } = side
  const { daysOverCapacity, falseVisitsPer1000HomesWeek } = side
  return {
    ...{ visits, asks, perDay, workerHours, caught, missed, unknown, outcomes },
    ...{ daysOverCapacity, falseVisitsPer1000HomesWeek },
  }
}

async function inputOf(
  scenarios: Scenarios,
  street: StreetCode,
  draft: Definition,
  { days, capacityPerDay, seed }: Input<typeof api.tryRule>,
): Promise<TrialInput> {
  const { given, sensing, memory } = scenarios
  const until = startOfDay(given.clock.now())
  const from = Math.max(until - days * dayMs, until - keptMs)
  const kept = await sensing.keptSince(street, from)
  return given.db.inStreet({ street }, async (tx) => {
    const now = given.clock.now()
    const inForce = (await judgedVersions(tx, street)).find(
      (version) => version.rule === draft.rule && version.state === 'in-force',
    )
    const judged = inForce ? [draft, inForce.definition] : [draft]
    const agreed = await agreedIn(tx, memory.streetOf(street), now)
    // Only whose readings are read: a simulated day tells of nobody.
    const read = agreed.filter(({ watch }) =>
      judged.some(({ consent }) => consent === watch.purpose),
    )
    const version = (inForce?.version ?? 0) + 1
    const looks = read.map(({ watch }) => ruleLook(watch, now, draft.rule, version))
    await writeLooks(given, tx, looks)
    const sensors = [...memory.sensors.values()].filter((sensor) => sensor.street === street)
    const homes = new Set<string>(read.map(({ watch }) => watch.home))
    const messages = messagesFor(judged, sensors, homes, kept.messages)
    const known = (await store.foundSince(tx, draft.rule, from)).map(matterOf)
    const stored: Stored = { from, messages, covers: kept.covers, known }
    const calendar = calendarOf(await dayKinds(tx), until, days)
    return {
      ...{ street, draft, inForce: inForce?.definition ?? null, days },
      sensors: sensors.map(sensorOf),
      agreements: agreed.map(({ agreement }) => agreement),
      ...{ until, seed, calendar, capacityPerDay, stored },
    }
  })
}

type Agreed = { watch: Watch; agreement: Agreement }

async function agreedIn(tx: Tx, { watches }: Street, now: Instant): Promise<Agreed[]> {
  const live = await consentsNow(tx, now)
  return [...watches.values()].flatMap((watch) => {
    const { home, street, since, awayUntil } = watch
    const consent = live.get(watch.consent)
    return consent ? { watch, agreement: { home, street, consent, since, awayUntil } } : []
  })
}

function sensorOf(sensor: SensorAt): StreetSensor {
  const { device, street, kind, place, purpose, limitMs, gateway, installedAt: since } = sensor
  const heard = { heardAt: null, lost: null }
  return { sensor: device, street, kind, place, purpose, limitMs, gateway, since, ...heard }
}

type Known = Awaited<ReturnType<typeof store.foundSince>>[number]

function matterOf({ place, foundAt, outcome }: Known): Matter {
  const [from, until] = [foundAt - aboutMs, foundAt + minuteMs]
  return { about: 'any', place, sensor: null, from, until, outcome }
}

/** The published days of the trial's time and of the weeks before, in which habits are learned. */
function calendarOf(
  kindOf: (day: string) => DayKind | undefined,
  until: Instant,
  days: number,
): ReadonlyMap<string, DayKind> {
  const calendar = new Map<string, DayKind>()
  for (let back = 0; back <= days + 120; back++) {
    const day = dayOf(until - back * dayMs)
    const kind = kindOf(day)
    if (kind) calendar.set(day, kind)
  }
  return calendar
}
