import { minuteMs, type Instant } from '../../../src/kernel/clock.ts'
import type { Definition, Signalled } from '../../../src/watch/scenarios/index.ts'
import { leastMs } from './lines.ts'
import { inOrder, whoOf, type Shown } from './signals.ts'

/** A person ended the matter. `saidAt`: after all that was judged by then. */
export type Closing = { at: Instant; saidAt: Instant; seenAt: Instant; act: number }
/** What became of the truth of a rule. */
export type Told =
  | { is: 'raised' | 'joined'; at: Instant; signals: Signalled[] }
  | { is: 'cleared'; at: Instant }

/** `act`: of the message that was looked at, where each is looked at by itself. */
export type Looked = { at: Instant; act: number; isTrue: boolean; shown: Shown }
type Story = {
  told: Told[]
  wasTrue: boolean
  isRaised: boolean
  falseSince: Instant
  endedAt: Instant
  edges: Instant[]
  /** What each sensor made true by itself at the last look, and when a finding last named it. */
  own: ReadonlySet<string>
  named: Map<string, Instant>
  joinedAt: Instant
}

/** From the truth at every instant where it may have changed to what is told of it. */
export function tell(
  definition: Definition,
  looked: readonly Looked[],
  closings: readonly Closing[],
  until: Instant,
): { told: Told[]; isRaised: boolean } {
  const story: Story = {
    told: [],
    wasTrue: false,
    isRaised: false,
    falseSince: -Infinity,
    endedAt: -Infinity,
    edges: [],
    own: new Set(),
    named: new Map(),
    joinedAt: -Infinity,
  }
  const left = [...closings]
  for (const look of looked) {
    while (left[0] !== undefined && isBefore(left[0], look)) {
      const [closing] = left.splice(0, 1)
      if (closing) close(story, definition, closing)
    }
    clearBefore(story, definition, look.at)
    see(story, definition, look)
    // Where each message is looked at by itself, nobody waits for another of the same instant.
    if (look.act >= 0) clearBefore(story, definition, look.at + leastMs)
  }
  for (const closing of left) close(story, definition, closing)
  clearBefore(story, definition, until + leastMs)
  return { told: story.told, isRaised: story.isRaised }
}

function isBefore({ saidAt, act }: Closing, look: Looked): boolean {
  return saidAt < look.at || (saidAt === look.at && act < look.act)
}

function see(story: Story, definition: Definition, { at, isTrue, shown }: Looked): void {
  const { wasTrue, own } = story
  const fresh = [...shown.own.keys()].filter((key) => !own.has(key))
  story.wasTrue = isTrue
  story.own = new Set(shown.own.keys())
  if (wasTrue && !isTrue) story.falseSince = at
  if (!isTrue) return
  if (story.isRaised) join(story, { at, shown, fresh, isEdge: !wasTrue })
  else if (!wasTrue) count(story, definition, at, shown)
}

function count(
  story: Story,
  { after, cooldownMinutes }: Definition,
  at: Instant,
  shown: Shown,
): void {
  if (at < story.endedAt + cooldownMinutes * minuteMs) return
  story.edges.push(at)
  story.edges = story.edges.filter((edge) => edge > at - after.minutes * minuteMs)
  if (story.edges.length < after.times) return
  story.edges = []
  story.isRaised = true
  story.joinedAt = -Infinity
  for (const key of shown.own.keys()) story.named.set(whoOf(key), at)
  story.told.push({
    is: 'raised',
    at,
    signals: inOrder([...shown.own.values(), ...shown.together]),
  })
}

/** Another sensor by itself, or one more edge; each at most once a minute. */
function join(
  story: Story,
  { at, shown, fresh, isEdge }: { at: Instant; shown: Shown; fresh: string[]; isEdge: boolean },
): void {
  if (fresh.length === 0) {
    if (!isEdge || at < story.joinedAt + minuteMs) return
    const signals = inOrder([...shown.own.values(), ...shown.together])
    // Nothing can be named, so there is nothing to tell.
    if (signals.length === 0) return
    story.joinedAt = at
    story.told.push({ is: 'joined', at, signals })
    return
  }
  const named = new Set(fresh.map(whoOf))
  for (const sensor of named) {
    if (at < (story.named.get(sensor) ?? -Infinity) + minuteMs) named.delete(sensor)
  }
  if (named.size === 0) return
  for (const sensor of named) story.named.set(sensor, at)
  const signals = [...shown.own].filter(([key]) => named.has(whoOf(key))).map(([, fact]) => fact)
  story.told.push({ is: 'joined', at, signals: inOrder(signals) })
}

/** Taken back where it had been false for long enough before this instant. */
function clearBefore(story: Story, { clearsAfterMinutes }: Definition, at: Instant): void {
  if (!story.isRaised || story.wasTrue || clearsAfterMinutes === null) return
  const clearsAt = story.falseSince + clearsAfterMinutes * minuteMs
  if (clearsAt >= at) return
  story.told.push({ is: 'cleared', at: clearsAt })
  end(story, clearsAt)
}

function close(story: Story, definition: Definition, { at, saidAt }: Closing): void {
  clearBefore(story, definition, saidAt)
  if (story.isRaised) end(story, at)
}

function end(story: Story, at: Instant): void {
  story.isRaised = false
  story.edges = []
  story.endedAt = at
}
