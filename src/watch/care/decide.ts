import type { Asker, SignedIn } from '../../kernel/asker.ts'
import { fault, type Fault } from '../../kernel/fault.ts'
import type { HomeCode } from '../../kernel/ids.ts'
import type { Contact, Way } from './types.ts'

export type Resident = SignedIn & { home: HomeCode }

/** Whoever asks for themselves, from the home that they live in. */
export function residentAsking(asker: Asker): Resident | Fault {
  return asker.kind === 'person' && asker.home
    ? { ...asker, home: asker.home }
    : fault('not-allowed')
}

/** The key is with whoever has it now; whoever agreed to calls stays with calls. */
export function wayWith(way: Way, contacts: readonly Contact[]): Way {
  if (way === 'call') return way
  return contacts.some(({ hasKey }) => hasKey) ? 'key-holder' : 'sensor'
}
