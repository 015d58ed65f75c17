import { open, readFile, rename, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Longer than any line that is kept this way: so far back a torn one is looked for. */
const lineBytesMax = 4096

/**
 * A file that only grows, line by line. `torn`: what a crash left of a last line, before anybody
 * was told that it is there; empty where the file ends as it should, or is not there.
 */
export async function readLines(path: string): Promise<{ lines: string[]; torn: string }> {
  const text = await readFile(path, 'utf8').catch((why: NodeJS.ErrnoException) => {
    if (why.code === 'ENOENT') return ''
    throw why
  })
  const lines = text.split('\n')
  const torn = lines.pop() ?? ''
  return { lines, torn }
}

/** Adds lines and waits until they are on disk. A torn one before them is cut off. */
export async function appendLines(path: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return
  const file = await open(path, 'a+', 0o600)
  try {
    await cutTornLine(file)
    await file.appendFile(lines.map((line) => `${line}\n`).join(''))
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The whole file anew, or, where that fails half-way, as it was. */
export async function replaceLines(path: string, lines: readonly string[]): Promise<void> {
  const part = `${path}.part`
  const file = await open(part, 'w', 0o600)
  try {
    await file.writeFile(lines.map((line) => `${line}\n`).join(''))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(part, path)
  const folder = await open(dirname(path), 'r')
  await folder.sync().finally(() => folder.close())
}

/** A line without its end was cut off by a crash, before anybody was told that it is there. */
async function cutTornLine(file: FileHandle): Promise<void> {
  const { size } = await file.stat()
  const tail = Buffer.alloc(Math.min(size, lineBytesMax))
  await file.read(tail, 0, tail.length, size - tail.length)
  const torn = tail.length - (tail.lastIndexOf('\n') + 1)
  if (torn > 0) await file.truncate(size - torn)
}
