import { useShell } from '../shell/shell.tsx'
import type { ButtonKind } from '../ui/button.tsx'

/** A page's one filled button; in the elder view that is the call at the foot. */
export function usePrimary(): ButtonKind {
  return useShell().view === 'elder' ? 'plain' : 'primary'
}
