/** The code of a planned home, in the first compound of its neighbourhood. */
import type { HomeCode } from '../src/kernel/ids.ts'
import type { PlannedCommittee } from './street.ts'

export function homeIn(
  committee: PlannedCommittee['code'],
  { stair, room }: { stair: string; room: string },
): HomeCode {
  return `${committee}-01-${stair}-${room}` as HomeCode
}
