import type { Asker, SignedIn } from '../../kernel/asker.ts'
import { fault, type Fault } from '../../kernel/fault.ts'
import type { HomeCode } from '../../kernel/ids.ts'

export type Resident = SignedIn & { home: HomeCode }

/** Whoever asks for themselves, from the home that they live in. */
export function residentAsking(asker: Asker): Resident | Fault {
  return asker.kind === 'person' && asker.home
    ? { ...asker, home: asker.home }
    : fault('not-allowed')
}
