/** Simulated people who live alone and agreed: what doors and movement sensors notice of a day. */
import { dayMs, hourMs, minuteMs, type Instant } from '../../../src/kernel/clock.ts'
import type { Draw } from '../chance.ts'

/** All rates are parameters of the simulation; no published figure is behind them. */
export const parameters = {
  /** Journeys of two nights and more. */
  tripsPerYear: 2,
  forgetsAwaySwitch: 0.1,
  /** Asked whether all is well, or found missing by a visit, somebody who is away says so. */
  answersWhenAsked: 0.7,
  /** A visit in vain finds the sensor that saw nothing. */
  repairsWhenVisited: 0.8,
  /** A sensor that goes on speaking and sees nothing any more. */
  blindPerYear: 0.05,
  /** A sensor that falls silent until somebody repairs it. */
  deadPerYear: 2,
  clockWrongPerYear: 1,
  gatewayCutsPerYear: 26,
}

export type Away = { from: Instant; to: Instant; isSaid: boolean }
export type Elder = { awake: number; asleep: number; aways: Away[]; fellAt: Instant }

export type Sign = { at: Instant; of: 'door' | 'movement' }

export function elderOf(draw: Draw, start: Instant, days: number): Elder {
  const aways: Away[] = []
  for (let day = 1; day < days; day++) {
    if (!draw.isLucky(parameters.tripsPerYear / 365)) continue
    const from = start + day * dayMs + draw.between(8 * 60, 16 * 60) * minuteMs
    const to = from + draw.between(36, 9 * 24) * hourMs
    if (aways.every((one) => one.to < from)) {
      aways.push({ from, to, isSaid: !draw.isLucky(parameters.forgetsAwaySwitch) })
    }
  }
  const awake = draw.between(5 * 60, 7 * 60)
  return { awake, asleep: draw.between(20 * 60, 22 * 60), aways, fellAt: Infinity }
}

/** In order of time. Nobody who fell or is away gives one. */
export function signsOf(draw: Draw, elder: Elder, midnight: Instant): Sign[] {
  const signs: Sign[] = []
  const say = (minute: number, of: Sign['of']) =>
    signs.push({ at: midnight + Math.floor(minute * minuteMs), of })
  for (let minute = elder.awake; minute < elder.asleep; minute += draw.between(10, 60)) {
    say(minute, 'movement')
  }
  for (let outing = draw.between(0, 2); outing > 0; outing--) {
    const leaves = draw.between(elder.awake, elder.asleep - 60)
    say(leaves, 'door')
    say(leaves + draw.between(20, 59), 'door')
  }
  if (draw.isLucky(0.5)) say(draw.between(30, 280), 'movement')
  return signs
    .filter(({ at }) => at < elder.fellAt && !isAway(elder, at))
    .toSorted((a, b) => a.at - b.at)
}

export function isAway({ aways }: Elder, at: Instant): boolean {
  return aways.some(({ from, to }) => from <= at && at < to)
}
