/**
 * Every table of ours: for which purpose it is kept, and what lets it go. Whoever adds a table says
 * so here. `keeps`: the room's own words for the term (`what` of its `keeps`), and which rows are
 * past it at the moment `$1`. `with`: it goes with another table's row. `while`: it stays as long
 * as that is so, said in words.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dayMs } from '../../src/kernel/clock.ts'
import type { Purpose } from '../../src/kernel/purpose.ts'

export type Term = { purpose: Purpose } & (
  | { keeps: string; past: string }
  | { with: string; past: string }
  | { while: string }
)

const days = (n: number) => `$1::timestamptz - interval '${n} days'`
const years = (n: number) => days(n * 366)
/** Rows that name something that is no longer there. */
const orphan = (column: string, table: string) =>
  `not exists (select from ${table} as parent where parent.id = one.${column})`
/** Rows of an agreement that ended more than a day before. */
const afterConsent = `exists (select from privacy.consent as given
  where given.id = one.consent and given.ended_at < ${days(1)})`

const care: Record<string, Term> = {
  'care.asked_contact': {
    ...{ purpose: 'agreed-care', with: 'care.question' },
    past: orphan('question', 'care.question'),
  },
  'care.contact_link': {
    ...{ purpose: 'agreed-care', with: 'care.asked_contact' },
    past: orphan('asked', 'care.asked_contact'),
  },
  'care.month_shown': { purpose: 'public', while: 'public figures of months, from ten on' },
  'care.offer': {
    ...{ purpose: 'register', keeps: 'that somebody was asked at eighty, three years ago' },
    past: `offered_at < ${years(3)}`,
  },
  'care.plan': { purpose: 'agreed-care', with: 'privacy.consent', past: afterConsent },
  'care.question': {
    ...{ purpose: 'agreed-care', keeps: 'questions that ended three days ago' },
    past: `ended_at < ${days(3)}`,
  },
}

const delivery: Record<string, Term> = {
  'delivery.attempt': {
    ...{ purpose: 'task', with: 'delivery.note' },
    past: orphan('note', 'delivery.note'),
  },
  'delivery.note': {
    ...{ purpose: 'task', keeps: 'notes older than a year' },
    past: `made_at < ${days(365)}`,
  },
  'delivery.subscription': {
    ...{ purpose: 'task', keeps: 'browsers that nobody has used for half a year' },
    past: `made_at < ${days(180)}`,
  },
}

const registry = 'the device is in the registry, which names no person'
const devices: Record<string, Term> = {
  'devices.device': { purpose: 'device-operation', while: registry },
  'devices.gateway': { purpose: 'device-operation', while: registry },
  'devices.model': { purpose: 'public', while: 'models of makers, which tell of nobody' },
  'devices.step': { purpose: 'device-operation', while: registry },
}

const ofDuties = {
  purpose: 'duty',
  keeps: 'notes between shifts after 90 days; shifts, leave and posts ended a year ago',
} as const
const duties: Record<string, Term> = {
  'duties.beat': { ...ofDuties, past: `until < ${days(365)}` },
  'duties.body': { purpose: 'duty', while: 'the body is there; it is no person' },
  'duties.cover': { ...ofDuties, past: `until < ${days(365)}` },
  'duties.gap': { ...ofDuties, past: `ends_at < ${days(365)}` },
  'duties.leave': { ...ofDuties, past: `ends_at < ${days(365)}` },
  'duties.post': { ...ofDuties, past: `until < ${days(365)}` },
  'duties.shift': { ...ofDuties, past: `ends_at < ${days(365)}` },
  'duties.shift_note': { ...ofDuties, past: `made_at < ${days(90)}` },
}

const accounts = {
  purpose: 'sign-in',
  keeps: 'who an account was, a year after its end; accounts that nobody used for a year',
} as const
const proofs = {
  purpose: 'sign-in',
  keeps:
    'letters and questions to a household 30 days after their end, claims a year after, ' +
    'or after they were made',
} as const
const codes = {
  purpose: 'sign-in',
  keeps:
    'codes sent, and what was counted against guessing, after 24 hours; a hash of which browser ' +
    'signed in with which telephone, after 90 days',
} as const
const grants = {
  purpose: 'own-data',
  keeps: 'grants to act for another, a year after their end, and their codes',
} as const
const ofAccount = { purpose: 'sign-in', with: 'identity.account' } as const
/** Nothing names it any more: the same as the room's own words. */
const unused = `seen_at < ${days(365)} and not exists (select from identity.standing as named
  where named.account = one.id) and not exists (select from identity.claim as named
  where named.account = one.id) and not exists (select from identity.grant as named
  where named.to_account = one.id) and not exists (select from identity.opening as named
  where named.account = one.id)`
