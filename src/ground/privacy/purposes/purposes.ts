import type { Asker, SignedIn } from '../../../kernel/asker.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { StreetCode } from '../../../kernel/ids.ts'
import type { Purpose } from '../../../kernel/purpose.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { consentPurposes, countLive, endAllConsents, holdPurpose } from '../consents/index.ts'
import { isSensitive, purposes } from '../types.ts'
import type { ConsentPurpose, SensitivePurpose } from '../types.ts'
import type * as api from './api.ts'
import { countTold, decideSwitch } from './decide.ts'
import * as store from './store.ts'
import { leastCounted, type Impact } from './types.ts'

/** Who sees what for a purpose, as the contracts say. */
export type SeenBy = (purpose: Purpose) => { role: string; fields: string[] }[]

/**
 * What lives on a purpose lets go of what is open under it, in the transaction that switches it
 * off: visits, questions, leads, what is queued.
 */
export type StopsPurpose = (tx: Tx, street: StreetCode, purpose: SensitivePurpose) => Promise<void>

const all = Object.keys(purposes) as Purpose[]

function isByConsent(purpose: Purpose): purpose is ConsentPurpose {
  return (consentPurposes as readonly Purpose[]).includes(purpose)
}

function said(purpose: Purpose, seenBy: SeenBy) {
  const { 'zh-CN': zh, en, basis, kept } = purposes[purpose]
  return {
    ...{ purpose, basis, kept, name: { 'zh-CN': zh, en }, seenBy: seenBy(purpose) },
    ...{ isSensitive: isSensitive(purpose), isByConsent: isByConsent(purpose) },
  }
}

export async function purposesHere(
  given: Given,
  asker: Asker,
  seenBy: SeenBy,
): Promise<Output<typeof api.purposesHere> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street } = asker
  const now = given.clock.now()
  return given.db.inStreet(asker, async (tx) => {
    const turns = await store.turnsIn(tx, street)
    const impacts = await store.newestImpacts(tx, street)
    const shown: Output<typeof api.purposesHere>['purposes'] = []
    for (const purpose of all) {
      const last = turns.get(purpose)
      const impact = impacts.get(purpose)
      const live = isByConsent(purpose) ? await countLive(tx, street, purpose, now) : 0
      shown.push({
        ...said(purpose, seenBy),
        isOn: isSensitive(purpose) ? (last?.isOn ?? false) : true,
        switched: last ? { at: last.at, title: last.title, unit: last.unit } : null,
        impact: impact ? shownOf(impact) : null,
        agreements: countTold(live),
      })
    }
    return { purposes: shown, least: leastCounted, now }
  })
}

function shownOf({ impact, at, title, unit, isCarriedOver, ...written }: Impact) {
  const { necessity, risks, measures } = written
  return { impact, at, title, unit, isCarriedOver, necessity, risks, measures }
}

export async function whatIsKept(
  given: Given,
  { street }: Input<typeof api.whatIsKept>,
  seenBy: SeenBy,
): Promise<Output<typeof api.whatIsKept>> {
  const on = await given.db.asOwner((tx) => store.streetsWith(tx))
  const shown = all.map((purpose) => {
    const streets = on.filter((one) => one.purpose === purpose)
    const isHere = !isSensitive(purpose) || streets.some((one) => one.street === street)
    return {
      ...said(purpose, seenBy),
      ...{ isOn: street === undefined ? null : isHere, streetsOn: streets.length },
    }
  })
  return { purposes: shown, now: given.clock.now() }
}

export async function writeImpact(
  given: Given,
  asker: Asker,
  { purpose, ...written }: Input<typeof api.writeImpact>,
): Promise<Output<typeof api.writeImpact> | Fault> {
  const by = officerAsking(asker)
  if (isFault(by)) return by
  const short = (['necessity', 'risks', 'measures'] as const).find(
    (one) => written[one].trim().length < 10,
  )
  if (short) return fault('bad-input', short)
  const impact = given.newId<string>()
  const at = given.clock.now()
  await given.db.inStreet(by, async (tx) => {
    await holdPurpose(tx, by.street, purpose, 'switcher')
    await store.addImpact(tx, by, { impact, purpose, at, ...written })
  })
  return { impact }
}

/** Off: the gate is shut and every agreement ended in this transaction; the rest hears of it. */
export async function switchPurpose(
  given: Given,
  asker: Asker,
  input: Input<typeof api.switchPurpose>,
  stops: StopsPurpose,
): Promise<Output<typeof api.switchPurpose> | Fault> {
  const by = officerAsking(asker)
  if (isFault(by)) return by
  const { street } = by
  const { isOn } = input
  const at = given.clock.now()
  return given.db.inStreet({ street, person: by.person, committees: '*' }, async (tx) => {
    await holdPurpose(tx, street, input.purpose, 'switcher')
    const newest = (await store.newestImpacts(tx, street)).get(input.purpose)
    const last = (await store.turnsIn(tx, street)).get(input.purpose)
    const decided = decideSwitch(input, { newest, last })
    if (isFault(decided)) return decided
    const { purpose } = decided
    await store.addTurn(tx, by, { ...decided, isOn, at })
    const ended = isOn ? 0 : await endEverything(given, tx, { street, purpose, stops })
    await given.tell(tx, { name: 'privacy.purpose-switched', street, purpose, isOn })
    return { isOn, at, ended: countTold(ended), least: leastCounted }
  })
}

type Ending = { street: StreetCode; purpose: SensitivePurpose; stops: StopsPurpose }

/** The guard stands beside agreed care only: it ends with it. */
async function endEverything(given: Given, tx: Tx, { street, purpose, stops }: Ending) {
  await stops(tx, street, purpose)
  if (!isByConsent(purpose)) return 0
  if (purpose === 'agreed-care') await endAllConsents(given, tx, street, 'wandering-guard')
  return endAllConsents(given, tx, street, purpose)
}

type Officer = SignedIn & { post: NonNullable<SignedIn['post']> }

function officerAsking(asker: Asker): Officer | Fault {
  return asker.kind === 'person' && asker.post
    ? { ...asker, post: asker.post }
    : fault('not-allowed')
}
