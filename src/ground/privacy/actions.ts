import type { Asker } from '../../kernel/asker.ts'
import type { Book, Looker, Matter, Seen, WrittenLook } from '../../kernel/book.ts'
import { dayOf, startOfDay } from '../../kernel/calendar.ts'
import { dayMs, type Instant } from '../../kernel/clock.ts'
import type { How, Input, Output } from '../../kernel/endpoint.ts'
import { fault, type Fault } from '../../kernel/fault.ts'
import type { HomeCode, PersonId, StreetCode } from '../../kernel/ids.ts'
import type { Given } from '../../platform/given.ts'
import type { Tx } from '../../platform/sql.ts'
import type * as api from './api.ts'
import * as store from './store.ts'
import { consentDays, notAskedMonths, textVersions } from './types.ts'
import { appendErasures, readErasures } from './erasures/index.ts'
import type { Consented, ConsentPurpose, Erasure, Giver, Keeps } from './types.ts'

const pageRows = 50

/** Writes a consent and tells it. Undefined: there is a live one already. */
export async function giveConsent<P extends ConsentPurpose>(
  given: Given,
  tx: Tx,
  consent: {
    street: StreetCode
    person: PersonId
    home: HomeCode
    purpose: P
    givenBy?: Giver
    /** Signed on paper, which is worth the same. */
    isOnPaper?: boolean
  },
): Promise<Consented<P> | undefined> {
  const givenAt = given.clock.now()
  const until = givenAt + consentDays * dayMs
  const textVersion = textVersions[consent.purpose]
  const id = given.newId<Consented<P>['consent']>()
  const { givenBy = 'person', isOnPaper = false } = consent
  const row = { ...consent, id, textVersion, givenBy, isOnPaper, givenAt, until }
  const proof = await store.addConsent(tx, row)
  if (!proof) return undefined
  await store.dropRefusal(tx, consent.person, consent.purpose)
  const { street, person, home, purpose } = consent
  await given.tell(tx, {
    name: 'privacy.consent-given',
    street,
    consent: id,
    purpose,
    person,
    home,
  })
  return proof
}

/**
 * Ends a consent. Whoever lives on it hears of it through the outbox and lets go; that it was
 * erased stays on record, so that a restored backup erases it again.
 */
export async function endConsent(
  given: Given,
  tx: Tx,
  person: PersonId,
  purpose: ConsentPurpose,
): Promise<boolean> {
  const ended = await store.endConsent(tx, person, purpose, given.clock.now())
  if (!ended) return false
  const { id: consent, street, home } = ended
  await store.addErasures(tx, [{ street, kind: 'consent', id: consent, at: given.clock.now() }])
  await given.tell(tx, { name: 'privacy.consent-ended', street, consent, purpose, person, home })
  return true
}

/** A no is kept and respected: nobody asks for twelve months. It costs no service. */
export async function refuseConsent(
  given: Given,
  tx: Tx,
  person: PersonId,
  street: StreetCode,
  purpose: ConsentPurpose,
): Promise<Instant> {
  const at = given.clock.now()
  const until = new Date(at)
  until.setUTCMonth(until.getUTCMonth() + notAskedMonths)
  await store.saveRefusal(tx, { street, person, purpose, at, until: until.getTime() })
  return until.getTime()
}

export function bookOf(given: Pick<Given, 'db' | 'newId'>): Book {
  return {
    async write(looks) {
      const streets = new Set(looks.map((look) => look.street))
      for (const street of streets) {
        const ours = looks.filter((look) => look.street === street)
        await given.db.inStreet({ street }, (tx) => writeLooks(given, tx, ours))
      }
    },
  }
}

/** For a look that belongs into a transaction already open: a rule that judges, a push. */
export async function writeLooks(
  given: Pick<Given, 'newId'>,
  tx: Tx,
  looks: readonly WrittenLook[],
): Promise<void> {
  if (looks.length === 0) return
  await store.addLooks(
    tx,
    looks.map((look) => ({ ...look, id: given.newId() })),
  )
}

