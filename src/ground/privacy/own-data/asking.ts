import type { Asker } from '../../../kernel/asker.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId, PostId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { consentPurposes, endConsent } from '../consents/index.ts'
import type * as api from './api.ts'
import { dueAt, judgeErasure, type Verdict } from './decide.ts'
import { closeAccount, endPart } from './ending.ts'
import { forgetAll } from './forgetting.ts'
import { aboutOf, holdsOf, whose, type Known } from './reading.ts'
import * as store from './store.ts'
import { openMax, type About, type Askable, type OwnRequest, type Whom } from './types.ts'

type Ask =
  | { kind: 'copy' }
  | { kind: 'correct'; part: Askable; says: string }
  | { kind: 'erase'; part: Askable }
type Asked = Output<typeof api.askErasure>

export async function askCorrection(
  given: Given,
  asker: Asker,
  input: Input<typeof api.askCorrection>,
  known: Known,
): Promise<Asked | Fault> {
  return asOneself(given, asker, known, { kind: 'correct', ...input })
}

export async function askErasure(
  given: Given,
  asker: Asker,
  input: Input<typeof api.askErasure>,
  known: Known,
): Promise<Asked | Fault> {
  return asOneself(given, asker, known, { kind: 'erase', ...input })
}

async function asOneself(given: Given, asker: Asker, known: Known, wish: Ask) {
  const whom = await whose(given, asker, known)
  return isFault(whom) ? whom : given.db.asOwner((tx) => ask(given, tx, whom, known, wish))
}

/**
 * Writes what somebody asks, and does at once what needs nobody. As the owner: what is to go lies
 * in every room. `station`: who took it down for them.
 */
export async function ask(
  given: Given,
  tx: Tx,
  whom: Whom,
  known: Known,
  wish: Ask,
  station: { person: PersonId; post: PostId } | null = null,
): Promise<Asked | Fault> {
  const says = wish.kind === 'correct' ? wish.says.trim().normalize('NFC') : null
  if (says !== null && says.length < 2) return fault('bad-input', 'says')
  await store.holdAsker(tx, whom.person)
  const isFull = (await store.countOpen(tx, whom.person)) >= openMax
  if (isFull) return fault('too-many')
  const at = given.clock.now()
  const about = await aboutOf(tx, whom)
  const holds = await holdsOf(tx, about, known, at)
  const verdict = wish.kind === 'erase' ? judgeErasure(wish.part, holds) : null
  const state = wish.kind === 'copy' ? 'done' : stateAfter(verdict)
  const who = await known.whoIs(tx, whom.person, at)
  const request: OwnRequest = {
    ...{ ...whom, request: given.newId<string>(), kind: wish.kind, says, at, dueAt: dueAt(at) },
    ...{ committee: who?.homes[0]?.slice(0, 12) ?? null, state, answer: null },
    ...{ part: wish.kind === 'copy' ? null : wish.part, atStation: station !== null },
    ...{ endedAt: state === 'open' ? null : at, because: state === 'refused' ? 'kept' : null },
  }
  await store.addRequest(tx, request, station)
  if (verdict && wish.kind === 'erase') await carryOut(given, tx, about, known, wish.part, verdict)
  const kept = verdict?.is === 'kept' ? [...verdict.holds] : []
  const { request: id, because } = request
  return { request: id, state, because, dueAt: request.dueAt, holds: kept }
}

function stateAfter(verdict: Verdict | null): OwnRequest['state'] {
  if (verdict === null || verdict.is === 'judged') return 'open'
  return verdict.is === 'kept' ? 'refused' : 'done'
}

async function carryOut(
  given: Given,
  tx: Tx,
  about: About,
  known: Known,
  part: Askable,
  verdict: Verdict,
): Promise<void> {
  switch (verdict.is) {
    case 'agreements-end':
      for (const purpose of consentPurposes) await endConsent(given, tx, about.person, purpose)
      return
    case 'ends':
      if (part === 'account') return closeAccount(given, tx, about, known)
      if (part !== 'everything') await endPart(given, tx, { about, part }, known)
      return
    case 'all-goes':
      return forgetAll(given, tx, about, known)
    case 'kept':
    case 'judged':
      return
    default:
      return verdict satisfies never
  }
}

export async function withdraw(
  given: Given,
  asker: Asker,
  { request: id }: Input<typeof api.withdrawOwnRequest>,
  known: Known,
): Promise<Output<typeof api.withdrawOwnRequest> | Fault> {
  const whom = await whose(given, asker, known)
  if (isFault(whom)) return whom
  return given.db.inStreet({ street: whom.street }, async (tx) => {
    const request = await store.requestHeld(tx, id)
    if (request?.person !== whom.person) return fault('not-found', 'request')
    if (request.state !== 'open') return { state: request.state }
    await store.endRequest(tx, id, { state: 'withdrawn', at: given.clock.now() })
    return { state: 'withdrawn' as const }
  })
}
