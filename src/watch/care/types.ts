import type { ConsentId, HomeCode, PersonId, PlanId, StreetCode } from '../../kernel/ids.ts'

export type Contact = { name: string; relation: string; phone: string }

export type Plan = {
  plan: PlanId
  street: StreetCode
  person: PersonId
  home: HomeCode
  consent: ConsentId
  contacts: Contact[]
}
