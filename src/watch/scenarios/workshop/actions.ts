import type { Asker, SignedIn } from '../../../kernel/asker.ts'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import type { Outcome } from '../../../kernel/event.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { divisionsUnder } from '../../../ground/places/index.ts'
import type * as api from '../api.ts'
import { hitsOf } from '../crowding/index.ts'
import {
  checkDefinition,
  checkText,
  differenceOf,
  exportRules as textOf,
  readRules,
  shippedRules,
  type Definition,
  type Problem,
} from '../definition/index.ts'
import { workshopActs } from '../types.ts'
import { mayJudge } from './allowed.ts'
import {
  daysJudged,
  decideStep,
  falseVisits,
  isFlagged,
  misleadingShare,
  summed,
  tooMany,
} from './decide.ts'
import * as store from './store.ts'
import type { Version, VersionStep } from './types.ts'

const scoredDays = 365
const shownDays = 90

/**
 * Every street has its own versions of what ships: what another release ships is a draft there,
 * tried and switched on like any other. Only the first version of all is in force at once.
 */
export async function adoptShipped(given: Given, tx: Tx, street: StreetCode): Promise<void> {
  const now = given.clock.now()
  const own = Map.groupBy(await store.versions(tx, street), ({ rule }) => rule)
  for (const { definition, isOn } of shippedRules()) {
    const { rule, reason } = definition
    const before = own.get(rule) ?? []
    const isKnown = before.some(
      (one) => one.madeBy === null && differenceOf(one.definition, definition).length === 0,
    )
    if (isKnown) continue
    const state = before.length === 0 && isOn ? 'in-force' : 'draft'
    const version = (before.at(-1)?.version ?? 0) + 1
    const inForceFrom = state === 'in-force' ? now : null
    const isMade = await store.addVersion(tx, {
      ...{ street, rule, version, state, definition, reason },
      ...{ basedOn: before.at(-1)?.version ?? null, madeAt: now, madeBy: null, reviewedBy: null },
      ...{ inForceFrom, inForceTo: null },
    })
    if (!isMade) continue
    const step = { rule, version, act: 'shipped', at: now, by: null, reason } as const
    await store.addStep(tx, street, given.newId(), step)
  }
}

/** A street that was opened a moment ago, and has no device yet, has no rule yet either. */
async function beginStreet(given: Given, tx: Tx, street: StreetCode): Promise<void> {
  if ((await store.versions(tx, street)).length > 0) return
  await adoptShipped(given, tx, street)
  await given.tell(tx, { name: 'scenarios.rules-changed', street, rule: '' })
}

function mayChange(asker: SignedIn): boolean {
  return asker.post?.role === 'street'
}

export async function listRules(
  given: Given,
  asker: Asker,
): Promise<Output<typeof api.listRules> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const now = given.clock.now()
  const since = now - shownDays * dayMs
  return given.db.inStreet(asker, async (tx) => {
    await beginStreet(given, tx, asker.street)
    const outcomes = await store.outcomesSince(tx, since)
    const findings = await store.findingsSince(tx, since)
    const rules = [...Map.groupBy(await store.versions(tx, asker.street), ({ rule }) => rule)].map(
      ([rule, versions]) => {
        const inForce = versions.find(({ state }) => state === 'in-force')
        const newest = versions.findLast(({ state }) => state === 'draft' || state === 'review')
        const shadow = versions.find(({ state }) => state === 'shadow')
        const shown = inForce ?? versions.at(-1)
        const counted = outcomes.filter((one) => one.rule === rule)
        const { purpose = '', act = '', isEmergency = false } = shown?.definition ?? {}
        const found = findings.filter((one) => one.rule === rule)
        return {
          ...{ rule, purpose, act, isEmergency },
          inForce: inForce ? numbered(inForce, inForce.inForceFrom) : null,
          draft: newest ? numbered(newest, newest.madeAt) : null,
          shadow: shadow ? numbered(shadow, shadow.madeAt) : null,
          findings90: found.reduce((sum, { count }) => sum + count, 0),
          outcomes90: summed(counted),
          misleadingPercent: misleadingShare(counted),
          isFlagged: isFlagged(counted),
        }
      },
    )
    return { rules, mayChange: mayChange(asker), now }
  })
}

function numbered({ version, madeAt }: Version, since: Instant | null) {
  return { version, since: since ?? madeAt }
}

export async function oneRule(
  given: Given,
  asker: Asker,
  input: Input<typeof api.oneRule>,
): Promise<Output<typeof api.oneRule> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const now = given.clock.now()
  return given.db.inStreet(asker, async (tx) => {
    const versions = await store.versions(tx, asker.street, input.rule)
    if (versions.length === 0) return fault('not-found', 'rule')
    const outcomes = await store.outcomesSince(tx, now - scoredDays * dayMs, input.rule)
    const shown = await versionsShown(tx, versions, outcomes, asker)
    const committees = (await divisionsUnder(tx, asker.street)).map(({ code, name }) => ({
      ...{ committee: code, name },
    }))
    const names = new Map<string, string>(committees.map((one) => [one.committee, one.name]))
    const judged = lastInForce(versions)
    return {
      ...{ rule: input.rule, versions: shown, committees, now },
      reasons: shippedRules().find((one) => one.definition.rule === input.rule)?.reasons ?? null,
      scores: await scoresOf(tx, versions, outcomes, names, now),
      hitRate: judged ? hitRateOf(outcomes, judged.version) : null,
      mayChange: mayChange(asker),
    }
  })
}

