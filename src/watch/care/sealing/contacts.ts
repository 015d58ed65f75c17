import type { Given } from '../../../platform/given.ts'
import type { Contact } from '../types.ts'

/** As it is kept: base64, and the id of the key. */
export type SealedPhone = { sealed: string; key: string }
export type KeptContact = Omit<Contact, 'phone'> & { phone: SealedPhone | string }

type Sealing = Pick<Given, 'seal'>

const cellOf = (person: string) => `care.contact:${person}`

export function sealContact({ seal }: Sealing, person: string, contact: Contact): KeptContact {
  const { sealed, key } = seal.close(cellOf(person), contact.phone)
  return { ...contact, phone: { sealed: sealed.toString('base64'), key } }
}

export function sealContacts(
  given: Sealing,
  person: string,
  contacts: readonly Contact[],
): KeptContact[] {
  return contacts.map((one) => sealContact(given, person, one))
}

/** What an older version kept in clear is read as it is, until the next start seals it. */
export function openContact({ seal }: Sealing, person: string, kept: unknown): Contact {
  const { phone, ...contact } = kept as KeptContact
  if (typeof phone === 'string') return { ...contact, phone }
  const { sealed, key } = phone
  return { ...contact, phone: seal.open(cellOf(person), Buffer.from(sealed, 'base64'), key) }
}

export function openContacts(given: Sealing, person: string, kept: unknown): Contact[] {
  return (kept as unknown[]).map((one) => openContact(given, person, one))
}
