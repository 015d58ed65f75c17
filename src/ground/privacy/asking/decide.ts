import type { PersonId } from '../../../kernel/ids.ts'
import type { Asking, Held } from './types.ts'

/**
 * Who answers for a look: whoever is in charge of the body that looked; for a rule's, and where
 * whoever is in charge looked themself, the street's officers. Never whoever asks, and whoever
 * looked only where nobody else is in charge.
 */
export function answerersOf(
  posts: readonly Held[],
  { asker, ofPost, ofPerson }: Asking,
): readonly PersonId[] {
  const body = posts.find(({ id }) => id === ofPost)?.body
  const may = posts.filter(({ person }) => person !== asker)
  const inCharge = may.filter((post) => post.body === body && post.rank === 1)
  const officers = may.filter(({ role }) => role === 'street')
  const others = (some: readonly Held[]) => some.filter(({ person }) => person !== ofPerson)
  const [first = []] = [others(inCharge), others(officers), inCharge, officers].filter(
    (some) => some.length > 0,
  )
  return [...new Set(first.map(({ person }) => person))]
}