const identity: Record<string, Term> = {
  'identity.account': { ...accounts, past: unused },
  'identity.attempt': { ...codes, past: `at < ${days(90)}` },
  'identity.ceremony': {
    ...{ purpose: 'sign-in', past: 'expires_at < $1' },
    keeps: 'challenges of passkeys and of the organisation’s sign-in, after 5 minutes',
  },
  'identity.claim': { ...proofs, past: `coalesce(decided_at, made_at) < ${days(365)}` },
  'identity.code': { ...codes, past: `expires_at < ${days(1)}` },
  'identity.grant': { ...grants, past: `least(ended_at, one.until) < ${days(365)}` },
  'identity.grant_code': { ...grants, past: 'expires_at < $1' },
  'identity.letter': { ...proofs, past: `least(used_at, revoked_at, one.until) < ${days(30)}` },
  'identity.link': {
    ...{ purpose: 'sign-in', keeps: 'used and expired links', past: 'expires_at < $1' },
  },
  'identity.oidc_subject': { ...ofAccount, past: orphan('account', 'identity.account') },
  'identity.opening': {
    ...{ purpose: 'sign-in', past: 'expires_at < $1' },
    keeps: 'owners’ links and invitations, 24 hours after they were made',
  },
  'identity.pass': {
    ...{ purpose: 'door-security', keeps: 'visitors’ passes, 24 hours after their end' },
    past: `least(revoked_at, one.until) < ${days(1)}`,
  },
  'identity.passkey': { ...ofAccount, past: orphan('account', 'identity.account') },
  'identity.session': {
    ...{ purpose: 'sign-in', keeps: 'sessions that are over' },
    past: `expires_at < $1
      or coalesce(seen_at, made_at) < $1::timestamptz - idle_ms * interval '1 millisecond'`,
  },
  'identity.shown_code': { ...proofs, past: 'expires_at < $1' },
  'identity.standing': { ...accounts, past: `until < ${days(365)}` },
  'identity.vouching': { ...proofs, past: `least(answered_at, one.until) < ${days(30)}` },
}

const here: Term = {
  ...{ purpose: 'register', with: 'people.person' },
  past: 'one.person is not null and not exists (select from people.person where id = one.person)',
} as const
/** Nothing holds them any more: the same as the rooms’ own words. */
const gone = `left_at < ${days(365)} and not exists (select from people.ownership as owned
  where owned.person = one.id and owned.to_on is null) and not exists (select from duties.post
  as held where held.person = one.id) and not exists (select from tasks.task as about
  where about.person = one.id and about.state <> 'closed') and not exists (select from
  people.residence as lives where lives.person = one.id and lives.to_at is null)`
const people: Record<string, Term> = {
  'people.export': {
    ...{ purpose: 'access-record', past: `asked_at < ${years(4)}` },
    keeps: 'records of exports older than the looks that name them',
  },
  'people.home_area': { purpose: 'register', while: 'the home is there; it names nobody' },
  'people.household': { purpose: 'register', while: 'the home is there; it names nobody' },
  'people.import': {
    ...{ purpose: 'access-record', past: `at < ${years(3)}` },
    keeps: 'records of files that were brought in, three years after',
  },
  'people.import_row': {
    ...{ purpose: 'register', keeps: 'which rows an import brought in, after 30 days' },
    past: `exists (select from people.import as parent
      where parent.id = one.import and parent.at < ${days(30)})`,
  },
  'people.month_shown': { purpose: 'public', while: 'public figures of months, from ten on' },
  'people.number': here,
  'people.number_change': {
    ...{ purpose: 'register', keeps: 'who decided on a number, older than 90 days' },
    past: `decided_at < ${days(90)} or sealed is not null and one.until < $1`,
  },
  'people.ownership': here,
  'people.person': {
    ...{ purpose: 'register', past: gone },
    keeps: 'whoever left a year ago and owns, holds and waits for nothing here',
  },
  'people.residence': here,
  'people.search_entry': here,
  'people.shown_count': { purpose: 'public', while: 'public figures, from ten on' },
}

