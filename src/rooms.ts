/** The rooms in order, floor above floor, left to right: a room leans only on rooms before it. */
export const rooms = [
  'ground/places',
  'ground/rules',
  'ground/privacy',
  'ground/people',
  'ground/duties',
  'desks/delivery',
  'desks/identity',
  'desks/tasks',
  'watch/devices',
  'watch/sensing',
  'watch/scenarios',
  'watch/care',
  'outlook/overview',
  'outlook/demo',
] as const
