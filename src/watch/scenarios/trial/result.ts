import { dayOf } from '../../../kernel/calendar.ts'
import { outcomes as outcomeNames, type Outcome } from '../../../kernel/event.ts'
import { dayMs } from '../../../kernel/clock.ts'
import { isSame, type Case, type Judged, type VersionName } from './judged.ts'
import { needsSomebody, relevance } from './matters.ts'
import { daysOf, type Span } from './span.ts'
import type {
  CommitteeLoad,
  Matter,
  Side,
  Source,
  Tally,
  TrialDay,
  TrialExample,
  TrialInput,
  TrialResult,
} from './types.ts'
import { workersOf } from './visits.ts'

export type Lived = {
  cases: readonly Case[]
  found: readonly Judged[]
  known: readonly Matter[]
  messages: Record<Source, number>
}

const examplesMax = 20
const falseOnes = new Set<Outcome>(['fine', 'away', 'sensor-fault', 'wrong-home'])

/** What was found becomes figures; what nobody can know stays unknown. */
export function resultOf(input: TrialInput, span: Span, lived: Lived): TrialResult {
  const { from, storedFrom, until } = span
  const within = lived.found.filter(({ raisedAt }) => raisedAt >= from && raisedAt < until)
  const told = withOutcomes(within, lived.cases)
  const days = perDayOf(input, span, told)
  const simulatedDays = (storedFrom - from) / dayMs
  const allDays = (until - from) / dayMs
  const sideOf = (version: VersionName) => {
    const one = lived.cases.find((each) => each.version === version)
    return one === undefined ? null : side(input, span, lived, one, told, days)
  }
  const draft = sideOf('draft')
  if (draft === null) throw new Error('a trial without a draft')
  return {
    rule: input.draft.rule,
    seed: input.seed,
    from: dayOf(from),
    to: dayOf(until - 1),
    simulatedPercent: Math.ceil((100 * simulatedDays) / allDays),
    storedFrom: storedFrom < until ? storedFrom : null,
    messages: lived.messages,
    homes: homesOf(input),
    known: draft.caught + draft.missed,
    capacityPerDay: input.capacityPerDay,
    days,
    perCommittee: loadsOf(input, told),
    draft,
    inForce: sideOf('inForce'),
    examples: examplesOf(input, told),
  }
}

function homesOf({ agreements, street, draft }: TrialInput): number {
  const purpose = draft.consent ?? 'agreed-care'
  const ours = agreements.filter((one) => one.street === street && one.consent.purpose === purpose)
  return new Set(ours.map(({ home }) => home)).size
}

/**
 * A matter that a finding met says what was found. In simulated days a visit of the version in
 * force that met none found nothing; the draft's findings about the same were found the same. All
 * else is unknown.
 */
function withOutcomes(found: readonly Judged[], cases: readonly Case[]): Judged[] {
  const relevant = new Map(
    cases.map(({ version, definition }) => [version, relevance(definition)] as const),
  )
  const nothing = new Map(cases.map(({ version, definition }) => [version, emptyOf(definition)]))
  const told = found.map((one): Judged => {
    const met = one.matters.filter((matter) => relevant.get(one.version)?.(matter))
    const first = met.find(needsSomebody) ?? met[0]
    if (first) return { ...one, matters: met, outcome: first.outcome }
    const isKnown = one.version === 'inForce' && one.source === 'simulated' && one.isVisit
    return { ...one, matters: met, outcome: isKnown ? (nothing.get('inForce') ?? null) : null }
  })
  const bySubject = Map.groupBy(
    told.filter(({ version }) => version === 'inForce'),
    ({ subject }) => subject,
  )
  return told.map((one) => {
    if (one.version === 'inForce' || one.outcome !== null) return one
    const same = bySubject.get(one.subject)?.find((other) => isSame(one, other))
    return same ? { ...one, outcome: same.outcome } : one
  })
}

/** What people find where nothing was planted. */
function emptyOf({ act, consent }: Case['definition']): Outcome {
  if (act === 'repair') return 'sensor-fault'
  return consent === null ? 'hazard-false' : 'fine'
}

function isMade({ isVisit, isWithdrawn }: Judged): boolean {
  return isVisit && !isWithdrawn
}

function tally(found: readonly Judged[], known: readonly Matter[]): Tally {
  const visits = found.filter(isMade)
  const caught = new Set(found.flatMap(({ matters }) => matters))
  const isCaught = known.filter((matter) => caught.has(matter)).length
  const counts = outcomeNames.map((outcome) => {
    return { outcome, count: visits.filter((one) => one.outcome === outcome).length }
  })
  return {
    visits: visits.length,
    asks: found.filter(({ isVisit }) => !isVisit).length,
    outcomes: counts.filter(({ count }) => count > 0),
    unknown: visits.filter(({ outcome }) => outcome === null).length,
    caught: isCaught,
    missed: known.length - isCaught,
  }
}

