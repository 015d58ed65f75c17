/**
 * Who works in the whole street beside the small one's workers: more of these, officers, property
 * staff, the police post, doctors, volunteers; what each is asked for, and when they are on duty.
 */
import { dayOf, timeOf, weekdayOf } from '../src/kernel/calendar.ts'
import { hourMs, type Instant } from '../src/kernel/clock.ts'
import type { Input } from '../src/kernel/endpoint.ts'
import type { PlaceCode } from '../src/kernel/ids.ts'
import type { addBody } from '../src/ground/duties/api.ts'
import type { Namer, NameTheme } from './names.ts'
import { isTwelfth, officer, secondOfficer, type PlannedCommittee } from './street.ts'

export type BodyKind = NonNullable<Input<typeof addBody>['kind']> | 'street'

/** One stretch of a week's pattern. 0 is Sunday; over midnight where `to` is not after `from`. */
export type Hours = { weekdays: number[]; from: string; to: string }
export type PlannedPost = {
  title: string
  name: string
  rank: number
  beats: PlaceCode[]
  hours: Hours[]
}
export type Cover = {
  days: 'every-day' | 'working' | 'off'
  from: string
  to: string
  people: number
}

/** The street's own and the committees' are there already; of these it says who joins them. */
export type PlannedBody = {
  kind: BodyKind
  /** Of a committee; its body is named by the register. */
  committee: PlannedCommittee['code'] | null
  name: string | null
  phone: string
  opensAt: string
  closesAt: string
  posts: PlannedPost[]
  covers: Cover[]
}

const roundTheClock = { opensAt: '00:00', closesAt: '24:00' }
const workersMax = 5
/** Bodies of three neighbourhoods each. */
const committeesAFirm = 3

/** `opensAt`: whoever looks first then sees the first officer on duty. */
export function planStaff(
  plan: readonly PlannedCommittee[],
  name: Namer,
  opensAt: Instant,
): PlannedBody[] {
  return [
    officersOf(name, opensAt),
    ...plan.map((committee, nth) => workersOf(committee, nth, name)),
    ...firmsOf(plan, name),
    policeOf(plan, name),
    clinicOf(plan, name),
    ...plan.filter((_, nth) => nth % 2 === 0).map((one, nth) => volunteersOf(one, nth, name)),
  ]
}

const day = { from: '08:00', to: '20:00' }
const night = { from: '20:00', to: '08:00' }
const halfDayMs = 12 * hourMs

/** The two who are there already come first: the first officer and the second. */
function officersOf(name: Namer, opensAt: Instant): PlannedBody {
  const isDay = timeOf(opensAt) >= day.from && timeOf(opensAt) < night.from
  const [own, other] = isDay ? [day, night] : [night, day]
  // After midnight it is still the night of the day before.
  const first = weekdayOf(dayOf(isDay ? opensAt : opensAt - halfDayMs))
  const on = (...ahead: number[]) => ahead.map((one) => (first + one) % 7)
  const duty: [string, Hours[]][] = [
    [officer.name, [{ weekdays: on(0, 1, 2, 5, 6), ...own }]],
    [secondOfficer, [{ weekdays: on(3, 4), ...own }]],
    [name('worker'), [{ weekdays: on(0, 2, 4, 6), ...other }]],
    [name('worker'), [{ weekdays: on(1, 3, 5), ...other }]],
    [name('worker'), []],
  ]
  return {
    ...{ kind: 'street', committee: null, name: null, phone: '', ...roundTheClock },
    posts: duty.map(([who, hours], at) => ({
      ...{ title: '值班员', name: who, rank: at + 1, beats: [], hours },
    })),
    covers: [{ days: 'every-day', from: '00:00', to: '24:00', people: 1 }],
  }
}

/**
 * 十二村, which somebody new plays, has no roster: its workers are always asked. Each of the others
 * has the stairs of some buildings as a beat; two of the neighbourhoods keep hours.
 */
