/**
 * judging: what the kernels find becomes rows, tasks and lines in the book, once, in one
 * transaction a street; with it what the rules remember and how far the stream is judged.
 */
import { dayOf } from '../../../kernel/calendar.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import { writeLooks } from '../../../ground/privacy/index.ts'
import { errorFacts } from '../../../platform/log.ts'
import { tellPages } from '../../../desks/delivery/index.ts'
import { wrongNow, type Sensing, type Wrong } from '../../sensing/index.ts'
import { repairOf, ruleLook, wantedFor, whoIn, type Known, type Wanted } from '../decide.ts'
import type { Progress, SavedSensor, StreetFinding } from '../kernel/index.ts'
import * as store from '../store.ts'
import { ruleOfCondition } from '../types.ts'
import { askAgain, fulfil, type Saving } from './fulfil.ts'
import { keyIn, versionIn, type Memory, type Street } from './memory.ts'

/** A condition that a task was asked for; `since` tells it from an earlier one. */
export type Raised = { street: StreetCode; rule: string; subject: string; since: Instant }

/** What memory has found or changed and the database does not know yet. Kept until it does. */
type Unsaved = {
  subjects: Map<string, store.SavedSubject>
  sensors: Map<string, SavedSensor>
  wanted: Wanted[]
  /** Sensors that fell silent or speak again: whoever they care for has a page that says so. */
  turned: Set<string>
  progress: Progress
  /** After which of the findings without a task it goes on; undefined: from the oldest. */
  askedUpTo: string | undefined
}

export function openJudging(
  given: Given,
  sensing: Sensing,
  memory: Memory,
  raisedBefore: readonly Raised[],
) {
  const raised = new Map(raisedBefore.map((one) => [keyOf(one), one]))
  const unsaved = new Map<StreetCode, Unsaved>()
  let saved = 0

  const collect = (now: Instant, fed: number, which: Which, failed: Set<StreetCode>) => {
    const wrong = wrongNow(sensing)
    if (which === 'all') memory.tellHealth(wrong, now)
    for (const one of memory.streets.values()) {
      if (!isMeant(which, one.street)) continue
      const ours = unsaved.get(one.street) ?? nothingOf(one)
      unsaved.set(one.street, ours)
      try {
        collectIn(one, memory, ours, now, fed)
      } catch (error) {
        // What it could not judge is kept, and no other street waits for it.
        failed.add(one.street)
        given.log.say('scenarios.judge-failed', errorFacts(error))
      }
    }
    if (which !== 'all') return
    for (const { street, wanted } of wantedNow(wrong, memory, raised)) {
      unsaved.get(street)?.wanted.push(wanted)
    }
  }

  const save = async (
    now: Instant,
    fed: number,
    which: Which,
    failed: Set<StreetCode>,
  ): Promise<Result> => {
    const failedAt = (error: unknown) => given.log.say('scenarios.save-failed', errorFacts(error))
    let judged = fed
    for (const [street, ours] of unsaved) {
      if (!isMeant(which, street)) continue
      const part = { ...ours, wanted: [...ours.wanted], turned: new Set(ours.turned) }
      try {
        ours.askedUpTo = await saveStreet(given, memory, street, part, now)
        forget(ours, part)
      } catch (error) {
        failed.add(street)
        failedAt(error)
      }
      judged = Math.min(judged, ours.progress.from - 1)
    }
    if (which !== 'all' || failed.size > 0 || judged <= saved) return { saved, failed }
    await given.db
      .asOwner((tx) => store.saveJudged(tx, judged))
      .then(() => (saved = judged), failedAt)
    return { saved, failed }
  }

  const look = inTurn((which, fed: () => number) => {
    const now = given.clock.now()
    const position = fed()
    const failed = new Set<StreetCode>()
    collect(now, position, which, failed)
    return save(now, position, which, failed)
  })
  /** One look at everything that fell due, of all streets or of some. */
  const tick = (fed: () => number, which: Which = 'all'): Promise<Result> => look(which, fed)
  return { tick }
}

/** One after the other. Whoever asks before a look began is answered by that one. */
function inTurn<Given, Result>(look: (which: Which, given: Given) => Promise<Result>) {
  let next: Promise<Result> | undefined
  let asked: Which = new Set()
  let running: Promise<unknown> = Promise.resolve()
  return (which: Which, given: Given): Promise<Result> => {
    asked = asked === 'all' || which === 'all' ? 'all' : new Set([...asked, ...which])
    const turn = (next ??= running.then(() => {
      const meant = asked
      next = undefined
      asked = new Set()
      return look(meant, given)
    }))
    // One that failed is no reason for those after it not to look.
    running = turn.catch(() => undefined)
    return turn
  }
}

type Which = 'all' | ReadonlySet<StreetCode>

function isMeant(which: Which, street: StreetCode): boolean {
  return which === 'all' || which.has(street)
}

/** Up to which reading all is judged and saved; which streets could not be, and are tried again. */
type Result = { saved: number; failed: ReadonlySet<StreetCode> }

function nothingOf({ kernel }: Street): Unsaved {
  const nothing = { subjects: new Map(), sensors: new Map(), wanted: [], turned: new Set<string>() }
  return { ...nothing, askedUpTo: undefined, progress: kernel.progress() }
}

