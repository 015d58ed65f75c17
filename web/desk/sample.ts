/** A worker's morning, made up: what the pages are drawn from in tests. */
import type { whoAmI } from '../../src/desks/identity/api.ts'
import { dayMs, hourMs, minuteMs } from '../../src/kernel/clock.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { DeviceId, HomeCode, NoteId, PlaceCode, TaskId } from '../../src/kernel/ids.ts'
import type { stairGrid } from '../../src/ground/places/api.ts'
import type { OneTask, Row } from './wording.ts'

/** Thursday, 9 July 2026, 09:42 in Shanghai. */
export const now = Date.parse('2026-07-09T09:42:00+08:00')

export const place = (stair: string, floor: number, room: string) => ({
  place: `310104011013-01-${stair}-${room}` as HomeCode,
  committee: '田林十二村居委会',
  compound: '田林十二村',
  building: '23–27号',
  stair,
  room,
  floor,
})
export const careTask = '0197e9c0-0000-7000-8000-000000000001' as TaskId
export const repairTask = '0197e9c0-0000-7000-8000-000000000002' as TaskId
const lateTask = '0197e9c0-0000-7000-8000-000000000003' as TaskId
export const deviceId = '0197e9c0-0000-7000-8000-00000000d001' as DeviceId

const lastSign = Date.parse('2026-07-07T06:51:00+08:00')
const gapMs = 2 * hourMs + 40 * minuteMs
const care: Row = {
  task: careTask,
  kind: 'care-visit',
  state: 'raised',
  place: place('26', 5, '501'),
  openedAt: now - 10 * minuteMs,
  acknowledgeBy: now + 5 * minuteMs,
  dueAt: now + 110 * minuteMs,
  dueKind: 'hour',
  rule: 'care-silence',
  ruleVersion: 4,
  facts: {
    since: lastSign,
    silentMs: now - 10 * minuteMs - lastSign - gapMs,
    gapMs,
    gaps: [{ from: lastSign + 30 * hourMs, to: lastSign + 30 * hourMs + gapMs }],
    devices: [],
    gateway: null,
    heardAt: null,
  },
  urgency: 'usual',
  part: 'responsible',
  responsible: { title: '居委社工', unit: '田林十二村居委会', name: '周敏' },
  ...{ tier: 1, tiers: 2, nextAt: now + 5 * minuteMs, offer: null },
  next: ['acknowledge'],
  may: [],
  note: '0197e9c0-0000-7000-8000-0000000000a1' as NoteId,
}

const repair: Row = {
  ...care,
  task: repairTask,
  kind: 'device-repair',
  state: 'acknowledged',
  place: place('24', 1, '101'),
  openedAt: now - 2 * hourMs,
  dueAt: now + 4 * dayMs,
  dueKind: 'working_day',
  rule: 'device-silence',
  ruleVersion: 1,
  facts: {
    since: now - 3 * hourMs,
    silentMs: null,
    gapMs: null,
    gaps: [],
    devices: [
      { device: deviceId, kind: 'door-contact' },
      { device: '0197e9c0-0000-7000-8000-00000000d002' as DeviceId, kind: 'motion' },
    ],
    gateway: 'gw-24-1',
    heardAt: now - 3 * hourMs,
  },
  next: ['set-out', 'find'],
  note: null,
}

const late: Row = {
  ...care,
  task: lateTask,
  state: 'acknowledged',
  place: place('23', 6, '602'),
  openedAt: now - 3 * hourMs,
  dueAt: now - hourMs,
  next: ['set-out', 'phoned', 'find'],
  note: null,
}

export const mine = { tasks: [late, care, repair], closedToday: 11, now }

const at = (minutesAgo: number) => now - minutesAgo * minuteMs
const byWorker = {
  ...{ title: '居委社工', unit: '田林十二村居委会', outcome: null, words: null },
  ...{ to: null, isProven: false, doneAt: null },
}
const byRule = {
  doneAt: null,
  ...{ title: null, unit: null, outcome: null, words: null, to: null, isProven: false },
}
const more = { others: [], reported: null, mayPhotograph: false, photos: [] }

