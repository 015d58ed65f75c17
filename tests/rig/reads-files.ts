/** What leaves as a file: registers as tables of both kinds. */
import { exportReasons } from '../../src/ground/people/exporting/types.ts'
import { fileFormats, importKinds } from '../../src/ground/people/importing/types.ts'
import { checked, noReads, type Booked, type Known, type Reads } from './reads.ts'
import type { World } from './world.ts'

/** Every register, for every reason, as every kind of file, by who may ask for one. */
export async function walkFiles(
  { town }: World,
  book: Booked,
  known: readonly Known[],
): Promise<Reads> {
  const reads = noReads()
  const { officer, worker } = town.a
  for (const [role, { person, post }] of Object.entries({ officer, worker })) {
    for (const kind of importKinds) {
      for (const reason of exportReasons) {
        const asked = await post('/api/people/exports', { kind, reason })
        for (const format of asked.status === 200 ? fileFormats : []) {
          const read = { what: `${kind} as ${format}`, by: role, self: person }
          const file = { export: asked.body.export, format }
          const found = await checked(book, known, read, async () => {
            const { status, body } = await post('/api/people/exports/fetch', file)
            if (status === 200) reads.checked++
            return JSON.stringify(body)
          })
          reads.told += found.told
          reads.unbooked.push(...found.unbooked)
        }
      }
    }
  }
  return reads
}
