import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { partOf, type About, type Part } from '../../../ground/privacy/index.ts'
import { withdrawAbout } from '../actions.ts'
import { forget as forgetContent } from '../keeping/index.ts'
import * as store from './store.ts'

export async function copyOut(_given: Given, tx: Tx, { person }: About): Promise<Part[]> {
  return [
    ...partOf('visits', await store.tasksAbout(tx, person)),
    ...partOf('own-work', await store.tasksOf(tx, person)),
  ]
}

/** One that is still open is taken back first: nobody may be sent to somebody unknown here. */
export async function forget(given: Given, tx: Tx, { person }: About): Promise<number> {
  const withdrawn = await withdrawAbout(given, tx, person)
  await forgetContent(tx, person)
  return withdrawn + (await store.forgetWork(tx, person))
}
