import { toString as qrText } from 'qrcode'
import type { Asker } from '../../../kernel/asker.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { PlaceCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import { newSecret } from '../../../platform/ids.ts'
import { digest } from '../../../platform/secrets.ts'
import type { Tx } from '../../../platform/sql.ts'
import type * as api from '../api.ts'
import { placesOf } from '../store.ts'
import * as store from './store.ts'

/** A stair's or a home's: its code has four parts or three. */
const doorParts = 3
/** Quartile correction: what hangs at a door is scratched and gets dirty. */
const drawn = { type: 'svg', errorCorrectionLevel: 'Q', margin: 2 } as const

/** Shown once, to be printed or written on an NFC tag: only its digest is kept. */
export async function issueTag(
  given: Given,
  asker: Asker,
  { place }: Input<typeof api.issueTag>,
  publicUrl: string,
): Promise<Output<typeof api.issueTag> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { street, post } = asker
  const isTheirs = place.startsWith(post.role === 'committee' ? `${post.committee}-` : street)
  if (!isTheirs) return fault('not-found', 'place')
  if (place.split('-').length < doorParts) return fault('bad-input', 'place')
  const tag = newSecret()
  const url = new URL(`/t/${tag}`, publicUrl).href
  const svg = await qrText(url, drawn)
  return given.db.inStreet({ street }, async (tx) => {
    if ((await placesOf(tx, [place])).length === 0) return fault('not-found', 'place')
    const row = { street, id: given.newId<string>(), place, digest: digestOf(tag) }
    await store.setTag(tx, row, given.clock.now())
    return { tag, url, svg }
  })
}

/** Which door a tag stands at; nothing for one that was replaced. */
export async function placeOfTag(tx: Tx, tag: string): Promise<PlaceCode | undefined> {
  return store.tagged(tx, digestOf(tag))
}

export async function openTag(
  given: Given,
  asker: Asker,
  { tag }: Input<typeof api.openTag>,
): Promise<Output<typeof api.openTag> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  return given.db.inStreet(asker, async (tx) => {
    const code = await placeOfTag(tx, tag)
    const [place] = code ? await placesOf(tx, [code]) : []
    return place ? { place } : fault('not-found', 'tag')
  })
}

function digestOf(tag: string): string {
  return digest(tag).toString('base64url')
}
