import type { Asker } from '../../kernel/asker.ts'
import type { Input, Output } from '../../kernel/endpoint.ts'
import type { EventOf } from '../../kernel/event.ts'
import { fault, type Fault } from '../../kernel/fault.ts'
import type { NoteId, PersonId, StreetCode } from '../../kernel/ids.ts'
import type { Given } from '../../platform/given.ts'
import { nudge } from '../../platform/live.ts'
import type { Push } from '../../platform/push/index.ts'
import type { Tx } from '../../platform/sql.ts'
import { heldPosts, inChargeOf, onDuty } from '../../ground/duties/index.ts'
import type * as api from './api.ts'
import { readOutbox } from './channels/index.ts'
import * as store from './store.ts'
import type { Says, Topic, Urgency } from './types.ts'

/**
 * Puts a note into a person's inbox and, at commit, tells their open pages; the other channels
 * follow by themselves until it is acknowledged. Without more words it is a usual task.
 */
export async function put(
  given: Given,
  tx: Tx,
  note: {
    street: StreetCode
    person: PersonId
    topic: Topic
    matter: string
    urgency?: Urgency
    says?: Says
  },
): Promise<NoteId> {
  const id = await store.putNote(tx, {
    ...{ urgency: 'usual', says: 'task' },
    ...note,
    note: given.newId<NoteId>(),
    toldAt: given.clock.now(),
  })
  nudge(tx, [{ person: note.person, topic: note.topic, note: id }])
  return id
}

/** Tells people's open pages, at commit, that something of a topic changed. No row is kept. */
export async function tellPages(
  tx: Tx,
  people: PersonId | readonly PersonId[],
  topic: Topic,
): Promise<void> {
  const each = typeof people === 'string' ? [people] : people
  nudge(
    tx,
    each.map((person) => ({ person, topic })),
  )
}

/** The pages of a street's officers hear of all of it: what they watch as. */
export function officersOf(street: StreetCode): string {
  return `officers ${street}`
}

/** Tells the officers' open pages, at commit, that something in their street changed. */
export async function tellOfficers(tx: Tx, street: StreetCode): Promise<void> {
  nudge(tx, [{ person: officersOf(street), topic: 'street' }])
}

/**
 * Somebody has broken the glass: another officer hears of it, whoever is on duty first; without any
 * the first of a committee. Heard twice is told once.
 */
export async function glassBroken(
  given: Given,
  { street, request, by }: EventOf<'privacy.glass-broken'>,
): Promise<void> {
  await given.db.inStreet({ street }, async (tx) => {
    if (await store.hasNote(tx, request)) return
    const others = (await heldPosts(tx, 'all')).filter(({ person }) => person !== by)
    const officers = others.filter(({ role }) => role === 'street')
    const onDutyNow = new Set((await onDuty(given, tx, 'all')).map(({ post }) => post))
    const told =
      officers.find(({ id }) => onDutyNow.has(id)) ??
      officers[0] ??
      others.find(({ role, rank }) => role === 'committee' && rank === 1)
    if (!told) return
    const { person } = told
    const what = { topic: 'requests', urgency: 'emergency', says: 'glass-broken' } as const
    await put(given, tx, { ...what, street, person, matter: request })
  })
}

/** Both hear of it: who may open reporters from now on, and who may no more. */
export async function keeperNamed(
  given: Given,
  event: EventOf<'duties.keeper-named'>,
): Promise<void> {
  await tellOfPost(given, event, 'keeper-named')
}

/** Whoever reviews looks from now on, or does no more. */
export async function reviewerNamed(
  given: Given,
  event: EventOf<'duties.reviewer-named'>,
): Promise<void> {
  await tellOfPost(given, event, 'reviewer-named')
}

async function tellOfPost(
  given: Given,
  { street, naming, told }: { street: StreetCode; naming: string; told: readonly PersonId[] },
  says: Says,
): Promise<void> {
  await given.db.inStreet({ street }, async (tx) => {
    if (await store.hasNote(tx, naming)) return
    for (const person of told) {
      await put(given, tx, { street, person, topic: 'requests', matter: naming, says })
    }
  })
}

/** A look was found not right: told once to whoever answers for the post, never to the post. */
export async function lookWrong(
  given: Given,
  { street, review, post }: EventOf<'privacy.look-wrong'>,
): Promise<void> {
  await given.db.inStreet({ street }, async (tx) => {
    if (await store.hasNote(tx, review)) return
    const person = await inChargeOf(tx, post)
    if (person === undefined) return
    const what = { topic: 'requests', says: 'look-wrong' } as const
    await put(given, tx, { ...what, street, person, matter: review })
  })
}

