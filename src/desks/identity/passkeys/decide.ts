/** Where a passkey is made for: browsers bind it to this name, and answer only at this origin. */
export type Site = { id: string; origin: string }

/**
 * A passkey needs a name: no bare address can have one. This machine's own has the name
 * `localhost`. Null: people come by a bare address, and there are no passkeys at all.
 */
export function siteOf(publicUrl: string): Site | null {
  const { hostname, protocol, port, origin } = new URL(publicUrl)
  if (/^127(\.\d+){3}$|^\[::1\]$/.test(hostname)) {
    return { id: 'localhost', origin: `${protocol}//localhost${port ? `:${port}` : ''}` }
  }
  if (/^[\d.]+$|^\[/.test(hostname)) return null
  return { id: hostname, origin }
}

/** Whether the host that a browser asked for is the one that its passkeys belong to. */
export function isAt({ origin }: Site, host: string): boolean {
  return new URL(origin).host === host.toLowerCase()
}

/** What the owner calls a passkey. */
export const passkeyNames = [
  'phone',
  'tablet',
  'computer',
  'work-computer',
  'key',
  'other',
] as const
export type PasskeyName = (typeof passkeyNames)[number]

/** The first guess, from what the browser calls itself; the owner may say better. */
export function nameFrom(userAgent: string): PasskeyName {
  if (/iPad|Tablet/.test(userAgent)) return 'tablet'
  if (/iPhone|Android|Mobile|HarmonyOS/.test(userAgent)) return 'phone'
  return /Windows|Macintosh|Linux|CrOS/.test(userAgent) ? 'computer' : 'other'
}

/**
 * The counter of a genuine authenticator only rises, or stays at zero where it keeps none (WebAuthn
 * Level 3 §6.1.1). Anything else: there may be a copy.
 */
export function hasRisen(kept: number, said: number): boolean {
  return (kept === 0 && said === 0) || said > kept
}
