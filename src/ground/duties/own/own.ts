import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { partOf, type About, type Part } from '../../privacy/index.ts'
import * as store from './store.ts'

export async function copyOut(_given: Given, tx: Tx, { person }: About): Promise<Part[]> {
  return [
    ...partOf('posts', await store.postsOf(tx, person)),
    ...partOf('own-work', await store.notesOf(tx, person)),
  ]
}

export async function forget(_given: Given, tx: Tx, { person }: About): Promise<number> {
  return store.forget(tx, person)
}
