/** A street's rules, made up: what the rules' pages are drawn from in tests. */
import { dayMs, hourMs } from '../../../src/kernel/clock.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import type { listRules } from '../../../src/watch/scenarios/api.ts'
import type { Definition } from '../../../src/watch/scenarios/definition/types.ts'
import { now } from '../sample.ts'
import type { Rule, Version } from './rule.ts'
import type { Trial } from './trial-sums.ts'

type Listed = Output<typeof listRules>

/** Silence of a person who agreed: the contact is asked, then somebody goes. */
export const careSilence: Definition = {
  rule: 'care-silence',
  purpose: 'agreed-care',
  consent: 'agreed-care',
  per: 'home',
  when: { is: 'silence', signs: null, minutes: 2_880 },
  only: { hours: null, days: 'every-day', season: null },
  isCovered: true,
  after: { times: 1, minutes: 60 },
  clearsAfterMinutes: 0,
  cooldownMinutes: 0,
  act: 'visit',
  isEmergency: false,
  quiet: { from: '22:00', to: '07:00' },
  steps: [
    { tell: 'person', withinMinutes: 15 },
    { tell: 'contact', withinMinutes: 30 },
    { tell: 'worker', withinMinutes: 120 },
  ],
  local: [],
  workMinutes: 30,
  expiresDays: null,
  stopsBelow: null,
  reason: '两天没有动静，才请人上门看望。',
}

/** Everything that a sentence can say at once: joined, turned round, bound to hours and season. */
export const many: Definition = {
  ...careSilence,
  ...{ rule: 'many', purpose: 'home-safety', consent: null, per: 'stair', act: 'look' },
  when: {
    is: 'all',
    of: [
      {
        is: 'any',
        of: [
          { is: 'state', signal: { kind: 'smoke', states: ['alarm'] }, minutes: 0 },
          {
            ...{ is: 'threshold', measure: 'temperature-centi-c', side: 'above' },
            ...{ number: 6_500, minutes: 10 },
          },
        ],
      },
      { is: 'not', of: { is: 'state', signal: { kind: 'smoke', states: ['test'] }, minutes: 0 } },
    ],
  },
  only: {
    hours: { from: '22:00', to: '05:00' },
    days: 'working-days',
    season: { from: '06-01', to: '09-30' },
  },
  after: { times: 3, minutes: 60 },
  clearsAfterMinutes: 10,
  cooldownMinutes: 1_440,
  expiresDays: 14,
  stopsBelow: { percent: 20, ofChecks: 50 },
  steps: [
    { tell: 'property', withinMinutes: 60 },
    { tell: 'duty-officer', withinMinutes: 60 },
  ],
  local: [
    {
      place: '310104011013',
      quiet: null,
      steps: [{ tell: 'worker', withinMinutes: 30 }],
    },
  ],
}

const officer = { title: '值班长', unit: '田林街道' }
const committees = [
  { committee: '310104011012', name: '田林十一村居委会' },
  { committee: '310104011013', name: '田林十二村居委会' },
]

const shipped: Version = {
  version: 3,
  state: 'retired',
  definition: { ...careSilence, steps: [{ tell: 'worker', withinMinutes: 120 }] },
  ...{ madeBy: null, madeAt: now - 400 * dayMs, reason: '两天没有动静，才请人上门看望。' },
  ...{ reviewedBy: null, inForceFrom: now - 400 * dayMs, inForceTo: now - 120 * dayMs },
  ...{ basedOn: null, changes: [], findings: 402, shadowFindings: 0, isMine: false },
  steps: [{ act: 'shipped', at: now - 400 * dayMs, by: null, reason: '' }],
  outcomes: [{ outcome: 'fine', count: 320 }],
}

const inForce: Version = {
  ...shipped,
  ...{ version: 4, state: 'in-force', definition: careSilence, madeBy: officer },
  ...{ madeAt: now - 125 * dayMs, reason: '先问本人和联系人，少跑一半。', basedOn: 3 },
  ...{ reviewedBy: { title: '副值班长', unit: '田林街道' } },
  ...{ inForceFrom: now - 120 * dayMs, inForceTo: null, findings: 214 },
  changes: [
    {
      field: 'steps',
      from: JSON.stringify([{ tell: 'worker', withinMinutes: 120 }]),
      to: JSON.stringify(careSilence.steps),
    },
  ],
  steps: [
    { act: 'made', at: now - 125 * dayMs, by: officer, reason: '先问本人和联系人。' },
    { act: 'submit', at: now - 124 * dayMs, by: officer, reason: '影子里跑了一周。' },
    { act: 'approve', at: now - 120 * dayMs, by: officer, reason: '看过差别，同意。' },
  ],
  outcomes: [
    { outcome: 'needed-help', count: 9 },
    { outcome: 'fine', count: 163 },
    { outcome: 'away', count: 31 },
    { outcome: 'sensor-fault', count: 11 },
  ],
}

