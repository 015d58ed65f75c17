/** What goes on in the town beside its sensors: people at work, rosters ahead, the weather. */
import { dayOf } from '../src/kernel/calendar.ts'
import { secondMs, type Instant } from '../src/kernel/clock.ts'
import type { TownMap } from '../town/map.ts'
import { dayAfter, openAlmanac, type Weather } from './almanac.ts'
import type { TownApi } from './call.ts'
import type { Say } from './say.ts'
import { openWorkers, stepFor, type Matter, type WhoWorks } from './workers.ts'

/** A roster is planned on when it ends in fewer days than this. */
const daysPlannedMin = 28
const weeksAdded = 4
/** Nobody is quicker than this, in the town's time; at its slowest, in real time. */
const lookMs = 20 * secondMs
const lookRealMs = 5 * secondMs

type Wish = { who: WhoWorks; say: Say; saveMap(): void }

/** Ask it to look every now and then, in the order of the town's time. */
export function openLife(api: TownApi, map: TownMap, { who, say, saveMap }: Wish) {
  const almanac = openAlmanac(map.seed, map.planted)
  const workers = openWorkers(api, map, { who, seed: map.seed })
  let today = ''
  let looked = { at: -Infinity, realMs: -Infinity }
  let stepMs = Infinity
  const beginDay = async (now: Instant, day: string) => {
    const { weather } = almanac.dayKind(day)
    if (weather !== 'usual') sayWeather(say, now, weather)
    if (!almanac.isKnownYear(day)) {
      const zh = `${day.slice(0, 4)} 年的放假安排还没有，只按周末算`
      say(now, 'unknown-year', {}, zh, 'No holidays are announced for this year: weekends alone')
    }
    if (who !== 'nobody' && (await planOn(api, map, day))) saveMap()
  }
  return {
    /** Answers how far time may go before the next look. */
    async look(now: Instant): Promise<number> {
      const realMs = performance.now()
      if (now - looked.at < lookMs && realMs - looked.realMs < lookRealMs) return stepMs
      looked = { at: now, realMs }
      const day = dayOf(now)
      if (day !== today) await beginDay(now, day)
      today = day
      const worked = await workers.look()
      if (worked.ended.filter((matter) => makeGood(map, matter, now)).length > 0) saveMap()
      stepMs = stepFor(worked)
      return stepMs
    },
  }
}

const weatherWords = {
  heat: { zh: '今天高温：老人早出门，用电多', en: 'Heat today: early walks, high loads' },
  typhoon: { zh: '今天台风：少出门，漏水、断电多', en: 'A typhoon today: few go out, power fails' },
} as const satisfies Record<Exclude<Weather, 'usual'>, { zh: string; en: string }>

function sayWeather(say: Say, now: Instant, weather: Exclude<Weather, 'usual'>): void {
  const { zh, en } = weatherWords[weather]
  say(now, 'weather', { weather }, `${zh}（天气是模拟的）`, `${en} (made-up weather)`)
}

/** Somebody was there: the gateway speaks again, the elder is seen. True where one was planted. */
export function makeGood({ planted }: TownMap, { kind, committee }: Matter, now: Instant): boolean {
  if (kind === 'care-visit') {
    const left = planted.silent.filter(({ home }) => !home.startsWith(committee))
    const isOne = left.length < planted.silent.length
    planted.silent = left
    return isOne
  }
  if (kind !== 'device-repair') return false
  const isHere = (one: { committee?: string; from: Instant; to: Instant | null }) =>
    one.to === null && one.committee === committee && one.from < now
  const dead = planted.outages.filter(isHere)
  const odd = planted.odd.filter(isHere)
  for (const one of [...dead, ...odd]) one.to = now
  return dead.length + odd.length > 0
}

/** True where something was planned. An officer does it once a month, for each body that has it. */
async function planOn(api: TownApi, map: TownMap, day: string): Promise<boolean> {
  const due = map.rosters.filter(({ plannedTo }) => plannedTo < dayAfter(day, daysPlannedMin))
  if (due.length === 0) return false
  const made = await api.call(api.operatorKey, 'POST', '/api/identity/tokens', {
    name: map.officer,
  })
  for (const one of due) {
    const { body, pattern, plannedTo: from } = one
    const asked = { body, from, weeks: weeksAdded, pattern }
    await api.call((made as { token: string }).token, 'POST', '/api/duties/shifts/weeks', asked)
    one.plannedTo = dayAfter(from, weeksAdded * 7)
  }
  return true
}
