import type { AccountId } from '../../../kernel/ids.ts'
import type { Browser } from '../../../platform/browser.ts'
import type { Given } from '../../../platform/given.ts'
import { readJson } from '../../../platform/json.ts'
import type { Tx } from '../../../platform/sql.ts'
import { addCeremony, takeCeremony, type Ceremony } from '../ceremonies/index.ts'

type Kind = 'register' | 'sign-in' | 'step-up'

/** `challenge` as the options say it, in base64url. */
export async function beginCeremony(
  given: Pick<Given, 'clock'>,
  tx: Tx,
  kind: Kind,
  browser: Browser,
  account: AccountId | null,
  challenge: string,
): Promise<void> {
  const bytes = Buffer.from(challenge, 'base64url')
  const ceremony = { challenge: bytes, kind, account, device: browser.device(), facts: {} }
  await addCeremony(tx, ceremony, given.clock.now())
}

/**
 * The challenge that the answer says it answers, where this browser was asked it; from now on it is
 * answered. Committed by itself: an answer that is wrong is an answer too.
 */
export async function endCeremony(
  given: Pick<Given, 'db' | 'clock'>,
  kind: Kind,
  { knownDevice: device }: Browser,
  clientDataJSON: string,
): Promise<Ceremony | undefined> {
  const challenge = challengeIn(clientDataJSON)
  if (!challenge || !device) return undefined
  const asked = { challenge, kind, device }
  return given.db.inStreet({ street: '' }, (tx) => takeCeremony(tx, asked, given.clock.now()))
}

/** Of what the browser signed; nothing where it says that it stood in another site's frame. */
function challengeIn(clientDataJSON: string): Buffer | undefined {
  const read = readJson(Buffer.from(clientDataJSON, 'base64url').toString('utf8'))
  const said = 'value' in read ? (read.value as Partial<Record<string, unknown>> | null) : null
  const challenge = said?.['challenge']
  if (said?.['crossOrigin'] === true || typeof challenge !== 'string') return undefined
  if (!/^[A-Za-z0-9_-]{16,64}$/.test(challenge)) return undefined
  return Buffer.from(challenge, 'base64url')
}
