import { createHash } from 'node:crypto'
import { toldHeadFrom, type ToldHead } from '../../../kernel/head.ts'
import { appendLines, readLines, replaceLines } from '../../../platform/lines.ts'

/** What a file of heads holds. `faults`: numbers of the lines that nobody can have written so. */
export type KeptHeads = { lines: ToldHead[]; faults: number[] }

/**
 * Every line, strictly: one that is not, letter for letter, as it would be written is a fault. So
 * is a last line without its end.
 */
export async function readHeads(path: string): Promise<KeptHeads> {
  const { lines, torn } = await readLines(path)
  return headsIn(torn === '' ? lines : [...lines, torn], torn !== '')
}

export function headsIn(texts: readonly string[], isTorn = false): KeptHeads {
  const kept: KeptHeads = { lines: [], faults: [] }
  for (const [at, text] of texts.entries()) {
    const line = isTorn && at === texts.length - 1 ? undefined : headFrom(text)
    if (line) kept.lines.push(line)
    else kept.faults.push(at + 1)
  }
  return kept
}

/** Adds a line and waits until it is on disk. */
export function appendHead(path: string, line: ToldHead): Promise<void> {
  return appendLines(path, [lineOf(line)])
}

/**
 * Of old lines one an hour stays: each newer one stands for all before it. A restore stays, and
 * what nobody can have written so. Answers how many lines are left.
 */
export async function thinHeads(path: string, newestKept: number): Promise<number> {
  const { lines } = await readLines(path)
  const hourOf = (text: string | undefined) => headFrom(text ?? '')?.at.slice(0, 13)
  const kept = lines.filter((text, at) => {
    const line = headFrom(text)
    if (!line || line.restored || at >= lines.length - newestKept) return true
    return hourOf(lines[at + 1]) !== hourOf(text)
  })
  if (kept.length < lines.length) await replaceLines(path, kept)
  return kept.length
}

function lineOf({ number, head, at, restored }: ToldHead): string {
  const words = { number, head, at, restored }
  return JSON.stringify({ ...words, sum: sumOf(words) })
}

/** Against chance alone: a bit that turned on the disk. Against people there is the chain. */
function sumOf(words: ToldHead): string {
  return createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, 16)
}

function headFrom(text: string): ToldHead | undefined {
  try {
    const line = toldHeadFrom(JSON.parse(text))
    return line && lineOf(line) === text ? line : undefined
  } catch {
    return undefined
  }
}
