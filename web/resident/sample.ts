/** A resident's morning, made up: what the pages are drawn from in tests. */
import type { whoAmI } from '../../src/desks/identity/api.ts'
import type { whomToCall } from '../../src/ground/duties/api.ts'
import type { whoLooked } from '../../src/ground/privacy/reading/api.ts'
import { dayMs, hourMs } from '../../src/kernel/clock.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { HomeCode } from '../../src/kernel/ids.ts'
import type { Look } from './looks.ts'
import type { Agreed, Care } from './standing.tsx'

const at = (text: string) => Date.parse(`${text}+08:00`)

/** Thursday, 9 July 2026, 09:42 in Shanghai. */
export const now = at('2026-07-09T09:42:00')

export const place = {
  place: '310104011013-01-26-501' as HomeCode,
  committee: '田林十二村居委会',
  compound: '田林十二村',
  building: '23–27号',
  stair: '26',
  room: '501',
  floor: 5,
}

export const me: Output<typeof whoAmI> = {
  name: '陈桂英',
  place,
  role: 'resident',
  title: null,
  unit: null,
  street: '田林街道',
  acting: null,
}

export const whom: Output<typeof whomToCall> = {
  unit: '十二村居委会',
  phone: '021 5555 0112',
  opensAt: '08:30',
  closesAt: '17:30',
  answersNow: true,
}

const offered: Care = {
  name: '陈桂英',
  place,
  sensors: [
    { kind: 'door-contact', state: 'alive' },
    { kind: 'motion', state: 'alive' },
  ],
  plan: { is: 'offered' },
  isOn: true,
  ...{ textVersion: 2, callsTextVersion: 1 },
  now,
}

const agreed: Agreed = {
  is: 'agreed',
  since: at('2026-03-02T10:00:00'),
  agreedUntil: at('2027-03-02T10:00:00'),
  isJudged: true,
  rule: 'care-silence',
  ruleVersion: 4,
  silentHours: 48,
  judgement: 'seen',
  lastSeen: at('2026-07-09T07:50:00'),
  unknownSince: null,
  awayUntil: null,
  contacts: [{ name: '王晓明', relation: '儿子', phone: '139 0000 0001' }],
  visit: null,
  lastVisit: null,
  question: null,
  contactsAsked: [],
  way: 'sensor',
  paper: null,
  wandering: null,
  wanderingTextVersion: 2,
}

const plan = (part: Partial<Agreed>): Care => ({ ...offered, plan: { ...agreed, ...part } })

const silentSince = at('2026-07-07T05:50:00')

/** Every state of the care page. */
export const cares = {
  offered,
  'no sensor': { ...offered, sensors: [] },
  refused: { ...offered, plan: { is: 'refused', notAskedUntil: at('2027-07-01T00:00:00') } },
  seen: plan({
    lastVisit: {
      at: at('2026-05-11T10:20:00'),
      outcome: 'fine',
      words: '在阳台晒太阳，没听见电话。',
    },
  }),
  calls: {
    ...{ ...offered, sensors: [] },
    plan: {
      ...{ is: 'calls', since: agreed.since, agreedUntil: agreed.agreedUntil },
      contacts: agreed.contacts,
      paper: { signedOn: '2026-03-01', title: '社工', unit: '十二村居委会' },
    },
  },
  'just begun': plan({ lastSeen: null, contacts: [] }),
  unknown: {
    ...plan({
      judgement: 'unknown',
      lastSeen: at('2026-07-08T21:40:00'),
      unknownSince: at('2026-07-08T22:10:00'),
    }),
    sensors: [
      { kind: 'door-contact', state: 'unknown' },
      { kind: 'motion', state: 'unknown' },
    ],
  },
  'not heard yet': plan({ judgement: 'unknown', lastSeen: null }),
  asked: plan({
    question: {
      ...{ asks: 'person' as const, rule: 'care-habit', ruleVersion: 1 },
      ...{ askedAt: at('2026-07-09T09:30:00'), until: at('2026-07-09T10:30:00') },
    },
  }),
  guarded: plan({
    wandering: {
      ...{ since: at('2026-05-01T10:00:00'), agreedUntil: at('2027-05-01T10:00:00') },
      by: 'guardian',
    },
  }),
  keyed: plan({
    way: 'key-holder',
    contacts: agreed.contacts.map((one) => ({ ...one, hasKey: true })),
  }),
  off: plan({
    isJudged: false,
    judgement: 'unknown',
    lastSeen: null,
    ruleVersion: 0,
    silentHours: 0,
  }),
  away: plan({ judgement: 'away', awayUntil: at('2026-07-12T23:59:00') }),
  silent: plan({
    judgement: 'silent',
    lastSeen: silentSince,
    visit: {
      state: 'on-the-way',
      title: '社工',
      unit: '十二村居委会',
      dueAt: now + 2 * hourMs,
      isTakenBackByWell: false,
    },
  }),
} satisfies Record<string, Care>

export type Standing = keyof typeof cares

const looked = (index: number, more: Partial<Look>): Look => ({
  id: `0197e9c0-0000-7000-8000-00000000a${String(900 - index).padStart(3, '0')}`,
  at: now - index * dayMs,
  by: 'post',
  title: '社工',
  unit: '十二村居委会',
  rule: null,
  ruleVersion: null,
  fields: ['name', 'address'],
  matter: 'task',
  label: 'care-visit',
  how: 'page',
  outcome: null,
  question: null,
  ...more,
})

const rows: Look[] = [
  looked(0, { at: at('2026-07-09T09:31:00'), fields: ['address', 'contacts', 'phone'] }),
  looked(1, { at: at('2026-07-09T09:20:00'), how: 'list' }),
  looked(2, {
    at: at('2026-07-09T05:50:00'),
    by: 'rule',
    title: null,
    unit: null,
    rule: 'care-silence',
    ruleVersion: 4,
    fields: ['last-seen'],
    matter: 'agreement',
    label: 'agreed-care',
    how: 'rule',
  }),
  looked(3, { at: at('2026-07-07T09:05:00'), how: 'list', label: 'device-repair' }),
  looked(4, {
    at: at('2026-06-29T14:05:00'),
    by: 'operator',
    title: null,
    unit: null,
    matter: 'operation',
    label: 'town-list',
    how: 'command',
  }),
]

export const book: Output<typeof whoLooked> = {
  looks: rows,
  days: Array.from({ length: 30 }, (_, day) => ({ 19: 1, 27: 1, 29: 3 })[day] ?? 0),
  more: true,
  now,
}