const ground: Record<string, Term> = {
  'places.building': { purpose: 'register', while: 'the house is there' },
  'places.compound': { purpose: 'register', while: 'the compound is there' },
  'places.division': { purpose: 'public', while: 'the division is in the public register' },
  'places.home': { purpose: 'register', while: 'the home is there; it names nobody' },
  'places.tag': { purpose: 'register', while: 'the tag hangs at its door; it names nobody' },
  'platform.migration': { purpose: 'operation', while: 'the database is there' },
  'platform.setting': { purpose: 'operation', while: 'the setting is in use' },
  'rules.calendar_day': { purpose: 'public', while: 'the calendar of the year is known' },
  'rules.calendar_year': { purpose: 'public', while: 'the calendar of the year is known' },
}

const book = { purpose: 'access-record', keeps: 'looks older than three years' } as const
const privacy: Record<string, Term> = {
  'privacy.authority_request': {
    ...{ purpose: 'access-record', past: `at < ${years(4)}` },
    keeps: 'requests of authorities older than the looks that name them',
  },
  'privacy.backup_taken': {
    ...{ purpose: 'operation', keeps: 'records of backups older than three years' },
    past: `at < ${years(3)}`,
  },
  'privacy.chain_check': { purpose: 'public', while: 'one row a day, figures of nobody' },
  'privacy.consent': {
    ...{ purpose: 'own-data', keeps: 'consents ended three years ago' },
    past: `ended_at < ${years(3)} or ended_at is null and one.until < ${days(1)}`,
  },
  'privacy.deletion': {
    ...{ purpose: 'own-data', keeps: 'records of deletions older than three years' },
    past: `at < ${years(3)}`,
  },
  'privacy.erasure': {
    ...{ purpose: 'own-data', keeps: 'erasures older than three years', past: `at < ${years(3)}` },
  },
  'privacy.impact': { purpose: 'operation', while: 'the purpose may be on, and three years more' },
  'privacy.judged_to': { purpose: 'operation', while: 'one row, replaced by the next' },
  'privacy.link': { purpose: 'access-record', while: 'the chain is whole: digests of nobody' },
  'privacy.look': { ...book, past: `at < ${years(3)}` },
  'privacy.look_review': {
    ...{ purpose: 'access-record', keeps: 'reviews of looks older than three years' },
    past: `at < ${years(3)}`,
  },
  'privacy.month_number': { purpose: 'public', while: 'public figures of months, in tens' },
  'privacy.own_request': {
    ...{ purpose: 'own-data', past: `ended_at < ${years(3)}` },
    keeps: 'what people asked about their own data, three years after it was answered',
  },
  'privacy.purpose_switch': { purpose: 'operation', while: 'the purpose may be on, by an officer' },
  'privacy.question': {
    ...{ purpose: 'access-record', with: 'privacy.look' },
    past: orphan('look', 'privacy.look'),
  },
  'privacy.refusal': {
    ...{ purpose: 'own-data', keeps: 'refusals past their 12 months' },
    past: 'not_asked_until < $1',
  },
  'privacy.renewal': {
    ...{ purpose: 'own-data', with: 'privacy.consent' },
    past: orphan('consent', 'privacy.consent'),
  },
  'privacy.reporter': {
    ...{ purpose: 'task', past: 'one.until < $1' },
    keeps: 'sealed reporters past their last day, whatever became of the matter',
  },
  'privacy.request': {
    ...{ purpose: 'access-record', keeps: 'requests older than the looks that name them' },
    past: `at < ${years(4)}`,
  },
  'privacy.struck': { purpose: 'access-record', while: 'the chain is whole: digests of nobody' },
  'privacy.unlinked': {
    ...{ purpose: 'access-record', with: 'privacy.look' },
    past: `not exists (select from privacy.link as linked where linked.look = one.look)
      and not exists (select from privacy.look as looked where looked.id = one.look)`,
  },
  'privacy.witnessed': { purpose: 'access-record', while: 'the chain is whole: digests of nobody' },
  'privacy.words_in_use': { purpose: 'public', while: 'somebody may have agreed to these words' },
}

const watched = { purpose: 'agreed-care', with: 'privacy.consent', past: afterConsent } as const
const history = 'the rule may have judged somebody: the book names its version'
const scenarios: Record<string, Term> = {
  'scenarios.finding': {
    ...{ purpose: 'task', keeps: 'findings older than a year', past: `found_at < ${days(365)}` },
  },
  'scenarios.outcome': { purpose: 'operation', while: 'rules are counted by it; it names nobody' },
  'scenarios.progress': { purpose: 'operation', while: 'one row, replaced by the next' },
  'scenarios.sensor': { purpose: 'device-operation', while: 'one row a device, replaced' },
  'scenarios.shadow_finding': {
    ...{ purpose: 'task', keeps: 'findings older than a year', past: `found_at < ${days(365)}` },
  },
  'scenarios.step': { purpose: 'operation', while: history },
  'scenarios.street_progress': { purpose: 'operation', while: 'one row a street, replaced' },
  'scenarios.subject': { purpose: 'agreed-care', while: 'somebody agrees, one row, replaced' },
  'scenarios.version': { purpose: 'operation', while: history },
  'scenarios.watch': watched,
}

