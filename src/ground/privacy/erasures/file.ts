import { open, readFile, type FileHandle } from 'node:fs/promises'
import { erasureKinds, type Erasure } from '../types.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** A line of ours has some 140 letters. */
const lineBytesMax = 1024

/**
 * Every erasure in the file, in the order of writing; none where there is no file.
 * A last line that a crash cut off is left out: its erasure is in the database, which was first.
 * @throws Error where another line cannot be read: an erasure might be lost unheard.
 */
export async function readErasures(path: string): Promise<Erasure[]> {
  const text = await readFile(path, 'utf8').catch((why: NodeJS.ErrnoException) => {
    if (why.code === 'ENOENT') return ''
    throw why
  })
  const lines = text.split('\n')
  return lines.flatMap((line, at) => {
    if (line === '') return []
    const erasure = erasureFrom(line)
    if (erasure) return [erasure]
    if (at === lines.length - 1) return []
    throw new Error(`${path}:${at + 1} is no erasure`)
  })
}

/** Adds lines and waits until they are on disk. The same erasure twice is the same erasure. */
export async function appendErasures(path: string, erasures: readonly Erasure[]): Promise<void> {
  if (erasures.length === 0) return
  const file = await open(path, 'a+', 0o600)
  try {
    await cutTornLine(file)
    await file.appendFile(erasures.map((one) => `${lineOf(one)}\n`).join(''))
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A line without its end was cut off by a crash, before anybody was told that it is there. */
async function cutTornLine(file: FileHandle): Promise<void> {
  const { size } = await file.stat()
  const tail = Buffer.alloc(Math.min(size, lineBytesMax))
  await file.read(tail, 0, tail.length, size - tail.length)
  const torn = tail.length - (tail.lastIndexOf('\n') + 1)
  if (torn > 0) await file.truncate(size - torn)
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
