import type { HomeCode, PersonId, StreetCode } from '../../kernel/ids.ts'

/** How somebody lives in a home. `family`: of its owner. */
export const tenures = ['owner', 'family', 'tenant', 'staff-flat', 'other'] as const
export type Tenure = (typeof tenures)[number]

/** What somebody is to the head of the household. */
export const relations = [
  ...(['head', 'spouse', 'child', 'parent', 'sibling', 'grandchild', 'grandparent'] as const),
  ...(['kin', 'carer', 'flatmate', 'other'] as const),
] as const
export type Relation = (typeof relations)[number]

export type Person = {
  person: PersonId
  street: StreetCode
  name: string
  /** 'YYYY-MM-DD' */
  bornOn: string | null
}

/** So many are registered in one call. */
export const addedMax = 500

export type Resident = Person & { home: HomeCode; livesAlone: boolean }
