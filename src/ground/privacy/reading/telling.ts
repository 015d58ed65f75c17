import type { WrittenLook } from '../../../kernel/book.ts'
import { nudgeSoon } from '../../../platform/live.ts'
import type { Tx } from '../../../platform/sql.ts'

/**
 * At commit the open pages of whoever was looked at ask again, within a second and once for all
 * looks of it. What is shown later tells nobody now; and reading the book in somebody's name would
 * tell the very page that reads it.
 */
export function tellWhomItIsAbout(tx: Tx, looks: readonly WrittenLook[]): void {
  const shown = looks.filter(({ at, by, fields, shownFrom }) => {
    const isReading = by.kind === 'helper' && fields.every((field) => field === 'looks')
    return !isReading && (shownFrom ?? at) <= at
  })
  nudgeSoon(
    tx,
    shown.map(({ person }) => ({ person, topic: 'looks' })),
  )
}
