import { strToU8, zipSync } from 'fflate'
import type { Asker } from '../../../kernel/asker.ts'
import type { Seen } from '../../../kernel/book.ts'
import { dayOf } from '../../../kernel/calendar.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { Output } from '../../../kernel/endpoint.ts'
import { isFault, type Fault } from '../../../kernel/fault.ts'
import type { Given } from '../../../platform/given.ts'
import { purposes } from '../types.ts'
import type * as api from './api.ts'
import { ask } from './asking.ts'
import { readAll, whose, type Known, type PagesOf } from './reading.ts'
import { fields, parts as partsKept, type Fact, type Part } from './types.ts'

/**
 * A copy of everything, made and taken at once. No look: nobody but the person sees it. That it was
 * made stands among their requests.
 */
export async function copyMine(
  given: Given,
  asker: Asker,
  known: Known,
): Promise<Seen<Output<typeof api.copyMine>> | Fault> {
  const whom = await whose(given, asker, known)
  if (isFault(whom)) return whom
  const takenAt = given.clock.now()
  const all = await readAll(given, whom, known)
  await given.db.asOwner((tx) => ask(given, tx, whom, known, { kind: 'copy' }))
  const bytes = archive(all, takenAt, known.pagesOf)
  const name = `lilong-${dayOf(takenAt)}.zip`
  return { answer: { name, base64: Buffer.from(bytes).toString('base64') }, looks: [] }
}

/** `data.json` for programs; pages for people, without script and without anything from outside. */
export function archive(parts: readonly Part[], takenAt: Instant, pagesOf: PagesOf): Uint8Array {
  const pages = pagesOf({ parts, takenAt })
  const files = { ...pages, 'data.json': JSON.stringify(written(parts, takenAt), null, 2) }
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])),
    { level: 6, mtime: new Date(takenAt) },
  )
}

/** Times as ISO 8601, so that another program reads them. */
function written(parts: readonly Part[], takenAt: Instant): object {
  return {
    takenAt: new Date(takenAt).toISOString(),
    parts: parts.map(({ part, rows }) => ({
      ...{ part, purpose: partsKept[part].purpose, basis: purposes[partsKept[part].purpose].basis },
      rows: rows.map((row) => Object.fromEntries(row.map(valueOf))),
    })),
    purposes,
  }
}

function valueOf({ field, value }: Fact): [string, string | number | string[]] {
  switch (fields[field]) {
    case 'time':
      return [field, new Date(Number(value)).toISOString()]
    case 'number':
      return [field, Number(value)]
    case 'choices':
      return [field, value.split(',')]
    default:
      return [field, value]
  }
}
