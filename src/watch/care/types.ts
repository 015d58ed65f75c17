import type { ConsentId, HomeCode, PersonId, PlanId, StreetCode } from '../../kernel/ids.ts'

/**
 * How somebody wishes to be looked after: calls alone, and no rule judges any sensor; sensors; or
 * sensors and a contact who has the key.
 */
export const ways = ['call', 'sensor', 'key-holder'] as const
export type Way = (typeof ways)[number]

/** Signed on paper and written down by a post, which is worth the same. 'YYYY-MM-DD'. */
export type Paper = { signedOn: string; title: string; unit: string }

/** `callsMe`: how this contact knows the person; nothing said: the given name. */
export type Contact = {
  name: string
  relation: string
  phone: string
  callsMe?: string
  hasKey?: boolean
}

export type Plan = {
  plan: PlanId
  street: StreetCode
  person: PersonId
  home: HomeCode
  consent: ConsentId
  contacts: Contact[]
  way: Way
  paper: Paper | null
}

/** To a rule's question. `unreached` is a contact's: they tried, and had no answer. */
export const answers = ['fine', 'help', 'unreached'] as const
export type Answer = (typeof answers)[number]
