import { createHmac, randomBytes } from 'node:crypto'
import { mayTry, phoneOf } from '../../identity/index.ts'
import { numberOf, personOf } from '../../../ground/people/index.ts'
import { placesOf } from '../../../ground/places/index.ts'
import { deleteReporters, sealReporter, type Reporter } from '../../../ground/privacy/index.ts'
import type { Asker } from '../../../kernel/asker.ts'
import { dayOf } from '../../../kernel/calendar.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { PlaceCode, StreetCode, TaskId } from '../../../kernel/ids.ts'
import type { Browser } from '../../../platform/browser.ts'
import type { Given } from '../../../platform/given.ts'
import { digest } from '../../../platform/secrets.ts'
import type { Tx } from '../../../platform/sql.ts'
import { joinTask, openTask } from '../actions.ts'
import { reportsOf } from '../store.ts'
import { reportsMax, type Reportable } from '../types.ts'
import type * as api from './api.ts'
import {
  askedBy,
  inFives,
  mayReportAt,
  nothingHeard,
  receiptIn,
  receiptLength,
  receiptOf,
  reporterKey,
  stateOf,
} from './decide.ts'
import * as store from './store.ts'
import { marksMax } from './types.ts'

type OwnKey = Pick<Browser, 'ownKey'>

/**
 * Task, report and sealed reporter stand in one transaction or not at all. Nothing of it leads from
 * the report to its reporter but what is sealed; whoever reports what others did hears no different
 * answer.
 */
export async function reportPlace(
  given: Given,
  asker: Asker,
  { place, what, words }: Input<typeof api.reportPlace>,
  browser: OwnKey,
): Promise<Output<typeof api.reportPlace> | Fault> {
  const key = reporterKey(asker)
  if (key === undefined) return fault('not-allowed')
  if (!mayReportAt(asker, place)) return fault('not-found', 'place')
  const street = place.slice(0, 9) as StreetCode
  const scope = asker.kind === 'person' ? asker : { street }
  const [there] = await given.db.inStreet(scope, (tx) => placesOf(tx, [place]))
  if (!there) return fault('not-found', 'place')
  // Hashed with the key of reporters first: the register's alone would tell who reported today.
  const [counted = '', ...before] = given.seal.report
    .finds('attempt', key)
    .map((hash) => hash.toString('base64url'))
  const refused = await mayTry(given, [{ kind: 'report', key: counted, before }])
  if (refused) return refused
  const receipt = receiptOf(randomBytes(receiptLength))
  return given.db.inStreet(scope, async (tx) => {
    const task = await taskFor(given, tx, street, place, what)
    if (isFault(task)) return task
    await sealReporter(
      given,
      tx,
      { street, kind: 'task', id: task },
      await reporterOf(given, tx, asker),
    )
    const madeOn = dayOf(given.clock.now())
    const mark = await freeMark(tx, marksOf(browser, key))
    const id = given.newId<string>()
    const row = { street, id, task, what, mark, madeOn, receipt: digest(receipt) }
    await store.addReport(tx, { ...row, words: words.trim() })
    return { receipt: inFives(receipt) }
  })
}

/** A new one, or the open one of that place and matter. */
async function taskFor(
  given: Given,
  tx: Tx,
  street: StreetCode,
  place: PlaceCode,
  what: Reportable,
): Promise<TaskId | Fault> {
  const { asked, within } = askedBy(place, what)
  const first = await openTask(given, tx, street, asked, within)
  // Somebody else’s was opened at the same moment: it is there now.
  const isRaced = isFault(first) && first.fault === 'already-so'
  const opened = isRaced ? await openTask(given, tx, street, asked, within) : first
  if (isFault(opened) || opened.isNew) return isFault(opened) ? opened : opened.task
  const others = await reportsOf(tx, opened.task)
  if (others.length >= reportsMax) return fault('too-many', 'place')
  return (await joinTask(given, tx, asked.rule, asked.subject, nothingHeard)) ?? opened.task
}

/** As they are known now: the number that they have proven, else the register’s. */
async function reporterOf(given: Given, tx: Tx, asker: Asker): Promise<Reporter> {
  const nobody = { person: null, account: null, name: null, phone: null }
  if (asker.kind === 'account') {
    const { account } = asker
    return { ...nobody, account, phone: await phoneOf(given, tx, account) }
  }
  if (asker.kind !== 'person') return nobody
  const { person, signIn } = asker
  const { account } = signIn
  const name = (await personOf(tx, person))?.name ?? null
  const proven = account && (await phoneOf(given, tx, account))
  return { person, account, name, phone: proven ?? (await numberOf(given, tx, person, 'phone')) }
}

/**
 * Marks of this browser and this account: made with a secret that is not kept here, so that nobody
 * else can tell whose they are, nor that two are of one. None where the browser keeps no secret.
 */
function marksOf(browser: OwnKey, key: string): Buffer[] {
  const own = browser.ownKey(`reports of ${key}`)
  if (!own) return []
  return Array.from({ length: marksMax }, (_, n) =>
    createHmac('sha256', own).update(`${n}`).digest(),
  )
}

async function freeMark(tx: Tx, marks: readonly Buffer[]): Promise<Buffer | null> {
  if (marks.length === 0) return null
  const taken = await store.marksTaken(tx, marks)
  return marks.find((mark) => !taken.some((one) => one.equals(mark))) ?? null
}

/** A browser’s reports may be in several streets: they are asked for by its secret alone. */
export async function myReports(
  given: Given,
  asker: Asker,
  browser: OwnKey,
): Promise<Output<typeof api.myReports> | Fault> {
  const key = reporterKey(asker)
  if (key === undefined) return fault('not-allowed')
  const marks = marksOf(browser, key)
  if (marks.length === 0) return { reports: [] }
  return given.db.asOwner(async (tx) => {
    return { reports: await shown(tx, await store.reportsBy(tx, { marks })) }
  })
}

export async function reportByReceipt(
  given: Given,
  asker: Asker,
  { receipt: text }: Input<typeof api.reportByReceipt>,
): Promise<Output<typeof api.reportByReceipt> | Fault> {
  if (reporterKey(asker) === undefined) return fault('not-allowed')
  const plain = receiptIn(text)
  if (plain === undefined) return fault('not-found', 'receipt')
  return given.db.asOwner(async (tx) => {
    const found = await store.reportsBy(tx, { receipt: digest(plain) })
    const [one] = await shown(tx, found)
    return one ?? fault('not-found', 'receipt')
  })
}

async function shown(tx: Tx, found: readonly store.Found[]) {
  const places = await placesOf(tx, [...new Set(found.map(({ place }) => place))])
  return found.map(({ what, words, place, madeOn, state, outcome, closedAt }) => ({
    ...{ what, words, madeOn, state: stateOf(state), outcome },
    place: places.find((one) => one.place === place) ?? null,
    closedOn: closedAt === null ? null : dayOf(closedAt),
  }))
}

const atOnce = 1_000

/** Goes in the same transaction as the tasks that were closed before. */
export async function forgetReporters(tx: Tx, before: Instant): Promise<number> {
  const tasks = await store.reportedBefore(tx, before)
  let gone = 0
  for (let from = 0; from < tasks.length; from += atOnce) {
    const ids = tasks.slice(from, from + atOnce)
    gone += await deleteReporters(tx, { kind: 'task', ids })
  }
  return gone
}
