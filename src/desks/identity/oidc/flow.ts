import type { Asker } from '../../../kernel/asker.ts'
import type { Browser } from '../../../platform/browser.ts'
import type { Given } from '../../../platform/given.ts'
import { NotReached } from '../../../platform/outward.ts'
import { digest } from '../../../platform/secrets.ts'
import { addCeremony, takeCeremony, type Ceremony } from '../ceremonies/index.ts'
import { openSession } from '../sessions/index.ts'
import { accountAsking, mayAddKey, showAnew, type AccountAsking } from '../stepping-up/index.ts'
import type { Outcome, Purpose } from './decide.ts'
import type { Judged, Provider, Subject } from './provider.ts'
import * as store from './store.ts'

const cityWide = { street: '' }

export type Organisations = {
  given: Given
  /** Null: none is configured. */
  provider: Provider | null
  publicUrl(): string
}

export type Going = { to: string } | { said: Outcome }

/** Where the browser goes to be asked who it is. */
export async function beginAtOrganisation(
  { given, provider, publicUrl }: Organisations,
  asker: Asker,
  browser: Browser,
  wish: { purpose: Purpose; to: string },
): Promise<Going> {
  if (!provider) return { said: 'organisation-away' }
  const { purpose, to } = wish
  const own = accountAsking(asker)
  if (purpose !== 'sign-in' && !own) return { to: '/sign-in' }
  if (purpose === 'link' && !(await mayLink(given, own))) return { said: 'organisation-refused' }
  const redirectUri = `${publicUrl()}/in/oidc`
  const isAnew = purpose !== 'sign-in'
  const begun = await provider.begin({ redirectUri, isAnew }).catch(() => undefined)
  if (!begun) return { said: 'organisation-away' }
  const { state, nonce, verifier } = begun.facts
  const session = isAnew && own ? { session: own.session } : {}
  const ceremony: Ceremony = {
    ...{ challenge: digest(state), kind: 'oidc', device: browser.device() },
    account: isAnew && own ? own.account : null,
    facts: { purpose, to, nonce, verifier, ...session },
  }
  const now = given.clock.now()
  await given.db.inStreet(cityWide, (tx) => addCeremony(tx, ceremony, now))
  return { to: begun.url.href }
}

/** Linked by whoever was invited, or has just shown who they are; never by a resident. */
async function mayLink(given: Given, own: AccountAsking | undefined): Promise<boolean> {
  if (!own?.isStaff) return false
  return given.db.inStreet(cityWide, (tx) => mayAddKey(given, tx, own))
}

/** The browser is back, with an answer that is judged once. */
export async function endAtOrganisation(
  organisations: Organisations,
  browser: Browser,
  query: URLSearchParams,
): Promise<Going> {
  const { given, provider, publicUrl } = organisations
  const state = query.get('state') ?? ''
  const device = browser.knownDevice
  if (!provider || !device || !/^[A-Za-z0-9_-]{20,200}$/.test(state)) {
    return { said: 'organisation-refused' }
  }
  const asked = { challenge: digest(state), kind: 'oidc' as const, device }
  const ceremony = await given.db.inStreet(cityWide, (tx) =>
    takeCeremony(tx, asked, given.clock.now()),
  )
  if (!ceremony) return { said: 'organisation-refused' }
  if (query.has('error')) return { said: 'organisation-declined' }
  const { nonce = '', verifier = '', purpose } = ceremony.facts
  const current = new URL(`/in/oidc?${query}`, publicUrl())
  const isAnew = purpose !== 'sign-in'
  try {
    const subject = await provider.judge(current, { state, nonce, verifier }, isAnew)
    if (!subject) return { said: 'organisation-refused' }
    return await open(given, browser, ceremony, subject)
  } catch (why) {
    if (why instanceof NotReached) return { said: 'organisation-away' }
    throw why
  }
}

/** What the proven subject opens: by the purpose that was written down when it began. */
async function open(
  given: Given,
  browser: Browser,
  ceremony: Ceremony,
  { isFresh, ...subject }: Judged,
): Promise<Going> {
  const { purpose, to = '/', session = '' } = ceremony.facts
  const known = await given.db.inStreet(cityWide, (tx) => store.accountBySubject(tx, subject))
  if (purpose === 'link') return link(given, browser, ceremony, subject, known)
  if (!known) return { said: 'organisation-unknown' }
  if (purpose === 'step-up') {
    if (known !== ceremony.account) return { said: 'organisation-taken' }
    const shown = await showAnew(given, { session }, browser)
    return 'until' in shown ? { to } : { to: '/sign-in' }
  }
  const opened = await openSession(given, {
    ...{ account: known, holder: null, openedBy: 'oidc', browser, isSteppedUp: isFresh },
  })
  browser.keep(opened)
  return { to }
}

async function link(
  given: Given,
  browser: Browser,
  { account, facts: { to = '/', session = '' } }: Ceremony,
  subject: Subject,
  known: string | undefined,
): Promise<Going> {
  if (!account || (known && known !== account)) return { said: 'organisation-taken' }
  const isLinked = await given.db.inStreet(cityWide, async (tx) => {
    // Asked once more: what it was begun with may be over.
    if (!(await mayAddKey(given, tx, { account, session }))) return false
    return Boolean(known) || store.addSubject(tx, subject, account, given.clock.now())
  })
  if (!isLinked) return { said: 'organisation-refused' }
  await showAnew(given, { session }, browser)
  return { to }
}
