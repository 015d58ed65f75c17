/**
 * Who was let in, and who was refused what, as facts for whoever runs the program: which endpoint,
 * which role, which refusal. A person, a session or a network stands there only as a tag: a keyed
 * hash, by which two lines are known to be of the same one, and nobody is known from.
 */
import { rolesOf, type Asker } from '../kernel/asker.ts'
import type { Fault, FaultKind } from '../kernel/fault.ts'
import type { Log } from './log.ts'
import { networkOf } from './network.ts'
import type { Seal } from './seal/index.ts'

export function tagOf(seal: Pick<Seal, 'find'>, id: string): string {
  return seal.find('log', id).toString('hex').slice(0, 16)
}

/** What says something of who tries what, whichever endpoint answers it. */
const told: ReadonlySet<FaultKind> = new Set([
  ...(['not-allowed', 'level-too-low', 'step-up-needed', 'in-person-only'] as const),
  ...(['too-many', 'too-many-found', 'biometric-refused', 'not-signed-in'] as const),
])
/** A word that was mistyped, or a row that is gone, on the way in. */
const untold: ReadonlySet<FaultKind> = new Set(['bad-input', 'not-found', 'already-so'])

export function sayRefused(
  { log, tag }: { log: Log; tag?: ((id: string) => string) | undefined },
  { name, why }: { name: string; why: string },
  asker: Asker,
  { fault }: Fault,
  address: string,
): void {
  // A page that was left open asks on and on.
  const isOpenPage = asker.kind === 'nobody' && fault === 'not-signed-in'
  const isTold = told.has(fault) || (why === 'sign-in' && !untold.has(fault))
  if (isOpenPage || !isTold) return
  const id = idOf(asker)
  log.say('access.refused', {
    ...{ endpoint: name, fault, role: rolesOf(asker).at(-1) ?? 'anyone' },
    ...(tag && id !== null ? { who: tag(id) } : {}),
    ...(tag ? { from: tag(networkOf(address)) } : {}),
  })
}

/** Of an account, wherever there is one: as it was let in. */
function idOf(asker: Asker): string | null {
  if (asker.kind === 'account') return asker.account
  if (asker.kind !== 'person') return null
  const { account, hand } = asker.signIn
  return hand?.account ?? account ?? asker.person
}
