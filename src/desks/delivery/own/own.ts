import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { partOf, type About, type Part } from '../../../ground/privacy/index.ts'
import * as store from './store.ts'

export async function copyOut(_given: Given, tx: Tx, { person }: About): Promise<Part[]> {
  return [
    ...partOf('messages', await store.messagesTo(tx, person)),
    ...partOf('browsers', await store.browsersOf(tx, person)),
  ]
}

/** No browser of theirs is woken any more, until one asks for it anew. */
export async function forgetBrowsers(_given: Given, tx: Tx, { person }: About): Promise<number> {
  return store.forgetBrowsers(tx, person)
}

export async function forget(_given: Given, tx: Tx, { person }: About): Promise<number> {
  return (await store.forgetBrowsers(tx, person)) + (await store.forgetMessages(tx, person))
}
