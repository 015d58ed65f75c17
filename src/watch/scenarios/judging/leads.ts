import { dayOf, timeOf } from '../../../kernel/calendar.ts'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import type { EventOf } from '../../../kernel/event.ts'
import type { HomeCode, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import { errorFacts } from '../../../platform/log.ts'
import type { Tx } from '../../../platform/sql.ts'
import { countResidents } from '../../../ground/people/index.ts'
import { placesOf } from '../../../ground/places/index.ts'
import { openTasks, withdraw } from '../../../desks/tasks/index.ts'
import { sumsOf } from '../../sensing/index.ts'
import { crowdingLeads, keptUntil, type Peers } from '../crowding/index.ts'
import { leadWanted, whoIn, type Judged, type Known } from '../decide.ts'
import { versions } from '../workshop/index.ts'
import { isSwitchedOn } from '../../../ground/privacy/index.ts'
import { fulfil } from './fulfil.ts'
import type { Memory, Street } from './memory.ts'
import * as store from './store.ts'

/** Sums of a day come in during the night; before this hour the newest day is not whole. */
const fromHour = '04:00'
/** Nobody can look at more homes a day than this; the strongest come first. */
const leadsADayMax = 10

/** Once a day and street: leads from daily sums, and the end of those that nobody verified. */
export function openLeads(given: Given, memory: Memory) {
  const doneOn = new Map<StreetCode, string>()
  return {
    async look(now: Instant): Promise<void> {
      if (timeOf(now) < fromHour) return
      const today = dayOf(now)
      for (const street of memory.streets.values()) {
        if (doneOn.get(street.street) === today) continue
        // One street's trouble is no other's; it is looked at again at the next tick.
        await lookIn(given, memory, street, now).then(
          () => doneOn.set(street.street, today),
          (error: unknown) => given.log.say('scenarios.leads-failed', errorFacts(error)),
        )
      }
    },
  }
}

async function lookIn(given: Given, memory: Memory, one: Street, now: Instant): Promise<void> {
  const { street } = one
  const known = memory.knownIn(one)
  await given.db.inStreet({ street }, async (tx) => {
    await expire(given, tx, street, now)
    for (const judged of one.judged.values()) {
      const { definition, isShadow } = judged
      if (isShadow || definition.when.is !== 'peers') continue
      // The last gate: what memory holds may be a moment old.
      if (!(await isSwitchedOn(tx, street, definition.purpose))) continue
      await findLeads(given, tx, { one, known, judged, peers: definition.when, now })
    }
  })
}

/**
 * What nobody verified in time is gone: the task, and the row that says where. Also where its rule
 * was switched off meanwhile. What was verified is somebody's matter until they close it.
 */
async function expire(given: Given, tx: Tx, street: StreetCode, now: Instant): Promise<void> {
  for (const { rule, version, definition } of await versions(tx, street)) {
    if (definition.expiresDays === null) continue
    for (const found of await store.leadsOf(tx, rule)) {
      const { id, home: subject, ruleVersion, foundAt, task } = found
      if (ruleVersion !== version) continue
      // One that ended before anybody was sent has no pause.
      const endedAt = task === null ? null : found.endedAt
      if (keptUntil({ foundAt, endedAt }, definition) > now) continue
      const open = await openTasks(tx, { rule, subject })
      if (open.some(({ outcome }) => outcome !== null)) continue
      if (endedAt === null) await withdraw(given, tx, rule, subject)
      await store.deleteLead(tx, id)
    }
  }
}

/** Whatever was found: the lead is over, also where its rule is in force no more. */
export async function leadClosed(tx: Tx, closed: EventOf<'tasks.closed'>): Promise<void> {
  const { street, rule, subject, at } = closed
  const isLead = (await versions(tx, street, rule)).some(
    ({ version, definition }) => version === closed.ruleVersion && definition.when.is === 'peers',
  )
  if (isLead) await store.endLead(tx, rule, subject, at)
}

type Looking = { one: Street; known: Known; judged: Judged; peers: Peers; now: Instant }

async function findLeads(given: Given, tx: Tx, looking: Looking): Promise<void> {
  const { one, known, judged, peers, now } = looking
  const { street } = one
  const days = Array.from({ length: peers.ofDays }, (_, i) =>
    dayOf(now - (peers.ofDays - i) * dayMs),
  )
  const sums = await sumsOf(tx, street, days[0] ?? dayOf(now))
  const homes = [...new Set(sums.map(({ home }) => home))]
  const places = new Map((await placesOf(tx, homes)).map((place) => [place.place as string, place]))
  const occupants = await countResidents(tx, homes)
  const leads = crowdingLeads(peers, sums, days, {
    occupantsOf: (home) => occupants.get(home),
    buildingOf(home) {
      const place = places.get(home)
      return place?.building ? `${place.compound} ${place.building}` : undefined
    },
  })
  const kept = await store.leadsOf(tx, judged.rule)
  const before = new Set(kept.map(({ home }) => home))
  const today = kept.filter(({ foundAt }) => dayOf(foundAt) === dayOf(now)).length
  const whoAt = (place: string) => whoIn(one.watches.values(), place as HomeCode)
  const left = Math.max(0, leadsADayMax - today)
  for (const lead of leads.filter(({ home }) => !before.has(home)).slice(0, left)) {
    const wanted = leadWanted(judged, lead, now)
    await fulfil({ given, tx, street, now, known, whoAt }, wanted)
  }
}