function collectIn(street: Street, memory: Memory, ours: Unsaved, now: Instant, fed: number): void {
  const { kernel } = street
  const known = memory.knownIn(street)
  for (const finding of kernel.advance(now)) {
    const wanted = wantedFor(finding, known)
    if (wanted) ours.wanted.push(wanted)
    for (const sensor of turnedIn(finding, memory)) ours.turned.add(sensor)
  }
  const { subjects, sensors } = kernel.changed()
  for (const { rule: key, subject, state } of subjects) {
    ours.subjects.set(`${key} ${subject}`, { ...versionIn(key), subject, state })
  }
  for (const sensor of sensors) ours.sensors.set(sensor.sensor, sensor)
  const { settledAt, from, fed: own } = kernel.progress()
  // What is of other streets was taken as well; where nothing waits, all of it is judged.
  ours.progress = { fed, settledAt, from: from > own ? fed + 1 : from }
}

function turnedIn(finding: StreetFinding, { sensors }: Memory): readonly string[] {
  switch (finding.is) {
    case 'device-lost':
    case 'device-back':
      return [finding.sensor]
    case 'gateway-lost':
      return finding.sensors
    case 'gateway-back':
      return [...sensors.values()].flatMap(({ device, gateway }) =>
        gateway === finding.gateway ? device : [],
      )
    default:
      return []
  }
}

function keyOf({ rule, subject, since }: Omit<Raised, 'street'>): string {
  return `${rule} ${subject} ${since}`
}

/**
 * What is wrong with devices and was not asked for yet; what is right again is taken back. A task
 * that somebody closed is not opened again for the same wrong.
 */
function wantedNow(
  wrongs: readonly Wrong[],
  memory: Memory,
  raised: Map<string, Raised>,
): { street: StreetCode; wanted: Wanted }[] {
  const found: { street: StreetCode; wanted: Wanted }[] = []
  const now = new Set<string>()
  for (const wrong of wrongs) {
    const { street, source: subject, since } = wrong
    const one = { street, subject, since, rule: ruleOfCondition(wrong.condition) }
    now.add(keyOf(one))
    if (raised.has(keyOf(one))) continue
    const wanted = repairOf(wrong, memory.knownIn(memory.streetOf(street)))
    // A street that switched the rule off is asked again when it switches it on.
    if (!wanted) continue
    raised.set(keyOf(one), one)
    found.push({ street, wanted })
  }
  for (const [key, { street, rule, subject, since: at }] of raised) {
    if (now.has(key)) continue
    raised.delete(key)
    found.push({ street, wanted: { do: 'withdraw', rule, version: 0, subject, at } })
  }
  return found
}

/** Only what was saved goes; what changed meanwhile stays for the next time. */
function forget(ours: Unsaved, part: Unsaved & { wanted: Wanted[] }): void {
  for (const [key, state] of part.subjects) {
    if (ours.subjects.get(key) === state) ours.subjects.delete(key)
  }
  for (const [key, state] of part.sensors) {
    if (ours.sensors.get(key) === state) ours.sensors.delete(key)
  }
  ours.wanted = ours.wanted.filter((one) => !part.wanted.includes(one))
  for (const sensor of part.turned) ours.turned.delete(sensor)
}

async function saveStreet(
  given: Given,
  memory: Memory,
  street: StreetCode,
  part: Unsaved,
  now: Instant,
): Promise<string | undefined> {
  const one = memory.streetOf(street)
  const known = memory.knownIn(one)
  const whoAt: Saving['whoAt'] = (place) => whoIn(one.watches.values(), place)
  return given.db.inStreet({ street }, async (tx) => {
    const saving: Saving = { given, tx, street, now, known, whoAt }
    const subjects = [...part.subjects.values()].filter((each) => isKept(each, street, known))
    await store.saveSubjects(tx, street, subjects)
    await store.saveSensors(tx, street, [...part.sensors.values()])
    await store.saveProgress(tx, street, part.progress)
    for (const wanted of part.wanted) await fulfil(saving, wanted)
    const homes = [...part.turned].flatMap((sensor) => known.sensor(sensor)?.place ?? [])
    await tellPages(
      tx,
      [...new Set(homes)].flatMap((home) => whoAt(home) ?? []),
      'care',
    )
    const askedUpTo = await askAgain(saving, part.askedUpTo)
    await lookOnce(saving, known)
    return askedUpTo
  })
}

/** What a version or an agreement that went meanwhile had known is not written down again. */
function isKept(
  { state, subject, ...version }: store.SavedSubject,
  street: StreetCode,
  known: Known,
): boolean {
  if (state === null) return true
  const judged = known.judged(keyIn(street, version))
  const consent = judged?.definition.consent ?? null
  return judged !== undefined && (consent === null || known.watch(subject, consent) !== undefined)
}

/** The book of whoever is judged gets one line a day and agreement. */
async function lookOnce({ given, tx, now }: Saving, known: Known): Promise<void> {
  const watched = await store.notLookedOn(tx, dayOf(now))
  const looks = watched.flatMap((watch) => {
    const judged = known.judgedBy(watch.purpose)
    return judged ? ruleLook(watch, now, judged.rule, judged.version) : []
  })
  await writeLooks(given, tx, looks)
}
