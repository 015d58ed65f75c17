import type { HomeCode, PersonId, StreetCode } from '../../kernel/ids.ts'

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