export async function whoLooked(
  given: Given,
  asker: Asker,
  input: Input<typeof api.whoLooked>,
): Promise<Seen<Output<typeof api.whoLooked>> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const now = given.clock.now()
  const since = startOfDay(now) - 29 * dayMs
  return given.db.inStreet(asker, async (tx) => {
    const page = { before: input.before ?? null, count: pageRows + 1, now }
    const rows = await store.looksAt(tx, asker.person, page)
    const byDay = await store.looksByDay(tx, asker.person, since, now)
    const looks = rows.slice(0, pageRows).map((row) => ({
      id: row.id,
      at: row.at.getTime(),
      by: row.by_kind as Looker['kind'],
      title: row.title,
      unit: row.unit,
      rule: row.rule,
      ruleVersion: row.rule_version,
      fields: row.fields,
      matter: row.matter_kind as Matter['kind'],
      label: row.label,
      how: row.how as How,
    }))
    const days = Array.from({ length: 30 }, (_, i) => byDay.get(dayOf(since + i * dayMs)) ?? 0)
    return { answer: { looks, days, more: rows.length > pageRows, now }, looks: [] }
  })
}

/** Runs each room's term once. A room that fails does not keep the others from letting go. */
export async function letGo(given: Given, keeps: readonly Keeps[]): Promise<number> {
  const now = given.clock.now()
  let gone = 0
  for (const kept of keeps) {
    const count = await kept.expire(now).catch(() => -1)
    if (count < 0) given.log.say('privacy.expire-failed', { what: kept.what })
    else gone += count
  }
  return gone
}

/**
 * After a restore: what was erased since the backup is erased again. Each consent that came back
 * ends, at its own moment, and every room that fed on it hears so. Answers how many had come back.
 */
export async function eraseAgain(given: Given, erasures: readonly Erasure[]): Promise<number> {
  return given.db.asOwner(async (tx) => {
    let back = 0
    for (const erasure of erasures) {
      const ended = await endAgain(given, tx, erasure)
      if (ended) back++
    }
    await store.addErasures(tx, erasures)
    return back
  })
}

async function endAgain(given: Given, tx: Tx, erasure: Erasure): Promise<boolean> {
  switch (erasure.kind) {
    case 'consent': {
      const ended = await store.endAgain(tx, erasure)
      if (!ended) return false
      const { id: consent, street, person, home, purpose } = ended
      const name = 'privacy.consent-ended'
      await given.tell(tx, { name, street, consent, purpose, person, home })
      return true
    }
    default:
      return erasure.kind satisfies never
  }
}

/** At each start: the file learns what the database knows and a crash kept from it. */
export async function keepErasures(given: Given, path: string): Promise<void> {
  const there = new Set((await readErasures(path)).map(({ id }) => id))
  const kept = await given.db.asOwner((tx) => store.erasuresKept(tx))
  await appendErasures(
    path,
    kept.filter(({ id }) => !there.has(id)),
  )
}

/** After each erasure: the line that outlives the database. */
export async function keepErasure(given: Given, path: string, id: string): Promise<void> {
  await appendErasures(path, await given.db.asOwner((tx) => store.erasuresKept(tx, id)))
}

/**
 * Writes that a backup took everybody's data: a line for each street, before the file has its
 * name. False where the database is older than this record.
 */
export async function backupTaken(
  given: Pick<Given, 'db' | 'newId'>,
  taken: { streets: readonly StreetCode[]; at: Instant; rows: number },
): Promise<boolean> {
  return given.db.asOwner((tx) => store.addBackupTaken(tx, { ...taken, newId: given.newId }))
}

/** A consent past its date is an ended one: same event, same effect. */
export async function endExpired(given: Given): Promise<number> {
  const expired = await given.db.asOwner((tx) => store.expiredConsents(tx, given.clock.now()))
  for (const { person, purpose } of expired) {
    await given.db.asOwner((tx) => endConsent(given, tx, person, purpose))
  }
  return expired.length
}
