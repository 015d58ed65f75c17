import type { BodyKind } from '../types.ts'

/** Bodies outside the line of command: neither the street's nor a committee's (product). */
export const reviewerKinds = ['clinic', 'volunteers'] as const satisfies readonly BodyKind[]
export type ReviewerKind = (typeof reviewerKinds)[number]

export function isReviewerKind(kind: BodyKind): kind is ReviewerKind {
  return (reviewerKinds as readonly BodyKind[]).includes(kind)
}
