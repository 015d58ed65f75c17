import type { Level, Role, StaffRole } from './access.ts'
import type { Instant } from './clock.ts'
import type { AccountId, CommitteeCode, HomeCode, PersonId, PostId, StreetCode } from './ids.ts'

/** Who asks, as the session says: never taken from the request itself. */
export type Asker =
  | { kind: 'nobody' }
  | { kind: 'operator' }
  /** Has proven a telephone and lives nowhere yet, as far as we know. */
  | { kind: 'account'; account: AccountId; session: string }
  | {
      kind: 'person'
      person: PersonId
      street: StreetCode
      home: HomeCode | null
      post: Post | null
      signIn: SignIn
    }

export type Post = {
  id: PostId
  role: StaffRole
  title: string
  unit: string
  committee: CommitteeCode | null
}

export type SignIn = {
  /** Null: by a token or a link that the operator made. */
  account: AccountId | null
  /** The session's row; null: a program asks in the person's name. */
  session: string | null
  level: Level
  /** Until then they count as having just shown that they are who signed in. */
  steppedUpUntil: Instant | null
  /** Somebody acts for the person, by a grant. */
  hand: Hand | null
}

/** Who acts for somebody, and by which grant. What they are to them, in one closed word. */
export type Hand = { grant: string; account: AccountId; relation: HandRelation }
export const handRelations = ['child', 'kin', 'volunteer', 'clerk'] as const
export type HandRelation = (typeof handRelations)[number]

/** As a program or the operator's token asks: the operator vouches for who it is. */
export const vouchedFor: SignIn = {
  ...{ account: null, session: null, level: 'owner', steppedUpUntil: null, hand: null },
}

export type SignedIn = Extract<Asker, { kind: 'person' }>

export function rolesOf(asker: Asker): readonly Role[] {
  switch (asker.kind) {
    case 'nobody':
      return ['anyone']
    case 'operator':
      return ['anyone', 'operator']
    case 'account':
      return ['anyone', 'account']
    case 'person': {
      const { home, post, signIn } = asker
      return [
        'anyone',
        ...(signIn.account && !signIn.hand ? (['account'] as const) : []),
        ...(home || ownsElsewhere(asker) ? (['resident'] as const) : []),
        // Whoever acts for somebody does not hold that person's post.
        ...(post && !signIn.hand ? [post.role] : []),
      ]
    }
    default:
      return never(asker)
  }
}

/** Owns a home here and lives in none: what is a household's is not theirs. */
export function ownsElsewhere(asker: Asker): boolean {
  if (asker.kind !== 'person' || asker.home !== null) return false
  return asker.signIn.account !== null && asker.signIn.level === 'owner'
}

/**
 * Which committees' people a register's transaction may touch: a street's officers all of theirs,
 * a committee's workers their own, everybody else none but themselves.
 */
export function committeesOf({ post }: Pick<SignedIn, 'post'>): '*' | readonly CommitteeCode[] {
  if (post?.role === 'street') return '*'
  return post?.role === 'committee' && post.committee ? [post.committee] : []
}

/** Ends every switch over a closed list: a new member does not compile until it is met. */
export function never(value: never): never {
  throw new Error(`not in the closed list: ${JSON.stringify(value)}`)
}
