/** The database's superuser at work on the book, and somebody at work on the file of heads. */
import { proveFileTamperings, proveTamperings } from '../../tests/rig/tamperings.ts'
import { promiseAtLeast, promiseNone } from './report.ts'

export async function proveTampering(count: number, seed: number): Promise<void> {
  const inBook = await proveTamperings(count, seed)
  const says = `by chance from seed ${seed}: edited, deleted, truncated, reordered, replaced, forged`
  promiseAtLeast('tamperings', inBook.tamperings, count, says)
  promiseNone('tamperings_unnoticed', inBook.unnoticed, inBook.tamperings, 'all behind a head')
  const inFile = await proveFileTamperings(count, seed)
  const told = 'a bit turned anywhere, or the end cut off'
  promiseNone('file_tamperings_unnoticed', inFile.unnoticed, inFile.tamperings, told)
}
