/** What opens an account. */
export type WaysIn = { passkeys: number; subjects: number; hasPhone: boolean; isStaff: boolean }

/** Staff sign in by passkey or their organisation; a code by telephone is no way in for them. */
export function isLastWay({ passkeys, subjects, hasPhone, isStaff }: WaysIn): boolean {
  return passkeys + subjects <= 1 && (isStaff || !hasPhone)
}

/** The first key of a new account is made at once; a further one by whoever has just shown it. */
export function needsStepUp({ passkeys, subjects, hasPhone }: Omit<WaysIn, 'isStaff'>): boolean {
  return passkeys + subjects > 0 || hasPhone
}

export const waysToStepUp = ['passkey', 'organisation', 'code'] as const
export type WayToStepUp = (typeof waysToStepUp)[number]

/** A code by telephone is asked for only where there is nothing better. */
export function waysToShow({ passkeys, subjects, hasPhone }: Omit<WaysIn, 'isStaff'>) {
  const better: WayToStepUp[] = [
    ...(passkeys > 0 ? (['passkey'] as const) : []),
    ...(subjects > 0 ? (['organisation'] as const) : []),
  ]
  return better.length > 0 || !hasPhone ? better : (['code'] as const)
}
