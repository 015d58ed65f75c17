/**
 * What somebody is needed for. `care-offer`: a visit at 80 that asks how they wish to be looked
 * after. `roster-gap`: hours ahead in which nobody is on duty.
 */
export const matters = [
  'care-visit',
  'care-offer',
  'device-repair',
  'hazard',
  'home-check',
  'roster-gap',
] as const
export type Matter = (typeof matters)[number]

/** Who can be asked for a matter: in what capacity, never which person. */
export const capacities = [
  'worker',
  'duty-officer',
  'property',
  'volunteer',
  'police',
  'doctor',
] as const
export type Capacity = (typeof capacities)[number]