/** Whoever is in charge is asked why somebody of theirs looked. */
export async function whyAsked(
  given: Given,
  { street, question, told }: EventOf<'privacy.question-asked'>,
): Promise<void> {
  await given.db.inStreet({ street }, async (tx) => {
    if (await store.hasNote(tx, question)) return
    const what = { topic: 'requests', matter: question, says: 'why-asked' } as const
    for (const person of told) await put(given, tx, { ...what, street, person })
  })
}

/** What they asked about their own data was answered. */
export async function ownRequestDecided(
  given: Given,
  { street, request, person }: EventOf<'privacy.own-request-decided'>,
): Promise<void> {
  await given.db.inStreet({ street }, async (tx) => {
    if (await store.hasNote(tx, request)) return
    const what = { topic: 'looks', matter: request, says: 'own-request-decided' } as const
    await put(given, tx, { ...what, street, person })
  })
}

/** Nobody is reminded of the question any more; whoever asked it hears that it was answered. */
export async function whyAnswered(
  given: Given,
  { street, question, look, person }: EventOf<'privacy.question-answered'>,
): Promise<void> {
  await given.db.inStreet({ street }, async (tx) => {
    await endNotes(given, tx, question)
    if (await store.hasNote(tx, look)) return
    const what = { topic: 'looks', matter: look, says: 'why-answered' } as const
    await put(given, tx, { ...what, street, person })
  })
}

/** Notes reached at least one open stream of their person: attempted, not yet delivered. */
export async function wereSent(
  given: Given,
  told: readonly { note: string; person: string }[],
): Promise<void> {
  if (told.length === 0) return
  await given.db.asOwner((tx) => store.setSent(tx, told, given.clock.now()))
}

/** A person did something about the matter: nothing more is sent to them. */
export async function wasAcknowledged(
  given: Given,
  tx: Tx,
  matter: string,
  person: PersonId,
): Promise<void> {
  await store.setFact(tx, 'acknowledged_at', { matter, person }, given.clock.now())
}

/**
 * The matter is over, or is somebody else's: nothing more is sent to anybody about it; with `topic`
 * to nobody who was told of it as such a one.
 */
export async function endNotes(given: Given, tx: Tx, matter: string, topic?: Topic): Promise<void> {
  await store.endNotes(tx, { matter, ...(topic ? { topic } : {}) }, given.clock.now())
}

export async function noteShown(
  given: Given,
  asker: Asker,
  input: Input<typeof api.noteShown>,
): Promise<Output<typeof api.noteShown> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { person } = asker
  const { notes, by = 'page' } = input
  if (notes.length === 0) return { shown: 0 }
  return given.db.inStreet(asker, async (tx) => {
    const now = given.clock.now()
    if (by === 'push') await store.setPushDelivered(tx, { notes, person }, now)
    return { shown: await store.setFact(tx, 'delivered_at', { notes, person }, now) }
  })
}

const browsersMax = 5

export async function pushKey(
  given: Given,
  asker: Asker,
  push: Push | null,
): Promise<Output<typeof api.pushKey> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { person } = asker
  const browsers = await given.db.inStreet(asker, (tx) => store.browsersWoken(tx, person))
  return { key: push?.publicKey ?? null, browsers }
}

export async function wakeBrowser(
  given: Given,
  asker: Asker,
  input: Input<typeof api.wakeBrowser>,
  push: Push | null,
): Promise<Output<typeof api.wakeBrowser> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  if (!push?.isAllowed(input.endpoint)) return fault('bad-input', 'endpoint')
  const { person, street } = asker
  await given.db.asOwner((tx) => store.takeFromOthers(tx, input.endpoint, person))
  return given.db.inStreet(asker, async (tx) => {
    const browser = { ...input, street, person, id: given.newId<string>() }
    await store.addBrowser(tx, browser, given.clock.now(), browsersMax)
    return { browsers: await store.browsersWoken(tx, person) }
  })
}

export async function letSleep(
  given: Given,
  asker: Asker,
  { endpoint }: Input<typeof api.letSleep>,
): Promise<Output<typeof api.letSleep> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { person } = asker
  return given.db.inStreet(asker, async (tx) => {
    await store.dropBrowser(tx, person, endpoint)
    return { browsers: await store.browsersWoken(tx, person) }
  })
}

/** A link may let somebody answer for another: outside the example town it is the operator’s. */
export async function outbox(
  asker: Asker,
  { outboxFile, isDemo }: { outboxFile: string | null; isDemo: boolean },
): Promise<Output<typeof api.outbox> | Fault> {
  if (asker.kind !== 'operator' && !isDemo) return fault('not-allowed')
  return { messages: outboxFile === null ? [] : await readOutbox(outboxFile) }
}