const counts = {
  purpose: 'device-operation',
  keeps: 'refusals and remarks older than 90 days',
  past: `day < ((${days(90)}) at time zone 'Asia/Shanghai')::date`,
} as const
const sensing: Record<string, Term> = {
  'sensing.battery': { purpose: 'device-operation', while: 'one row a device, replaced' },
  'sensing.condition': { purpose: 'device-operation', while: 'the device is in that state' },
  'sensing.coverage': {
    ...{ purpose: 'device-operation', keeps: 'coverage older than 90 days' },
    past: `to_at < ${days(90)}`,
  },
  'sensing.lasting_reading': {
    ...{ purpose: 'home-safety', keeps: 'alarms and scenes' },
    past: `arrived_at < ${days(30)}`,
  },
  'sensing.mark': { purpose: 'device-operation', while: 'one row a device, replaced' },
  'sensing.progress': { purpose: 'operation', while: 'one row, replaced by the next' },
  'sensing.reading': {
    ...{ purpose: 'agreed-care', keeps: 'raw readings', past: `arrived_at < ${days(3)}` },
  },
  'sensing.refusal': counts,
  'sensing.remark': counts,
  'sensing.usage_day': {
    ...{ purpose: 'water-and-power', keeps: 'sums of meters older than 90 days' },
    past: counts.past,
  },
}

const ofTask = {
  purpose: 'task',
  keeps: 'tasks, their pictures, reports and sealed reporters a year after closing',
} as const
const taskOver = `exists (select from tasks.task as parent where parent.street = one.street
  and parent.id = one.task and parent.state = 'closed' and parent.closed_at < ${days(365)})`
const tasks: Record<string, Term> = {
  'tasks.concerned': { purpose: 'task', with: 'tasks.task', past: taskOver },
  'tasks.photo': { purpose: 'task', with: 'tasks.task', past: taskOver },
  'tasks.proof': {
    ...{ purpose: 'operation', keeps: 'what the look of each minute said, after a week' },
    past: `at < ${days(7)}`,
  },
  'tasks.report': { purpose: 'task', with: 'tasks.task', past: taskOver },
  'tasks.task': { ...ofTask, past: `state = 'closed' and closed_at < ${days(365)}` },
  'tasks.task_log': { purpose: 'task', with: 'tasks.task', past: taskOver },
}

const outlook: Record<string, Term> = {
  'overview.minute': {
    ...{ purpose: 'operation', keeps: 'minutes of the pulse older than 36 days' },
    past: `at < ${days(36)}`,
  },
}

/** `people.person` → its purpose and its term. */
export const terms: Readonly<Record<string, Term>> = {
  ...{ ...care, ...delivery, ...devices, ...duties, ...identity, ...people, ...ground },
  ...{ ...privacy, ...scenarios, ...sensing, ...tasks, ...outlook },
}

/** Asks one statement of the owner's. */
export type Ask = (statement: string, values: unknown[]) => Promise<{ n: number }[]>

/**
 * Rows that are past their term at a moment, as `table: how many`. Jobs, which name people by their
 * ids, live by the machine's clock.
 */
export async function rowsPastRetention(ask: Ask, at: number): Promise<string[]> {
  const found: string[] = []
  for (const [table, term] of Object.entries(terms)) {
    if ('while' in term) continue
    const values = term.past.includes('$1') ? [new Date(at)] : []
    const where = `select count(*)::int as n from ${table} as one where ${term.past}`
    const [row] = await ask(where, values)
    if (row?.n !== 0) found.push(`${table}: ${row?.n}`)
  }
  const jobs = `select count(*)::int as n from pgboss.job
    where completed_on < now() - interval '24 hours'`
  const [row] = await ask(jobs, [])
  if (row?.n !== 0) found.push(`pgboss.job: ${row?.n}`)
  return found
}

/** Lines of the file of messages, and of the one before it, that are past their day. */
export function linesPastRetention(file: string, at: number): string[] {
  return [file, `${file}.1`].flatMap((path) => {
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : []
    const n = lines.filter((line) => JSON.parse(line).at <= at - dayMs).length
    return n === 0 ? [] : [`outbox: ${n}`]
  })
}
