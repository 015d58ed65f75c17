import type { Instant } from '../../../kernel/clock.ts'
import type { HomeCode, PersonId, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import * as store from './store.ts'
import type { Relation, Tenure } from './types.ts'

export type MovedIn = {
  person: PersonId
  home: HomeCode
  livesAlone: boolean
  tenure: Tenure | null
  relation: Relation | null
  /** One that is there; `new`: a second one in the same home; null: the first that is there. */
  household: string | null
  fromAt: Instant
  /** Where they moved out again: of what was imported as past. */
  toAt: Instant | null
}

/**
 * Each person lives in a home from then on, in a household of it. Whoever says no household joins
 * the one that is there. The words to search them by are for the caller to renew.
 */
export async function moveIn(
  given: Given,
  tx: Tx,
  street: StreetCode,
  moved: readonly MovedIn[],
): Promise<void> {
  if (moved.length === 0) return
  const homes = [...new Set(moved.map(({ home }) => home))]
  const open = await store.openHouseholds(tx, homes)
  const made: Parameters<typeof store.addHouseholds>[2][number][] = []
  const begin = (home: HomeCode, fromAt: Instant) => {
    const id = given.newId<string>()
    made.push({ id, home, fromAt })
    return id
  }
  const named = new Map<string, string>()
  const householdOf = ({ home, household, fromAt }: MovedIn): string => {
    if (household === 'new') return begin(home, fromAt)
    if (household !== null) return household
    const known = open.get(home) ?? named.get(home) ?? begin(home, fromAt)
    named.set(home, known)
    return known
  }
  const rows = moved.map((one) => ({ ...one, household: householdOf(one) }))
  await store.addHouseholds(tx, street, made)
  await store.addDwellings(tx, street, rows)
}

/** The homes of these that they lived in until then; an empty household ends, too. */
export async function moveOut(
  tx: Tx,
  person: PersonId,
  homes: readonly HomeCode[],
  at: Instant,
): Promise<HomeCode[]> {
  return store.endDwellings(tx, person, homes, at)
}
