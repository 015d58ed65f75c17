/** So many tamperings with the book, one after the other, and which of them the check missed. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkChain, readHeads, type KeptHeads } from '../../src/ground/privacy/chain/index.ts'
import type { Tx } from '../../src/platform/sql.ts'
import { chanceBy } from '../attacks/chance.ts'
import { fillBook, openBook, type TestBook } from './book.ts'
import { tamper } from './tampering.ts'

export type Tamperings = { tamperings: number; unnoticed: string[] }

class RolledBackError extends Error {}

/** Each is rolled back before the next. All links are behind a head of the file. */
export async function proveTamperings(count: number, seed: number): Promise<Tamperings> {
  await using book = await openBook()
  await fillBook(book)
  const file = await readHeads(book.headsFile)
  const chance = chanceBy(seed)
  const unnoticed: string[] = []
  if ((await findingsIn(book, file, async () => undefined)) > 0) unnoticed.push('nothing was done')
  for (let done = 0; done < count; done++) {
    let what = ''
    const found = await findingsIn(book, file, async (tx) => {
      what = await tamper(tx, chance)
    })
    if (found === 0) unnoticed.push(what)
  }
  return { tamperings: count, unnoticed }
}

/** The same of the file of heads: a bit turned anywhere, or its end cut off. */
export async function proveFileTamperings(count: number, seed: number): Promise<Tamperings> {
  await using book = await openBook()
  await fillBook(book)
  const sound = readFileSync(book.headsFile)
  const path = join(book.folder, 'tampered.jsonl')
  const chance = chanceBy(seed)
  const unnoticed: string[] = []
  for (let done = 0; done < count; done++) {
    const at = chance.below(sound.length)
    const bytes = Buffer.from(sound)
    const isCut = chance.isLucky(0.3)
    if (!isCut) bytes.writeUInt8(bytes.readUInt8(at) ^ (1 << chance.below(8)), at)
    writeFileSync(path, isCut ? bytes.subarray(0, at) : bytes)
    const found = await findingsIn(book, await readHeads(path), async () => undefined, true)
    if (found === 0) unnoticed.push(`${isCut ? 'cut' : 'turned'} at byte ${at}`)
  }
  return { tamperings: count, unnoticed }
}

async function findingsIn(
  book: TestBook,
  file: KeptHeads,
  doIt: (tx: Tx) => Promise<void>,
  isFile = false,
): Promise<number> {
  let found = 0
  const work = book.db.asOwner(async (tx) => {
    await doIt(tx)
    const { findings } = await checkChain(tx, { now: book.clock.at, file, witness: null })
    // A link that somebody added would be told to the file a second later: that is no finding.
    found = findings.filter(({ what }) => what !== 'file-behind' || isFile).length
    throw new RolledBackError()
  })
  await work.catch((error: unknown) => {
    if (!(error instanceof RolledBackError)) throw error
  })
  return found
}