/** Which version judges; where none does, the last that did, whatever was written since. */
function lastInForce(versions: readonly Version[]): Version | undefined {
  return versions
    .filter(({ inForceFrom }) => inForceFrom !== null)
    .toSorted((a, b) => (a.inForceTo ?? Infinity) - (b.inForceTo ?? Infinity))
    .at(-1)
}

async function versionsShown(
  tx: Tx,
  versions: Version[],
  outcomes: store.OutcomeCount[],
  asker: SignedIn,
) {
  const [first] = versions
  const rule = first?.rule ?? ''
  const steps = await store.stepsOf(tx, rule)
  const found = (await store.findingsSince(tx, 0)).filter((one) => one.rule === rule)
  const shadow = await store.shadowFindings(tx, rule)
  const byNumber = new Map(versions.map((one) => [one.version, one]))
  return versions.map((one) => {
    const { version, state, definition, madeBy, madeAt, reason, reviewedBy, basedOn } = one
    const before = basedOn === null ? undefined : byNumber.get(basedOn)
    const ours = (row: { version: number }) => row.version === version
    return {
      ...{ version, state, definition, madeAt, reason, reviewedBy, basedOn },
      madeBy: madeBy && { title: madeBy.title, unit: madeBy.unit },
      ...{ inForceFrom: one.inForceFrom, inForceTo: one.inForceTo },
      changes: before ? differenceOf(before.definition, definition).map(changeShown) : [],
      steps: steps
        .filter(ours)
        .toSorted(byTime)
        .map(({ act, at, by, reason: why }) => ({
          ...{ act, at, by, reason: why },
        })),
      findings: found.find(ours)?.count ?? 0,
      shadowFindings: shadow.find(ours)?.count ?? 0,
      outcomes: summed(outcomes.filter(ours)),
      isMine: madeBy?.person === asker.person,
    }
  })
}

/** Within one moment in the order in which a version lives. */
function byTime(a: VersionStep, b: VersionStep): number {
  return a.at - b.at || workshopActs.indexOf(a.act) - workshopActs.indexOf(b.act)
}

function changeShown({ field, from, to }: { field: string; from: unknown; to: unknown }) {
  const asJson = (value: unknown) => (value === undefined ? null : JSON.stringify(value))
  return { field, from: asJson(from), to: asJson(to) }
}

async function scoresOf(
  tx: Tx,
  versions: readonly Version[],
  outcomes: store.OutcomeCount[],
  names: ReadonlyMap<string, string>,
  now: Instant,
) {
  const homes = new Map(
    (await store.homesWatched(tx)).map((one) => [`${one.purpose} ${one.committee}`, one.count]),
  )
  const byNumber = new Map(versions.map((one) => [one.version, one]))
  const cells = Map.groupBy(outcomes, (one) => `${one.month} ${one.committee} ${one.version}`)
  return [...cells.values()].flatMap((cell) => {
    const [first] = cell
    if (!first) return []
    const { version, committee, month } = first
    const judged = byNumber.get(version)
    const watched = homes.get(`${judged?.definition.consent} ${committee}`) ?? 0
    const days = daysJudged(month, judged, { from: now - scoredDays * dayMs, to: now })
    return {
      ...{ version, committee, name: names.get(committee) ?? '', month, homes: watched },
      outcomes: summed(cell),
      misleadingPercent: misleadingShare(cell),
      falseVisits: falseVisits(cell, watched, days),
    }
  })
}

function hitRateOf(outcomes: store.OutcomeCount[], version: number) {
  const ours = outcomes.filter((one) => one.version === version)
  const hits = hitsOf(ours.flatMap(({ outcome, count }) => Array<Outcome>(count).fill(outcome)))
  return hits.checked === 0 ? null : hits
}

export async function checkRule(
  asker: Asker,
  input: Input<typeof api.checkRule>,
): Promise<Output<typeof api.checkRule> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  return { problems: checkText(input.definition, { street: asker.street }).problems }
}

export async function draftRule(
  given: Given,
  asker: Asker,
  input: Input<typeof api.draftRule>,
): Promise<Output<typeof api.draftRule> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { checked, problems } = checkText(input.definition, { street: asker.street })
  if (!checked) return { version: null, problems }
  return given.db.inStreet(asker, async (tx) => {
    const full = tooMany(await store.versions(tx, asker.street), [checked.rule])
    if (full) return { version: null, problems: [full] }
    const version = await addDraft(given, tx, asker, checked, input.basedOn, input.reason)
    return isFault(version) ? version : { version, problems: [] }
  })
}

