import type { SignedIn } from '../../../kernel/asker.ts'
import type { Instant } from '../../../kernel/clock.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { HomeCode, PersonId } from '../../../kernel/ids.ts'
import type { Request } from './types.ts'

/**
 * What a request lets its asker do with this person; nobody yet where `person` is null: a search.
 * Another's request is answered as one that is not there.
 */
export function judgeRequest(
  request: Request | undefined,
  { asker, person, isMinor, now }: Asked,
): 'opens' | 'binds' | 'waits-for-approval' | Fault {
  if (!request || request.byPerson !== asker.person || request.byPost !== asker.post?.id) {
    return fault('request-needed', 'request')
  }
  if (request.endedAt !== null || now >= request.until) return fault('request-over', 'request')
  if (person === null) return 'opens'
  const isAnother = request.person === null ? request.home !== null : request.person !== person
  if (isAnother) {
    return fault('request-bound', 'request')
  }
  const isGlass = request.reason === 'break-glass'
  if (isMinor && !isGlass && request.approvedAt === null) return 'waits-for-approval'
  return request.person === null ? 'binds' : 'opens'
}

/**
 * The same of a home. Whoever has opened one of its people may open it too; the other way round
 * they say once more why: a home has many.
 */
export function judgeHome(
  request: Request | undefined,
  { people, home, ...asked }: Omit<Asked, 'person' | 'isMinor'> & AtHome,
): 'opens' | 'binds' | Fault {
  const judged = judgeRequest(request, { ...asked, person: null, isMinor: false })
  if (typeof judged !== 'string') return judged
  if (request?.person) {
    return people.includes(request.person) ? 'opens' : fault('request-bound', 'request')
  }
  if (request?.home) return request.home === home ? 'opens' : fault('request-bound', 'request')
  return 'binds'
}

export type AtHome = {
  home: HomeCode
  /** Who lives there or owns it. */
  people: readonly PersonId[]
}

type Asked = { asker: SignedIn; person: PersonId | null; isMinor: boolean; now: Instant }

/**
 * Who may say yes or review: never the asker. An officer any of the street's, the one in charge of
 * a committee those of their own.
 */
export function mayDecideOn(
  request: Pick<Request, 'byPerson' | 'committee'>,
  { person, post }: SignedIn,
  isInCharge: boolean,
): boolean {
  if (!post || request.byPerson === person) return false
  if (post.role === 'street') return true
  return isInCharge && post.committee !== null && post.committee === request.committee
}
