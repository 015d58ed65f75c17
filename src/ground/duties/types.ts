import type { Post } from '../../kernel/asker.ts'
import type { Instant } from '../../kernel/clock.ts'
import type { PersonId, PostId } from '../../kernel/ids.ts'

/** A post with who holds it; `rank` 1 is asked first, then the deputies in order. */
export type HeldPost = Post & { person: PersonId; rank: number; leaveUntil: Instant | null }

export type Responsible = { post: PostId; person: PersonId; title: string; unit: string }