async function addDraft(
  given: Given,
  tx: Tx,
  asker: SignedIn,
  definition: Definition,
  basedOn: number | null,
  reason: string,
): Promise<number | Fault> {
  const { street, person, post } = asker
  if (!post) return fault('not-allowed')
  const { rule } = definition
  const before = await store.versions(tx, street, rule)
  if (basedOn !== null && !before.some((one) => one.version === basedOn)) {
    return fault('not-found', 'basedOn')
  }
  const version = (before.at(-1)?.version ?? 0) + 1
  const now = given.clock.now()
  const by = { title: post.title, unit: post.unit }
  const isMade = await store.addVersion(tx, {
    ...{ street, rule, version, state: 'draft', definition, reason, basedOn, madeAt: now },
    ...{ madeBy: { ...by, person }, reviewedBy: null, inForceFrom: null, inForceTo: null },
  })
  if (!isMade) return fault('moved-on')
  const step = { rule, version, act: 'made', at: now, by, reason } as const
  await store.addStep(tx, street, given.newId(), step)
  return version
}

/** One step in a version's life; what is judged changes with it, in the same transaction. */
export async function act(
  given: Given,
  asker: Asker,
  input: Input<typeof api.act>,
): Promise<Output<typeof api.act> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { street, person, post } = asker
  const { rule, version, act: done, reason } = input
  const by = { title: post.title, unit: post.unit }
  return given.db.inStreet(asker, async (tx) => {
    const versions = await store.versionsToChange(tx, rule)
    const found = versions.find((one) => one.version === version)
    if (!found) return fault('not-found', 'version')
    const state = decideStep(found, done, person)
    if (isFault(state)) return state
    const now = given.clock.now()
    if (state === 'in-force' || state === 'shadow') {
      // An older program may have taken what this one refuses: nobody would be judged by it.
      const { checked } = checkDefinition(found.definition, { street })
      if (!checked) return fault('bad-input', 'definition')
      if (!(await mayJudge(tx, street, found))) return fault('purpose-off')
      await makeRoom(tx, versions, found, state, now)
    }
    const reviewer = done === 'approve' || done === 'roll-back' ? by : null
    await store.setState(tx, found, state, now, reviewer)
    await store.addStep(tx, street, given.newId(), {
      rule,
      version,
      act: done,
      at: now,
      by,
      reason,
    })
    await given.tell(tx, { name: 'scenarios.rules-changed', street, rule })
    return { version, state }
  })
}

/** One version in force and one in shadow: whichever stood there before steps back. */
async function makeRoom(
  tx: Tx,
  versions: readonly Version[],
  { version }: Version,
  state: 'in-force' | 'shadow',
  now: Instant,
): Promise<void> {
  for (const other of versions) {
    if (other.state !== state || other.version === version) continue
    await store.setState(tx, other, state === 'in-force' ? 'retired' : 'draft', now, null)
  }
}

/** Stops by itself what was wrong too often; answers whether it did. */
export async function stopRule(
  given: Given,
  tx: Tx,
  street: StreetCode,
  { rule, version }: { rule: string; version: number },
  reason: string,
): Promise<void> {
  const now = given.clock.now()
  await store.setState(tx, { rule, version }, 'stopped', now, null)
  const step = { rule, version, act: 'stopped', at: now, by: null, reason } as const
  await store.addStep(tx, street, given.newId(), step)
  await given.tell(tx, { name: 'scenarios.rules-changed', street, rule })
}

export async function exportRules(
  given: Given,
  asker: Asker,
): Promise<Output<typeof api.exportRules> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  return given.db.inStreet(asker, async (tx) => {
    const inForce = (await store.versions(tx, asker.street)).filter(
      ({ state }) => state === 'in-force',
    )
    return { text: textOf(inForce.map(({ definition }) => definition)) }
  })
}

/** All or none. A rule that says what the newest version says already is left out. */
export async function importRules(
  given: Given,
  asker: Asker,
  input: Input<typeof api.importRules>,
): Promise<Output<typeof api.importRules> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const read = readRules(input.text, { street: asker.street })
  if (read.problems.length > 0) return { made: [], problems: read.problems }
  return given.db.inStreet(asker, async (tx) => {
    const rules = read.definitions.map(({ rule }) => rule)
    const full = tooMany(await store.versions(tx, asker.street), rules)
    if (full) return { made: [], problems: [full] }
    const made: { rule: string; version: number }[] = []
    for (const definition of read.definitions) {
      const newest = (await store.versions(tx, asker.street, definition.rule)).at(-1)
      if (newest && differenceOf(newest.definition, definition).length === 0) continue
      const basedOn = newest?.version ?? null
      const version = await addDraft(given, tx, asker, definition, basedOn, input.reason)
      if (isFault(version)) return version
      made.push({ rule: definition.rule, version })
    }
    return { made, problems: [] as Problem[] }
  })
}
