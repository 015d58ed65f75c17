/** The organisation that staff sign in with: an OpenID provider, by its address. */
export type Organisation = Readonly<{
  /** The issuer: `/.well-known/openid-configuration` stands below it. */
  url: string
  id: string
  secret: string
  /** As the button names it. */
  name: string
}>

export const purposes = ['sign-in', 'link', 'step-up'] as const
export type Purpose = (typeof purposes)[number]

/** Where its button stands. */
export const pageOf = {
  'sign-in': '/sign-in',
  link: '/me/keys',
  'step-up': '/step-up',
} as const satisfies Record<Purpose, string>

/** Why nothing was opened; each has its sentence on a page. */
export const outcomes = [
  /** Nobody invited whoever this is. */
  'organisation-unknown',
  /** The answer was not genuine, not for this browser, too late or came twice. */
  'organisation-refused',
  /** The person, or the provider, said no. */
  'organisation-declined',
  /** This sign-in belongs to another account. */
  'organisation-taken',
  'organisation-away',
] as const
export type Outcome = (typeof outcomes)[number]

export function isPurpose(said: unknown): said is Purpose {
  return purposes.some((each) => each === said)
}

/**
 * Where to go afterwards: a plain path of ours, in plain letters; anything else is the front door.
 * No host, no scheme, no backslash, no dots, no percent signs: nothing that a browser reads as
 * another site.
 */
export function pathAfter(said: unknown): string {
  const isPlain =
    typeof said === 'string' && said.length <= 200 && /^(\/[A-Za-z0-9_-]+)+$/.test(said)
  return isPlain ? said : '/'
}
