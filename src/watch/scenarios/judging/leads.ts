import { dayOf, timeOf } from '../../../kernel/calendar.ts'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import type { HomeCode, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { countResidents } from '../../../ground/people/index.ts'
import { placesOf } from '../../../ground/places/index.ts'
import { withdraw } from '../../../desks/tasks/index.ts'
import { sumsOf } from '../../sensing/index.ts'
import { crowdingLeads, expiresAt, type Peers } from '../crowding/index.ts'
import { leadWanted, whoIn, type Judged, type Known } from '../decide.ts'
import * as store from '../store.ts'
import { fulfil } from './fulfil.ts'
import type { Memory, Street } from './memory.ts'

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
        await lookIn(given, memory, street, now)
        doneOn.set(street.street, today)
      }
    },
  }
}

async function lookIn(given: Given, memory: Memory, one: Street, now: Instant): Promise<void> {
  const { street } = one
  const known = memory.knownIn(one)
  const inForce = [...one.judged.values()].filter(({ isShadow }) => !isShadow)
  await given.db.inStreet({ street }, async (tx) => {
    for (const judged of inForce) {
      const { definition } = judged
      if (definition.expiresDays !== null) await expire(given, tx, judged, now)
      if (definition.when.is !== 'peers') continue
      await findLeads(given, tx, { one, known, judged, peers: definition.when, now })
    }
  })
}

/** What nobody verified in time is gone: the task, and the row that says where. */
async function expire(given: Given, tx: Tx, { rule, definition }: Judged, now: Instant) {
  for (const { id, subject, foundAt } of await store.findingsOf(tx, rule)) {
    if (expiresAt(foundAt, definition.expiresDays) > now) continue
    await withdraw(given, tx, rule, subject)
    await store.deleteFinding(tx, id)
  }
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
  const before = new Set((await store.findingsOf(tx, judged.rule)).map(({ subject }) => subject))
  const whoAt = (place: string) => whoIn(one.watches.values(), place as HomeCode)
  for (const lead of leads.filter(({ home }) => !before.has(home)).slice(0, leadsADayMax)) {
    const wanted = leadWanted(judged, lead, now)
    await fulfil({ given, tx, street, now, known, whoAt }, wanted)
  }
}
