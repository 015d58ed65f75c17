import type { Asker } from '../../../kernel/asker.ts'
import type { Seen } from '../../../kernel/book.ts'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { PostId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { isOnDuty, mayArrange, seatsOf } from '../decide.ts'
import { heldPosts, knownOf } from '../store.ts'
import type { HeldPost, Known } from '../types.ts'
import type * as api from './api.ts'
import { mayTakeOver, reliefOf } from './decide.ts'
import { holdersOf, looksAt, type Holder } from './names.ts'
import * as store from './store.ts'

/** The next shift is looked for so far ahead. */
const aheadMs = 30 * dayMs
const unreadMs = 30 * dayMs

export async function takeOver(
  given: Given,
  asker: Asker,
  { shift }: Input<typeof api.takeOver>,
): Promise<Output<typeof api.takeOver> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { id: own } = asker.post
  const now = given.clock.now()
  return given.db.inStreet(asker, async (tx) => {
    const found = await store.shiftToChange(tx, shift)
    if (!found || found.post !== own) return fault('not-found', 'shift')
    if (found.takenOverAt !== null) return fault('already-so', 'shift')
    if (!mayTakeOver(found, now)) return fault('moved-on', 'shift')
    await store.setShift(tx, shift, 'taken_over_at', now)
    return { shift }
  })
}

/** One stays on duty until the shift's end, handed over or not: no moment is without anybody. */
export async function handOver(
  given: Given,
  asker: Asker,
  input: Input<typeof api.handOver>,
): Promise<Output<typeof api.handOver> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { id: post } = asker.post
  const { street } = asker
  const words = input.words.trim().normalize('NFC')
  if (input.shift === null && words === '') return fault('bad-input', 'words')
  const now = given.clock.now()
  return given.db.inStreet(asker, async (tx) => {
    const [own] = await heldPosts(tx, { post })
    if (!own) return fault('not-allowed')
    const refused = input.shift === null ? undefined : await end(tx, input.shift, own, now)
    if (refused) return refused
    if (words === '') return { note: null }
    const note = given.newId<string>()
    const { shift } = input
    const row = { note, body: own.body, shift, post, at: now, words, readAt: null }
    await store.addNote(tx, street, row)
    return { note }
  })
}

async function end(tx: Tx, id: string, own: HeldPost, now: Instant): Promise<Fault | undefined> {
  const shift = await store.shiftToChange(tx, id)
  if (!shift || shift.post !== own.id) return fault('not-found', 'shift')
  if (shift.handedOverAt !== null) return fault('already-so', 'shift')
  if (now < shift.from || now >= shift.to + dayMs) return fault('moved-on', 'shift')
  await store.setShift(tx, id, 'handed_over_at', now)
  return undefined
}

export async function readNote(
  given: Given,
  asker: Asker,
  { note }: Input<typeof api.readNote>,
): Promise<Output<typeof api.readNote> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { id: post } = asker.post
  return given.db.inStreet(asker, async (tx) => {
    const [own] = await heldPosts(tx, { post })
    const isRead = own && (await store.readNote(tx, note, own.body, post, given.clock.now()))
    return isRead ? { note } : fault('not-found', 'note')
  })
}

export async function myShift(
  given: Given,
  asker: Asker,
): Promise<Seen<Output<typeof api.myShift>> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { id: post } = asker.post
  const { street } = asker
  const now = given.clock.now()
  return given.db.inStreet(asker, async (tx) => {
    const [own] = await heldPosts(tx, { post })
    if (!own) return fault('not-allowed')
    const span = { from: now, to: now + aheadMs }
    const known = await knownOf(tx, span, { body: own.body })
    const lived = await store.shiftsOf(tx, own.body, span)
    const holderAt = await holdersOf(tx, known.posts)
    const left = { from: now - dayMs, unreadFrom: now - unreadMs }
    const notes = await store.notesOf(tx, own.body, left)
    const named = ownShifts(known, lived, post, now, holderAt)
    const answer = {
      ...{ title: own.title, unit: own.unit, body: own.body },
      hasRoster: known.covers.length > 0,
      mayArrange: mayArrange(own, own.body),
      onDuty: isOnDuty(known, post, now),
      ...named,
      notes: notes.map(({ note, at, words, readAt, post: by }) => ({
        ...{ note, ...holderAt(by), at, words, readAt },
      })),
      now,
    }
    const shown = [named.standsInFor, named.relief, named.leave?.deputy, ...answer.notes]
    const posts = new Set(shown.flatMap((one) => one?.post ?? []))
    const looks = looksAt(
      street,
      known.posts.filter(({ id }) => posts.has(id)),
    )
    return { answer, looks }
  })
}

function ownShifts(
  known: Known,
  lived: readonly store.Lived[],
  post: PostId,
  now: Instant,
  holderAt: (post: PostId) => Holder,
) {
  const own = lived.filter((one) => one.post === post)
  const current = own.find(({ from }) => from <= now)
  const next = own.find(({ from }) => from > now)
  const last = current ?? next
  const relief = last && reliefOf(lived, last)
  const leave = known.leaves.find((one) => one.post === post)
  const seats = seatsOf(known, now).filter(
    ({ seat, holder }) => holder.id === post && seat !== holder,
  )
  const standsIn = seats[0]?.seat.id
  return {
    standsInFor: standsIn ? holderAt(standsIn) : null,
    shift: current ? shown(current, holderAt) : null,
    next: next ? shown(next, holderAt) : null,
    relief: relief ? { ...holderAt(relief.post), from: relief.from } : null,
    leave: leave ? shownLeave(leave, holderAt) : null,
  }
}

export function shown(
  { id: shift, post, from, to, takenOverAt, handedOverAt }: store.Lived,
  holderAt: (post: PostId) => Holder,
) {
  return { shift, ...holderAt(post), from, to, takenOverAt, handedOverAt }
}

export function shownLeave(
  { id: leave, post, from, to, deputy }: Known['leaves'][number],
  holderAt: (post: PostId) => Holder,
) {
  return { leave, ...holderAt(post), from, to, deputy: deputy && holderAt(deputy) }
}
