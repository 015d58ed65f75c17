import type { Look } from '../../../kernel/book.ts'
import type { PostId, StreetCode } from '../../../kernel/ids.ts'
import type { Tx } from '../../../platform/sql.ts'
import { namesOf } from '../../people/index.ts'
import type { HeldPost } from '../types.ts'

export type Holder = { post: PostId; title: string; unit: string; name: string }

/** Posts with the names of who holds them. One that is held no more has neither title nor name. */
export async function holdersOf(
  tx: Tx,
  posts: readonly HeldPost[],
): Promise<(post: PostId) => Holder> {
  const byId = new Map(posts.map((post) => [post.id, post]))
  const names = await namesOf(tx, [...new Set(posts.map(({ person }) => person))])
  return (post) => {
    const held = byId.get(post)
    const name = (held && names.get(held.person)) ?? ''
    return { post, title: held?.title ?? '', unit: held?.unit ?? '', name }
  }
}

/** Whoever reads who holds a post has looked at each of them. */
export function looksAt(street: StreetCode, posts: readonly HeldPost[]): Look[] {
  const people = [...new Set(posts.map(({ person }) => person))]
  const matter = { kind: 'operation', id: null, label: 'roster' } as const
  return people.map((person) => ({ street, person, fields: ['name', 'post'], matter }))
}
