/** A street's morning, made up: what the pages of the duty seat are drawn from in tests. */
import type { whoAmI } from '../../src/desks/identity/api.ts'
import { dayMs, hourMs, minuteMs, secondMs } from '../../src/kernel/clock.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { CommitteeCode, PostId, TaskId } from '../../src/kernel/ids.ts'
import type { listMatters } from '../../src/outlook/overview/api.ts'
import type { Committee, Matter, OneMatter, Pulse, StreetNow } from './matters.ts'
import type { Month } from './month-page.tsx'

/** Thursday, 9 July 2026, 09:42 in Shanghai. */
export const now = Date.parse('2026-07-09T09:42:00+08:00')

export const me: Output<typeof whoAmI> = {
  ...{ name: '夏长虹', place: null, role: 'street', title: '值班长' },
  ...{ unit: '田林街道', street: '田林街道', acting: null },
}

const code = (index: number) => `3101040110${String(index + 1).padStart(2, '0')}` as CommitteeCode
export const taskAt = (index: number) =>
  `0197e9c0-0000-7000-8000-${String(index).padStart(12, '0')}` as TaskId
const postAt = (index: number) =>
  `0197e9c0-0000-7000-9000-${String(index).padStart(12, '0')}` as PostId

const hoods = [
  ['一、二村', 'open', 180, 4, 1, 1],
  ['三、四村', 'calm', 168, 3, 1, 0],
  ['五、六、七村', 'soon', 206, 5, 2, 1],
  ['八、九、十村', 'soon', 199, 5, 3, 1],
  ['十一村', 'overdue', 153, 3, 1, 1],
  ['十二村', 'emergency', 199, 6, 17, 2],
  ['十三村', 'open', 170, 3, 2, 1],
  ['十四村第一', 'calm', 158, 4, 1, 1],
  ['千鹤第一', 'soon', 175, 4, 2, 1],
  ['爱建园', 'open', 163, 2, 2, 1],
  ['小安桥', 'unknown', 120, 2, 24, 2],
] as const

type Planned = readonly [
  rule: string,
  kind: Matter['kind'],
  hood: number,
  state: Matter['state'],
  post: string,
  agoMs: number,
  leftMs: number,
]
const planned: readonly Planned[] = [
  ['gas', 'hazard', 5, 'acknowledged', '居委社工', 90 * secondMs, 42 * secondMs],
  ['door-held-open', 'hazard', 4, 'raised', '居委社工', 3 * hourMs, -2 * hourMs],
  ['door-forced', 'hazard', 8, 'on-the-way', '维修值班', 45 * minuteMs, 15 * minuteMs],
  ['fire-lane', 'hazard', 3, 'raised', '居委社工', 30 * minuteMs, 20 * minuteMs],
  ['care-silence', 'care-visit', 5, 'acknowledged', '居委社工', 35 * minuteMs, 35 * minuteMs],
  ['care-silence', 'care-visit', 2, 'raised', '志愿者', 22 * minuteMs, 50 * minuteMs],
  ['water-leak', 'hazard', 0, 'found', '维修值班', 2 * hourMs, 138 * minuteMs],
  ['electrical', 'hazard', 6, 'at-the-door', '电工', hourMs, 378 * minuteMs],
  ['bins', 'hazard', 9, 'acknowledged', '保洁', hourMs, 498 * minuteMs],
  ['device-silence', 'device-repair', 5, 'acknowledged', '居委社工', dayMs, 2 * dayMs],
  ['manhole', 'hazard', 3, 'acknowledged', '维修值班', 3 * hourMs, dayMs],
  ['care-offer', 'care-offer', 2, 'raised', '居委社工', dayMs, 4 * dayMs],
]

export const matters: Matter[] = planned.map(
  ([rule, kind, hood, state, post, agoMs, leftMs], index) => ({
    ...{ task: taskAt(index), kind, rule, state, committee: code(hood), tier: index === 3 ? 2 : 1 },
    urgency: rule === 'gas' ? 'emergency' : 'usual',
    openedAt: now - agoMs,
    deadline: now + leftMs,
    post: { title: post, unit: `${hoods[hood]?.[0] ?? ''}居委会` },
  }),
)

const committees: Committee[] = hoods.map(([name, tile, alive, quiet, unknown, never], index) => ({
  ...{ committee: code(index), name: `${name}居委会`, tile },
  ...{ alive, quiet, unknown, neverReported: never },
  open: matters.filter(({ committee }) => committee === code(index)).length,
}))

const kinds = (
  [
    ['smoke', 398, 6, 5, 3],
    ['motion', 296, 10, 10, 2],
    ['door-contact', 268, 9, 7, 2],
    ['gas', 255, 4, 4, 1],
    ['water-meter', 233, 3, 4, 0],
    ['door-access', 129, 2, 1, 0],
    ['water-leak', 92, 2, 2, 0],
    ['sos-button', 89, 2, 1, 2],
    ['electrical', 86, 1, 1, 0],
    ['ground', 34, 1, 1, 0],
    ['camera-event', 33, 1, 0, 0],
  ] as const
).map(([kind, alive, quiet, unknown, neverReported]) => ({
  ...{ kind, alive, quiet, unknown, neverReported },
}))

