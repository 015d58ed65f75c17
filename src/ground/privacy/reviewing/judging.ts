import { startOfDay } from '../../../kernel/calendar.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { PersonId, PostId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { deadline } from '../../rules/index.ts'
import { isAtNight, isDrawn, newOf, reasonsOf, usualSpan } from './decide.ts'
import * as store from './store.ts'
import { chosenHows, limits, type LookFacts, type NewLook } from './types.ts'

/** What higher rooms know of a look, each asked only where it matters. */
export type Around = {
  /** Who of these lives or lived with the looker, owns with them, or one acts for the other. */
  kinOf(
    tx: Tx,
    looker: PersonId,
    people: readonly PersonId[],
    now: Instant,
  ): Promise<ReadonlySet<PersonId>>
  isOpenTask(tx: Tx, task: string): Promise<boolean>
  wasOnDuty(tx: Tx, post: PostId, at: Instant): Promise<boolean>
}

const looksAtOnce = 2_000

type Judging = Pick<Given, 'db' | 'clock' | 'newId'>
type Counts = Pick<LookFacts, 'peopleToday' | 'usual'>
type Verdict = Parameters<typeof newOf>[1]

/**
 * Judges each look once, soon after it is linked, and each request a day after it ended. Answers
 * how many links were walked through. What is judged twice, after a crash, is reviewed once.
 */
export async function judgeLooks(given: Judging, around: Around): Promise<number> {
  const now = given.clock.now()
  const { from, to, looks, idle, requestsAt, counts } = await given.db.asOwner(async (tx) => {
    const from = await store.judgedTo(tx, now)
    const requestsAt = Math.max(from.requestsAt, now - limits.resultMs)
    const found = await store.looksAfter(tx, {
      ...{ number: from.number, most: looksAtOnce, since: now - limits.judgedWithinMs },
    })
    const idle = await store.looksWithoutResult(tx, { after: from.requestsAt, to: requestsAt })
    return { from, ...found, idle, requestsAt, counts: await countsOf(tx, found.looks) }
  })
  if (to === from.number && requestsAt === from.requestsAt) return 0
  const verdicts = new Map<NewLook, Verdict>()
  for (const [street, ours] of Map.groupBy(looks, (look) => look.street)) {
    await judgeIn(given, street, ours, { around, counts, verdicts })
  }
  for (const look of idle) verdicts.set(look, { reasons: ['no-outcome'], isDrawn: false })
  await given.db.asOwner(async (tx) => {
    for (const [look, verdict] of verdicts) await review(given, tx, look, verdict)
    await store.setJudgedTo(tx, { number: to, requestsAt })
  })
  return to - from.number
}

async function judgeIn(
  given: Judging,
  street: StreetCode,
  looks: readonly NewLook[],
  known: { around: Around; counts: ReadonlyMap<string, Counts>; verdicts: Map<NewLook, Verdict> },
): Promise<void> {
  const { around, counts, verdicts } = known
  const now = given.clock.now()
  await given.db.inStreet({ street, committees: '*' }, async (tx) => {
    const kin = await kinIn(tx, looks, around, now)
    for (const look of looks) {
      const isKin = kin.has(look)
      const counted = counts.get(dayKey(look) ?? '') ?? none
      const facts = { ...counted, isKin, ...(await dutyAt(tx, look, around)) }
      verdicts.set(look, { reasons: reasonsOf(look, facts), isDrawn: isDrawn(look) })
    }
  })
}

const none: Counts = { peopleToday: 0, usual: { days: 0, people: 0 } }

/** Whose look it is, and on which day; nothing where it was not chosen. */
function dayKey({ by, how, at }: NewLook): string | undefined {
  if (by.kind !== 'post' || !chosenHows.includes(how)) return undefined
  return `${by.post} ${startOfDay(at)}`
}

/** What each post opened on a day, up to its last look that is judged now. */
async function countsOf(owner: Tx, looks: readonly NewLook[]): Promise<Map<string, Counts>> {
  const counts = new Map<string, Counts>()
  for (const [key, own] of Map.groupBy(looks, dayKey)) {
    const [first] = own
    if (key === undefined || first?.by.kind !== 'post') continue
    const last = Math.max(...own.map(({ at }) => at))
    counts.set(key, await countsOn(owner, first.by.post, startOfDay(first.at), last))
  }
  return counts
}

async function countsOn(owner: Tx, post: PostId, day: number, last: number) {
  const peopleToday = await store.peopleOpened(owner, post, { from: day, to: last + 1 })
  const isUnclear = peopleToday >= limits.peopleMin && peopleToday <= limits.peopleADay
  const usual = isUnclear
    ? await store.usualOf(owner, post, usualSpan(day))
    : { days: 0, people: 0 }
  return { peopleToday, usual }
}

async function kinIn(
  tx: Tx,
  looks: readonly NewLook[],
  around: Around,
  now: Instant,
): Promise<ReadonlySet<NewLook>> {
  const chosen = looks.filter(({ how }) => chosenHows.includes(how))
  const kin = new Set<NewLook>()
  const byLooker = Map.groupBy(chosen, ({ by }) => (by.kind === 'post' ? by.person : null))
  for (const [looker, own] of byLooker) {
    if (looker === null) continue
    const people = [...new Set(own.map(({ person }) => person))].filter((one) => one !== looker)
    if (people.length === 0) continue
    const found = await around.kinOf(tx, looker, people, now)
    for (const look of own) if (found.has(look.person)) kin.add(look)
  }
  return kin
}

/** Only of a look at night: by day nothing hangs on it. */
async function dutyAt(tx: Tx, { at, by, matterKind, matterId }: NewLook, around: Around) {
  if (by.kind !== 'post' || !isAtNight(at)) return { isOpenTask: false, isOnDuty: true }
  const isOpenTask =
    matterKind === 'task' && matterId !== null && (await around.isOpenTask(tx, matterId))
  return { isOpenTask, isOnDuty: isOpenTask || (await around.wasOnDuty(tx, by.post, at)) }
}

async function review(given: Judging, tx: Tx, look: NewLook, verdict: Verdict): Promise<void> {
  if (verdict.reasons.length === 0 && !verdict.isDrawn) return
  const { street, at } = look
  const byPost = look.by.kind === 'post' ? look.by.post : null
  const span = { from: at - limits.alikeMs, to: at + limits.alikeMs }
  const fresh = newOf(look, verdict, await store.reviewsAround(tx, street, byPost, span))
  if (!fresh) return
  const due = await deadline(tx, given.clock.now(), { count: limits.dueDays, kind: 'working_day' })
  const id = given.newId<string>()
  await store.addReview(tx, {
    ...{ ...fresh, street, byPost, id, look: look.look, at, dueAt: due.at },
  })
}