function workersOf(committee: PlannedCommittee, nth: number, name: Namer): PlannedBody {
  const there = committee.workers.length
  const hasHours = nth === 1 || nth === 2
  const hoursOf = (at: number) => {
    const weekdays = [1, 2, 3, 4, 5, at % 2 === 0 ? 6 : 0]
    return hasHours ? [{ weekdays, from: '08:30', to: '17:30' }] : []
  }
  const old = committee.workers.map((one, at) => ({ ...one, beats: [], hours: hoursOf(at) }))
  const fresh = beatsOf(committee, workersMax - there).map((beats, at) => ({
    ...{ name: name('worker'), rank: there + 1 + at, beats, hours: hoursOf(at) },
  }))
  const posts = [...old, ...fresh].map((one) => ({ title: '居委社工', ...one }))
  return {
    ...{ kind: 'committee', committee: committee.code, name: null, phone: committee.phone },
    ...{ opensAt: '08:30', closesAt: '17:30', posts },
    covers: hasHours ? [{ days: 'every-day', from: '08:30', to: '17:30', people: 1 }] : [],
  }
}

/** In 十二村 nobody but its first worker is asked first where the pictures are taken. */
function beatsOf(committee: PlannedCommittee, count: number): PlaceCode[][] {
  const stairs = committee.compounds.flatMap(({ buildings }, nth) =>
    buildings.slice(isTwelfth(committee) ? 1 : 0).flatMap((building) =>
      building.stairs.map(({ number }) => {
        return `${committee.code}-${String(nth + 1).padStart(2, '0')}-${number}` as PlaceCode
      }),
    ),
  )
  const each = Math.ceil(stairs.length / count)
  return Array.from({ length: count }, (_, at) => stairs.slice(at * each, (at + 1) * each))
}

function firmsOf(plan: readonly PlannedCommittee[], name: Namer): PlannedBody[] {
  const firms = Math.ceil(plan.length / committeesAFirm)
  return Array.from({ length: firms }, (_, nth) => {
    const served = plan.slice(nth * committeesAFirm, (nth + 1) * committeesAFirm)
    const beats = served.map(({ code }) => code)
    const titles = ['物业经理', '物业保安', '物业维修', '物业保安']
    return {
      ...{ kind: 'property' as const, committee: null, name: `示例物业第${nth + 1}服务处` },
      ...{ phone: `021-5550-04${String(nth + 1).padStart(2, '0')}`, ...roundTheClock, covers: [] },
      posts: titles.map((title, at) => ({
        ...{ title, name: name('property'), rank: at + 1, beats, hours: [] },
      })),
    }
  })
}

function policeOf(plan: readonly PlannedCommittee[], name: Namer): PlannedBody {
  return {
    ...{ kind: 'police', committee: null, name: '社区警务室（示例）', phone: '021-5550-0501' },
    ...{ ...roundTheClock, covers: [], posts: spread(plan, 4, '社区民警', 'police', name) },
  }
}

function clinicOf(plan: readonly PlannedCommittee[], name: Namer): PlannedBody {
  return {
    ...{ kind: 'clinic', committee: null, name: '社区卫生服务中心（示例）', covers: [] },
    ...{ phone: '021-5550-0601', opensAt: '08:00', closesAt: '20:00' },
    posts: spread(plan, 5, '家庭医生', 'doctor', name),
  }
}

function spread(
  plan: readonly PlannedCommittee[],
  count: number,
  title: string,
  theme: NameTheme,
  name: Namer,
): PlannedPost[] {
  const each = Math.ceil(plan.length / count)
  return Array.from({ length: count }, (_, at) => ({
    ...{ title, name: name(theme), rank: at + 1, hours: [] },
    beats: plan.slice(at * each, (at + 1) * each).map(({ code }) => code),
  }))
}

function volunteersOf({ code, compounds }: PlannedCommittee, nth: number, name: Namer) {
  const beats = compounds.map((_, at) => `${code}-${String(at + 1).padStart(2, '0')}` as PlaceCode)
  return {
    ...{ kind: 'volunteers' as const, committee: null, name: `邻里守望第${nth + 1}队（示例）` },
    ...{ phone: `021-5550-07${String(nth + 1).padStart(2, '0')}` },
    ...{ opensAt: '08:00', closesAt: '20:00', covers: [] },
    posts: [1, 2, 3].map((rank) => ({
      ...{ title: '楼组志愿者', name: name('volunteer'), rank, beats, hours: [] },
    })),
  }
}