/** The care visit in each state a worker meets. */
export function openCare(state: Row['state'], next: Row['next']): OneTask {
  return {
    ...care,
    state,
    next,
    ...more,
    offers: ['fine', 'needed-help', 'away', 'sensor-fault', 'wrong-home'],
    outcome: state === 'closed' ? 'fine' : null,
    words: null,
    log: [
      { at: at(10), act: 'raised', state: 'raised', ...byRule },
      { at: at(6), act: 'acknowledge', state: 'acknowledged', ...byWorker },
      { at: at(4), act: 'phoned', state: 'acknowledged', ...byWorker, words: '没人接' },
    ],
    now,
  }
}

export const openRepair: OneTask = {
  ...repair,
  ...more,
  offers: ['sensor-fault', 'fine'],
  outcome: null,
  words: null,
  log: [{ at: at(120), act: 'raised', state: 'raised', ...byRule }],
  now,
}

const second = '0197e9c0-0000-7000-8000-00000000d002' as DeviceId
const smoke = (device: DeviceId, minutesAgo: number) => ({
  ...{ device, kind: 'smoke', state: 'alarm', value: null, at: at(minutesAgo) },
})
const none = { since: null, silentMs: null, gapMs: null, gaps: [], gateway: null, heardAt: null }

/** Smoke on a stair; a second sensor joined it. */
export const openHazard: OneTask = {
  ...openRepair,
  kind: 'hazard',
  rule: 'smoke',
  state: 'on-the-way',
  dueKind: 'hour',
  dueAt: now + 20 * minuteMs,
  facts: {
    ...none,
    devices: [deviceId, second].map((device) => ({ device, kind: 'smoke' })),
    signals: [smoke(deviceId, 4), smoke(second, 3)],
    count: 2,
  },
  next: ['arrive', 'find'],
  offers: ['hazard-real', 'hazard-false', 'sensor-fault', 'wrong-home', 'needed-help'],
  log: [
    { at: at(4), act: 'raised', state: 'raised', ...byRule },
    { at: at(3), act: 'joined', state: 'raised', ...byRule },
  ],
}

/** A lead on a home that stood out in its building. */
export const openCheck: OneTask = {
  ...openRepair,
  kind: 'home-check',
  rule: 'overcrowding',
  state: 'at-the-door',
  place: place('25', 3, '302'),
  facts: { ...none, devices: [], lead: { days: 12, ofDays: 14, peers: 11 } },
  next: ['find'],
  offers: ['hazard-real', 'hazard-false', 'away', 'refused', 'wrong-home'],
}

/** Agreed separately: the door opened at night and nobody came back. */
export const openGuard: OneTask = {
  ...openCare('acknowledged', ['set-out', 'phoned', 'find']),
  rule: 'wandering-night',
  facts: {
    ...none,
    devices: [{ device: deviceId, kind: 'door-contact' }],
    signals: [{ ...smoke(deviceId, 12), kind: 'door-contact', state: 'open' }],
    count: 1,
  },
}

export const grid: Output<typeof stairGrid> = {
  compound: '田林十二村',
  building: '23–27号',
  stairs: ['23', '24', '25', '26', '27'].map((number) => ({
    ...{ place: `310104011013-01-${number}` as PlaceCode, number, building: '23–27号' },
    homeCount: 12,
    homes: [1, 2, 3, 4, 5, 6].flatMap((floor) =>
      [1, 2].map((door) => {
        const { place: home, room } = place(number, floor, String(floor * 100 + door))
        return { home, floor, room }
      }),
    ),
  })),
}

export const me: Output<typeof whoAmI> = {
  name: '王晓敏',
  place: null,
  role: 'committee',
  title: '居委社工',
  unit: '田林十二村居委会',
  street: '田林街道',
  acting: null,
}

/** The officer of the street, who keeps the registry. */
export const officer: Output<typeof whoAmI> = {
  ...me,
  name: '周建国',
  role: 'street',
  title: '值班长',
  unit: '田林街道',
}
