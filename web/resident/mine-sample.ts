/** A resident's visitors, helpers and home, made up: what the pages are drawn from in tests. */
import type { myGrants } from '../../src/desks/identity/grants/api.ts'
import type { myPasses } from '../../src/desks/identity/passes/api.ts'
import type { howProven } from '../../src/desks/identity/proving/api.ts'
import type { myHome, tenureRights } from '../../src/ground/people/keeping/api.ts'
import { dayMs, hourMs } from '../../src/kernel/clock.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { PlaceCode } from '../../src/kernel/ids.ts'
import { me, now, place } from './sample.ts'

type Of<T> = T extends readonly (infer One)[] ? One : never

const home = place
const stair = { ...home, place: '310104011013-01-26' as PlaceCode, room: null, floor: null }
const gate = { ...stair, place: '310104011013-01' as PlaceCode, building: null, stair: null }
const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`

export const passes: Output<typeof myPasses> = {
  doors: [
    { door: stair.place, place: stair },
    { door: gate.place, place: gate },
  ],
  passes: [
    {
      ...{ pass: id(1), door: stair.place, place: stair, isRevoked: false },
      ...{ from: now - hourMs, until: now + hourMs },
    },
    {
      ...{ pass: id(2), door: gate.place, place: gate, isRevoked: false },
      ...{ from: now + hourMs, until: now + 5 * hourMs },
    },
    {
      ...{ pass: id(3), door: gate.place, place: gate, isRevoked: true },
      ...{ from: now - hourMs, until: now + hourMs },
    },
  ],
  now,
}

const terms = { since: now - 3 * dayMs, until: now + 27 * dayMs } as const

export const daughter: Of<Output<typeof myGrants>['forMe']> = {
  ...{ grant: id(4), relation: 'child', way: 'code', called: '女儿 小敏', ...terms },
}

export const mother: Of<Output<typeof myGrants>['byMe']> = {
  ...{ grant: id(5), relation: 'child', way: 'signature', name: '沈阿宝', ...terms },
}

export const grants: Output<typeof myGrants> = {
  ...{ forMe: [daughter], byMe: [mother], acting: null, now },
}

export const mine: Output<typeof myHome> = {
  name: me.name,
  homes: [
    {
      ...{ home, tenure: 'owner', relation: 'head', livesAlone: false, since: '2003-05-01' },
      household: [
        { name: '王晓明', relation: 'child', tenure: 'family' },
        { name: null, relation: 'grandchild', tenure: 'family' },
      ],
    },
  ],
  owns: [
    {
      ...{ home, part: 1, whole: 2, isRegistered: true, source: 'register' },
      ...{ since: '2003-05-01', owners: 2, area: { source: 'register', area: '48.36' } },
    },
  ],
  numbers: [{ kind: 'phone', masked: '139****0001' }],
  changes: [{ change: id(6), kind: 'phone', masked: '138****0002' }],
}

export const rights: Output<typeof tenureRights> = {
  rights: [
    {
      right: 'vote-of-owners',
      may: [
        { standing: 'owner', grant: 'yes' },
        { standing: 'tenant', grant: 'by-proxy' },
        { standing: 'other', grant: 'no' },
      ],
    },
  ],
}

export const proven: Output<typeof howProven> = { level: 'owner', streets: [], waiting: [] }

export const unproven: Output<typeof howProven> = {
  level: 'phone',
  streets: [],
  waiting: [{ kind: 'claim', state: 'waiting', at: now - hourMs, until: null, because: null }],
}