export const street: StreetNow = {
  name: '田林街道',
  onDuty: [{ title: '值班长', until: now + 8 * hourMs - 42 * minuteMs }],
  open: matters.length,
  emergencies: 1,
  devicesUnknown: 56,
  closedToday: 61,
  usualByNow: 54,
  proof: { at: now - 40 * secondMs, unowned: 0, unescalated: 0, lateMs: 0 },
  ...{ matters, committees, kinds, now },
  gaps: [
    {
      ...{ unit: '十三村居委会', missing: 1 },
      from: now + 2 * dayMs + 8 * hourMs,
      to: now + 2 * dayMs + 16 * hourMs,
    },
    {
      ...{ unit: '爱建园物业', missing: 2 },
      from: now + 3 * dayMs,
      to: now + 3 * dayMs + 8 * hourMs,
    },
  ],
  notes: [
    {
      ...{ note: '0197e9c0-0000-7000-a000-000000000001', title: '副值班长', readAt: null },
      at: now - 72 * minuteMs,
      words: '小安桥的网关昨晚断了，已经叫人，上午会到。十一村的门夜里关不上，先用绳子绑着。',
    },
  ],
}

const minuteCount = 180
const wave = (index: number) => 38 + 16 * Math.sin(index / 32)
const from = now - minuteCount * minuteMs
export const pulse: Pulse = {
  minutes: Array.from({ length: minuteCount }, (_, index) => ({
    at: from + index * minuteMs,
    heard: Math.round(wave(index) + 6 * Math.sin(index * 1.7) + 3 * Math.cos(index * 3.1)),
  })),
  usual: Array.from({ length: minuteCount }, (_, index) => ({
    at: from + index * minuteMs,
    low: Math.round(wave(index) - 9),
    high: Math.round(wave(index) + 9),
  })),
  now,
}

const could = (
  [
    ['十二村居委会', '居委社工', true, 3, true],
    ['十二村物业', '维修值班', true, 0, false],
    ['十二村居委会', '副手', true, 1, false],
    ['田林街道', '值班长', true, 0, false],
    ['田林街道', '副值班长', false, 0, false],
  ] as const
).map(([unit, title, isOnDuty, inHand, hasIt], index) => ({
  ...{ post: postAt(index), unit, title, isOnDuty, inHand, hasIt },
}))

const [gas] = matters
if (!gas) throw new Error('the sample has no matter')

export const one: OneMatter = {
  ...gas,
  ...{ committeeName: '十二村居委会', ruleVersion: 3, isConcerned: false, mayOpenReporters: false },
  log: [
    {
      ...{ at: now - 90 * secondMs, act: 'raised', state: 'raised', title: null, unit: null },
      ...{ to: null, outcome: null },
    },
    {
      ...{ at: now - 78 * secondMs, act: 'joined', state: 'raised', title: null, unit: null },
      ...{ to: null, outcome: null },
    },
    {
      ...{ at: now - 48 * secondMs, act: 'acknowledge', state: 'acknowledged' },
      ...{ title: '居委社工', unit: '十二村居委会', to: null, outcome: null },
    },
  ],
  told: [
    {
      ...{ title: '居委社工', unit: '十二村居委会', madeAt: now - 90 * secondMs },
      ...{ attemptedAt: now - 90 * secondMs, deliveredAt: now - 89 * secondMs },
      acknowledgedAt: now - 48 * secondMs,
    },
    {
      ...{ title: '值班长', unit: '田林街道', madeAt: now - 90 * secondMs },
      ...{ attemptedAt: now - 89 * secondMs, deliveredAt: null, acknowledgedAt: null },
    },
  ],
  couldGo: could,
  now,
}

export const list: Output<typeof listMatters> = {
  matters: matters.map((matter) => ({ ...matter, closedAt: null, outcome: null })),
  now,
}

export const closedList: Output<typeof listMatters> = {
  matters: matters.slice(0, 4).map((matter, index) => ({
    ...matter,
    ...{ state: 'closed', closedAt: now - index * 20 * minuteMs, outcome: 'hazard-real' },
  })),
  now,
}

const took = (count: number, half: number | null, nineOfTen: number | null) => ({
  ...{ count, half, nineOfTen },
})

export const month: Month = {
  from: Date.parse('2026-06-01T00:00:00+08:00'),
  to: Date.parse('2026-07-01T00:00:00+08:00'),
  isOver: true,
  rows: [
    {
      ...{ kind: 'hazard', rule: 'fire-lane', matters: 38, late: 9, climbed: 11 },
      answered: took(38, 7 * minuteMs, 31 * minuteMs),
      reached: took(35, 26 * minuteMs, 95 * minuteMs),
      closed: took(36, 50 * minuteMs, 7 * hourMs),
      outcomes: [
        { outcome: 'hazard-real', count: 29 },
        { outcome: 'hazard-false', count: 7 },
      ],
    },
    {
      ...{ kind: 'care-visit', rule: 'care-silence', matters: 21, late: 2, climbed: 1 },
      answered: took(21, 4 * minuteMs, 14 * minuteMs),
      reached: took(21, 41 * minuteMs, 100 * minuteMs),
      closed: took(21, hourMs, 2 * hourMs),
      outcomes: [
        { outcome: 'fine', count: 12 },
        { outcome: 'away', count: 8 },
        { outcome: 'needed-help', count: 1 },
      ],
    },
    {
      ...{ kind: 'hazard', rule: 'gas', matters: 1, late: 0, climbed: 0 },
      answered: took(1, 41 * secondMs, 41 * secondMs),
      reached: took(1, 6 * minuteMs, 6 * minuteMs),
      closed: took(0, null, null),
      outcomes: [],
    },
  ],
  committees: committees.map(({ committee, name }, index) => ({
    ...{ committee, name, matters: (index * 7) % 12, late: index % 4 },
  })),
  now,
}