function side(
  input: TrialInput,
  span: Span,
  lived: Lived,
  { version, definition }: Case,
  told: readonly Judged[],
  perDay: readonly TrialDay[],
): Side {
  const ours = told.filter((one) => one.version === version)
  const isRelevant = relevance(definition)
  const known = lived.known.filter((matter) => {
    return needsSomebody(matter) && isRelevant(matter) && isWithin(matter, span)
  })
  const from = (source: Source) => {
    const isOf = (matter: Matter) => matter.from < span.storedFrom === (source === 'simulated')
    return tally(
      ours.filter((one) => one.source === source),
      known.filter(isOf),
    )
  }
  const bySource = { simulated: from('simulated'), stored: from('stored') }
  const all = tally(ours, known)
  const days = (span.until - span.from) / dayMs
  const minutes = all.visits * definition.workMinutes * workersOf(definition)
  const byDay = Map.groupBy(perDay, ({ day }) => day)
  const over = [...byDay.values()].filter((rows) => {
    return rows.reduce((sum, row) => sum + row[version], 0) > input.capacityPerDay
  })
  return {
    ...all,
    perDay: rounded(all.visits / days),
    workerHours: rounded(minutes / 60),
    daysOverCapacity: over.length,
    bySource,
    falseVisitsPer1000HomesWeek: falseRate(bySource.simulated, homesOf(input), span, definition),
  }
}

/** What began before the first day, or has not lasted until a rule could know, is not counted. */
function isWithin({ from }: Matter, span: Span): boolean {
  return from >= span.from && from < span.until
}

function falseRate(
  { outcomes }: Tally,
  homes: number,
  { from, storedFrom }: Span,
  { consent }: Case['definition'],
): number | null {
  const weeks = (storedFrom - from) / (7 * dayMs)
  if (weeks <= 0 || homes === 0 || consent === null) return null
  const wrong = outcomes.filter(({ outcome }) => falseOnes.has(outcome))
  const visits = wrong.reduce((sum, { count }) => sum + count, 0)
  return rounded((visits * 1_000) / homes / weeks)
}

function perDayOf(input: TrialInput, span: Span, told: readonly Judged[]): TrialDay[] {
  const made = told.filter(isMade)
  const counts = new Map<string, number>()
  for (const { version, committee, goesAt } of made) {
    const key = `${version} ${dayOf(goesAt)} ${committee}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const count = (version: VersionName, day: string, committee: string) =>
    counts.get(`${version} ${day} ${committee}`) ?? 0
  return daysOf(span).flatMap(({ day, source }) =>
    committeesOf(input).map((committee) => ({
      day,
      committee,
      draft: count('draft', day, committee),
      inForce: count('inForce', day, committee),
      source,
    })),
  )
}

function committeesOf({ sensors, street }: TrialInput): string[] {
  const ours = sensors.filter((sensor) => sensor.street === street)
  return [...new Set(ours.map(({ place }) => place.slice(0, 12)))].toSorted()
}

function loadsOf(input: TrialInput, told: readonly Judged[]): CommitteeLoad[] {
  const load = (committee: string, version: VersionName) => {
    const definition = version === 'draft' ? input.draft : input.inForce
    const ours = told.filter((one) => one.version === version && one.committee === committee)
    const visits = ours.filter(isMade).length
    const minutes =
      definition === null ? 0 : visits * definition.workMinutes * workersOf(definition)
    return { visits, workerHours: rounded(minutes / 60) }
  }
  return committeesOf(input).map((committee) => {
    return { committee, draft: load(committee, 'draft'), inForce: load(committee, 'inForce') }
  })
}

/** The newest first; where only one of the two spoke comes before where both did. */
function examplesOf(input: TrialInput, told: readonly Judged[]): TrialExample[] {
  const draft = told.filter(({ version }) => version === 'draft')
  const inForce = told.filter(({ version }) => version === 'inForce')
  const others = Map.groupBy(inForce, ({ subject }) => subject)
  const mine = Map.groupBy(draft, ({ subject }) => subject)
  const places = new Map<string, string>(input.sensors.map((one) => [one.sensor, one.place]))
  const rows = [
    ...draft.map((one) => {
      const isBoth = others.get(one.subject)?.some((other) => isSame(one, other)) ?? false
      return exampleOf(input, places, one, isBoth ? 'both' : 'draft')
    }),
    ...inForce
      .filter((one) => !mine.get(one.subject)?.some((other) => isSame(one, other)))
      .map((one) => exampleOf(input, places, one, 'in-force')),
  ]
  const rank = ({ by }: TrialExample) => (by === 'both' ? 1 : 0)
  return rows.toSorted((a, b) => rank(a) - rank(b) || b.at - a.at).slice(0, examplesMax)
}

function exampleOf(
  { draft }: TrialInput,
  places: ReadonlyMap<string, string>,
  one: Judged,
  by: TrialExample['by'],
): TrialExample {
  const { raisedAt: at, committee, source, outcome, subject } = one
  const place = places.get(subject) ?? subject
  const isHome = draft.consent !== null || place.split('-').length > 3
  return { at, committee, place: isHome ? null : place, source, by, outcome: outcome ?? 'unknown' }
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100
}
