/** Who may call what, and how far it reaches: every word of the table in ACCESS.md. */

/** In which kind of body a post stands; a village committee's is `committee`. */
export const staffRoles = [
  'committee',
  'street',
  'property',
  'police',
  'clinic',
  'volunteer',
] as const
export type StaffRole = (typeof staffRoles)[number]

/**
 * Who may call. `anyone` needs no session; `account` has proven a telephone and lives nowhere yet;
 * the others come from what the asker is and holds.
 */
export const roles = ['anyone', 'account', 'resident', ...staffRoles, 'operator'] as const
export type Role = (typeof roles)[number]

/**
 * How far a role reaches with a call: scope (the tree of places) or relation. An object beyond it
 * is answered as one that does not exist.
 */
export const reaches = [
  /** Nothing of anybody: reference data, or the asker says all of it. */
  'open',
  /** The asker: own data, own account, own devices. */
  'own',
  /** The home that the asker lives in, or owns. */
  'home',
  /** A task that the asker holds, was told of or may take. */
  'task',
  /** A matter on record that the asker opened: a request, within its term. */
  'request',
  /** The body in which the asker has a post. */
  'body',
  /** The asker's committee, with all below it. */
  'committee',
  /** The asker's street, with all below it. */
  'street',
  /** Numbers only, of the asker's street and above. */
  'counts',
  /** The whole installation. */
  'city',
] as const
export type Reach = (typeof reaches)[number]

/** One row of the table: which roles may call, and how far each reaches. */
export type Who = Readonly<Partial<Record<Role, Reach>>>

export function everyStaff<const R extends Reach>(reach: R): Record<StaffRole, R> {
  return {
    ...{ committee: reach, street: reach, property: reach },
    ...{ police: reach, clinic: reach, volunteer: reach },
  }
}

export function mayCall(who: Who, held: readonly Role[]): boolean {
  return held.some((role) => who[role] !== undefined)
}

/**
 * How sure it is who somebody is. Each includes the one before it. `visitor`: nobody has signed in.
 */
export const levels = ['visitor', 'phone', 'resident', 'owner'] as const
export type Level = (typeof levels)[number]

export function reachesLevel(held: Level, demanded: Level): boolean {
  return levels.indexOf(held) >= levels.indexOf(demanded)
}
