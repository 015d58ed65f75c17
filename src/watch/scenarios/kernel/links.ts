import { firstLinkOf, setFirstLink } from './rows.ts'
import type { Rows } from './rows.ts'
import { firstRows, grown, moreRows, none } from './slots.ts'
import type { State } from './state.ts'

/**
 * Which sensor serves which plan: a sensor may serve several (a draft beside the version in force,
 * two rules on one home), a plan may have several sensors. A link is in two lists, that of its plan
 * and that of its sensor. Its four cells lie side by side, so that one look into memory gets all;
 * it is called by the place of the first. Freed links are given out again, in a list through
 * `nextOfPlan`.
 */
export type Links = { cells: Int32Array; size: number; firstFree: number }

export const sensorOf = 0
export const planOf = 1
export const nextOfPlan = 2
export const nextOfSensor = 3
const stride = 4

export function createLinks(rows = firstRows): Links {
  return { cells: new Int32Array(rows * stride).fill(none), size: 0, firstFree: none }
}

/** The sensor serves the plan, as the first of its sensors. */
export function tie({ links, plans, sensors }: State, sensor: number, plan: number): void {
  const link = takeLink(links)
  const { cells } = links
  cells[link + sensorOf] = sensor
  cells[link + planOf] = plan
  cells[link + nextOfPlan] = firstLinkOf(plans.rows, plan)
  cells[link + nextOfSensor] = firstLinkOf(sensors.rows, sensor)
  setFirstLink(plans.rows, plan, link)
  setFirstLink(sensors.rows, sensor, link)
}

/** No sensor serves the plan any more. */
export function untieAll({ links, plans, sensors }: State, plan: number): void {
  const { cells } = links
  let link = firstLinkOf(plans.rows, plan)
  setFirstLink(plans.rows, plan, none)
  while (link !== none) {
    const after = cells[link + nextOfPlan]!
    leaveSensor(cells, sensors.rows, link)
    cells[link + sensorOf] = none
    cells[link + planOf] = none
    cells[link + nextOfPlan] = links.firstFree
    links.firstFree = link
    link = after
  }
}

/** The sensors of a plan, in the order of arming. */
export function sensorsOf({ links: { cells }, plans }: State, plan: number): number[] {
  const ids: number[] = []
  for (let link = firstLinkOf(plans.rows, plan); link !== none; link = cells[link + nextOfPlan]!) {
    ids.push(cells[link + sensorOf]!)
  }
  return ids
}

/** The plans that a sensor serves. */
export function plansOf({ links: { cells }, sensors }: State, sensor: number): number[] {
  const ids: number[] = []
  for (
    let link = firstLinkOf(sensors.rows, sensor);
    link !== none;
    link = cells[link + nextOfSensor]!
  ) {
    ids.push(cells[link + planOf]!)
  }
  return ids
}

/** A sensor serves few plans, so its list is walked. */
function leaveSensor(cells: Int32Array, sensors: Rows, link: number): void {
  const sensor = cells[link + sensorOf]!
  let before = none
  let at = firstLinkOf(sensors, sensor)
  for (; at !== link; at = cells[at + nextOfSensor]!) before = at
  const after = cells[link + nextOfSensor]!
  if (before === none) setFirstLink(sensors, sensor, after)
  else cells[before + nextOfSensor] = after
  cells[link + nextOfSensor] = none
}

function takeLink(links: Links): number {
  const free = links.firstFree
  if (free !== none) {
    links.firstFree = links.cells[free + nextOfPlan]!
    return free
  }
  const rows = links.cells.length / stride
  if (links.size === rows) links.cells = grown(links.cells, moreRows(rows) * stride, none)
  return stride * links.size++
}
