import type { Role, StaffRole } from './endpoint.ts'
import type { CommitteeCode, HomeCode, PersonId, PostId, StreetCode } from './ids.ts'

/** Who asks, as the session says: never taken from the request itself. */
export type Asker =
  | { kind: 'nobody' }
  | { kind: 'operator' }
  | {
      kind: 'person'
      person: PersonId
      street: StreetCode
      home: HomeCode | null
      post: Post | null
    }

export type Post = {
  id: PostId
  role: StaffRole
  title: string
  unit: string
  committee: CommitteeCode | null
}

export type SignedIn = Extract<Asker, { kind: 'person' }>

export function rolesOf(asker: Asker): readonly Role[] {
  switch (asker.kind) {
    case 'nobody':
      return ['anyone']
    case 'operator':
      return ['anyone', 'operator']
    case 'person':
      return [
        'anyone',
        ...(asker.home ? (['resident'] as const) : []),
        ...(asker.post ? [asker.post.role] : []),
      ]
    default:
      return never(asker)
  }
}

/** Ends every switch over a closed list: a new member does not compile until it is met. */
export function never(value: never): never {
  throw new Error(`not in the closed list: ${JSON.stringify(value)}`)
}
