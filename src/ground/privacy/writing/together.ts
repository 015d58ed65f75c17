import { setTimeout as pause } from 'node:timers/promises'
import type { Book, WrittenLook } from '../../../kernel/book.ts'
import type { StreetCode } from '../../../kernel/ids.ts'

/** Writes looks at people of one street, all or none. */
type Write = (street: StreetCode, looks: readonly WrittenLook[]) => Promise<void>
type Waiting = { looks: readonly WrittenLook[]; done: PromiseWithResolvers<void> }

/** An export alone may be more; it is written by itself. */
const looksAtOnce = 1_000
/** Between two commits; a third of what the book costs was commits of a look or two (measured). */
const aMoment = () => pause(5)

/**
 * While looks at people of a street are being written, and for a moment after, those of other calls
 * wait, and are written together next: one commit for all of them. Otherwise nothing waits, and
 * each call is told of its own looks only when they are in the book.
 */
export function together(write: Write, rest: () => Promise<unknown> = aMoment): Book {
  const lines = new Map<StreetCode, Waiting[]>()
  const drain = async (street: StreetCode, line: Waiting[]) => {
    while (line.length > 0) {
      await writeOut(write, street, taken(line))
      await rest()
    }
    lines.delete(street)
  }
  const add = (street: StreetCode, looks: readonly WrittenLook[]): Promise<void> => {
    const waiting = { looks, done: Promise.withResolvers<void>() }
    const line = lines.get(street)
    if (line) line.push(waiting)
    else {
      const first = [waiting]
      lines.set(street, first)
      void drain(street, first)
    }
    return waiting.done.promise
  }
  return {
    async write(looks) {
      for (const [street, ours] of Map.groupBy(looks, (look) => look.street)) {
        await add(street, ours)
      }
    },
  }
}

/** The first ones, as many as are written at once. */
function taken(line: Waiting[]): Waiting[] {
  let count = 0
  const isOver = line.findIndex(({ looks }, at) => (count += looks.length) > looksAtOnce && at > 0)
  return line.splice(0, isOver === -1 ? line.length : isOver)
}

/** Where one of them cannot be written the others are, each by itself. */
async function writeOut(write: Write, street: StreetCode, all: readonly Waiting[]): Promise<void> {
  const failed = await write(
    street,
    all.flatMap(({ looks }) => looks),
  ).then(
    () => undefined,
    (why: unknown) => ({ why }),
  )
  for (const each of all) {
    const { done } = each
    if (!failed) done.resolve()
    else if (all.length === 1) done.reject(failed.why)
    else await writeOut(write, street, [each])
  }
}
