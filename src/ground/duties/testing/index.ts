import { hourMs, type Instant } from '../../../kernel/clock.ts'
import type { CommitteeCode, PersonId, PlaceCode, PostId } from '../../../kernel/ids.ts'
import type { Beat, HeldPost, Known, Leave, Shift } from '../types.ts'

/** Tuesday, 7 July 2026, 08:00 in Shanghai. */
export const now: Instant = Date.parse('2026-07-07T08:00:00+08:00')
export const committee = '310104011013' as CommitteeCode
export const other = '310104011014' as CommitteeCode
export const home = `${committee}-01-26-501` as PlaceCode

/** A post of the committee of `home`, held by a person of the same name. */
export function held(id: string, wish: Partial<HeldPost> = {}): HeldPost {
  return {
    ...{ id: id as PostId, person: id as PersonId, role: 'committee', title: '社工' },
    ...{ unit: '居委', committee, body: 'committee', bodyKind: 'committee', rank: 1, ...wish },
  }
}

export function officer(id: string, wish: Partial<HeldPost> = {}): HeldPost {
  const street = { role: 'street', committee: null, body: 'street', bodyKind: 'street' } as const
  return held(id, { ...street, ...wish })
}

/** A shift from an hour ago for two hours. */
export function shift(post: string, wish: Partial<Shift> = {}): Shift {
  const span = { from: now - hourMs, to: now + hourMs }
  return { id: `shift ${post}`, body: 'committee', post: post as PostId, ...span, ...wish }
}

/** Leave from an hour ago for two hours, with a deputy or without. */
export function leave(post: string, deputy: string | null, wish: Partial<Leave> = {}): Leave {
  const span = { from: now - hourMs, to: now + hourMs }
  const who = { post: post as PostId, deputy: deputy as PostId | null }
  return { id: `leave ${post}`, ...who, ...span, ...wish }
}

export function beat(post: string, place: string, matters: Beat['matters'] = null): Beat {
  return { post: post as PostId, place: place as PlaceCode, matters }
}

/** A body's roster must be filled at all hours. */
export function roster(body: string): Known['covers'][number] {
  return { id: body, body, days: 'every-day', from: '00:00', to: '24:00', people: 1 }
}

export function known(wish: Partial<Known>): Known {
  return { posts: [], beats: [], shifts: [], leaves: [], covers: [], ...wish }
}
