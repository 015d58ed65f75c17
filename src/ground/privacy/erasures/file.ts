import { appendLines, readLines } from '../../../platform/lines.ts'
import { erasureKinds, type Erasure } from '../types.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * Every erasure in the file, in the order of writing; none where there is no file.
 * A last line that a crash cut off is left out: its erasure is in the database, which was first.
 * @throws Error where another line cannot be read: an erasure might be lost unheard.
 */
export async function readErasures(path: string): Promise<Erasure[]> {
  const { lines, torn } = await readLines(path)
  const read = lines.flatMap((line, at) => {
    if (line === '') return []
    const erasure = erasureFrom(line)
    if (erasure) return [erasure]
    throw new Error(`${path}:${at + 1} is no erasure`)
  })
  return [...read, ...[erasureFrom(torn) ?? []].flat()]
}

/** Adds lines and waits until they are on disk. The same erasure twice is the same erasure. */
export function appendErasures(path: string, erasures: readonly Erasure[]): Promise<void> {
  return appendLines(path, erasures.map(lineOf))
}

function lineOf({ street, kind, id, at }: Erasure): string {
  return JSON.stringify({ street, kind, id, at: new Date(at).toISOString() })
}

function erasureFrom(line: string): Erasure | undefined {
  try {
    const { street, kind, id, at } = JSON.parse(line) as Record<string, unknown>
    const known = erasureKinds.find((one) => one === kind)
    const instant = typeof at === 'string' ? Date.parse(at) : Number.NaN
    const isSound = /^\d{9}$/.test(String(street)) && uuid.test(String(id))
    if (!known || !isSound || Number.isNaN(instant)) return undefined
    return { street: street as Erasure['street'], kind: known, id: String(id), at: instant }
  } catch {
    return undefined
  }
}