const draft: Version = {
  ...inForce,
  ...{ version: 5, state: 'draft', isMine: true, basedOn: 4, reviewedBy: null },
  definition: { ...careSilence, when: { is: 'silence', signs: null, minutes: 4_320 } },
  ...{ inForceFrom: null, inForceTo: null, findings: 0, outcomes: [], shadowFindings: 12 },
  ...{ madeAt: now - 3 * hourMs, reason: '天热，老人白天少出门。' },
  changes: [{ field: 'when.minutes', from: '2880', to: '4320' }],
  steps: [{ act: 'made', at: now - 3 * hourMs, by: officer, reason: '天热。' }],
}

export const rule: Rule = {
  rule: 'care-silence',
  versions: [draft, inForce, shipped],
  reasons: {
    zh: '48 小时以下的静默，多半是人出了门。\n它分不出人是没出屋，还是不舒服。',
    en: 'Below 48 hours a silence mostly means that somebody is out.\nIt cannot tell why.',
  },
  scores: [
    {
      ...{ version: 4, committee: '310104011013', name: '田林十二村居委会', month: '2026-06' },
      outcomes: [
        { outcome: 'fine', count: 41 },
        { outcome: 'sensor-fault', count: 4 },
      ],
      ...{ misleadingPercent: 8.9, falseVisits: 0.61, homes: 1_204 },
    },
    {
      ...{ version: 4, committee: '310104011012', name: '田林十一村居委会', month: '2026-06' },
      outcomes: [{ outcome: 'fine', count: 22 }],
      ...{ misleadingPercent: 0, falseVisits: 0.31, homes: 980 },
    },
  ],
  committees,
  hitRate: null,
  mayChange: true,
  now,
}

const none: Omit<Listed['rules'][number], 'rule' | 'purpose'> = {
  ...{ act: 'look', isEmergency: false, draft: null, shadow: null, findings90: 0, outcomes90: [] },
  ...{ inForce: { version: 1, since: now - 200 * dayMs }, misleadingPercent: null },
  isFlagged: false,
}

export const rules: Listed = {
  rules: [
    {
      ...none,
      ...{ rule: 'care-silence', purpose: 'agreed-care', act: 'visit' },
      inForce: { version: 4, since: now - 120 * dayMs },
      draft: { version: 5, since: now - 3 * hourMs },
      ...{ findings90: 214, outcomes90: inForce.outcomes, misleadingPercent: 5.1, isFlagged: true },
    },
    { ...none, ...{ rule: 'sos', purpose: 'emergency-call', isEmergency: true } },
    {
      ...none,
      ...{ rule: 'smoke', purpose: 'home-safety', isEmergency: true, findings90: 6 },
      outcomes90: [
        { outcome: 'hazard-real', count: 2 },
        { outcome: 'hazard-false', count: 4 },
      ],
      ...{ misleadingPercent: 66.7, isFlagged: true },
    },
    { ...none, ...{ rule: 'fire-lane', purpose: 'public-space' } },
    {
      ...none,
      ...{ rule: 'overcrowding', purpose: 'crowding-check', act: 'check-home', inForce: null },
      shadow: { version: 1, since: now - 9 * dayMs },
    },
    { ...none, ...{ rule: 'device-silence', purpose: 'device-operation', act: 'repair' } },
  ],
  mayChange: true,
  now,
}

/** Ninety days in two neighbourhoods; some days are more than people can do. */
export const trial: Trial = {
  days: Array.from({ length: 90 }, (_, at) => {
    const day = new Date(Date.parse('2026-04-10T00:00:00Z') + at * dayMs).toISOString().slice(0, 10)
    const inForceVisits = (at * 7) % 5
    return committees.map(({ committee }, row) => ({
      ...{ day, committee, source: at < 87 ? ('simulated' as const) : ('stored' as const) },
      draft: row === 0 ? ((at * 5) % 7) + (at % 11 === 3 ? 5 : 0) : (at * 3) % 3,
      inForce: row === 0 ? inForceVisits : at % 2,
    }))
  }).flat(),
  draft: {
    ...{ visits: 461, perDay: 5.12, workerHours: 230.5, caught: 9, missed: 0, unknown: 247 },
    outcomes: inForce.outcomes,
    ...{ daysOverCapacity: 24, asks: 30, falseVisitsPer1000HomesWeek: 4.1 },
  },
  inForce: {
    ...{ visits: 214, perDay: 2.38, workerHours: 107, caught: 9, missed: 0, unknown: 0 },
    outcomes: inForce.outcomes,
    ...{ daysOverCapacity: 0, asks: 30, falseVisitsPer1000HomesWeek: 1.9 },
  },
  ...{ from: '2026-04-10', to: '2026-07-08', capacityPerDay: 6 },
  ...{ known: 9, simulatedPercent: 97, storedFrom: now - 3 * dayMs, homes: 1_204 },
}
