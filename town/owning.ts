/** Who owns the homes of the example street's elders: invented, as all of it is. */
import type { PersonId } from '../src/kernel/ids.ts'
import type * as homes from '../src/ground/people/keeping/api.ts'
import { inParallel, type Call } from './calling.ts'
import { homeIn } from './homes.ts'
import type { PlannedCommittee } from './street.ts'

/** Old flats of Shanghai, in square metres, one after the other. */
const areas = ['48.36', '52.17', '61.05', '57.92', '43.80'] as const
const since = '1998-05-20'

/** Who lives alone owns alone; of the others' homes one half is registered and one is not. */
export async function giveHomes(
  call: Call,
  committees: readonly PlannedCommittee[],
  known: ReadonlyMap<string, PersonId>,
): Promise<void> {
  const elders = committees.flatMap(({ code, elders: old }) =>
    old.map(({ name, livesAlone, ...spot }) => ({ name, livesAlone, home: homeIn(code, spot) })),
  )
  const firsts = [...new Map(elders.map((one) => [one.home, one])).values()]
  const numbered = firsts.map((one, nth) => ({ ...one, area: areas[nth % areas.length] ?? '' }))
  await inParallel(numbered, async ({ name, home, livesAlone, area }) => {
    const person = known.get(name)
    if (!person) return
    const whole = livesAlone ? 1 : 2
    const facts = { kind: 'person', person, firm: null, part: 1, whole } as const
    await call<typeof homes.setOwnership>('/people/ownership', {
      ...{ home, on: since },
      owners: [{ ...facts, isRegistered: true, source: 'register' }],
    })
    await call<typeof homes.setArea>('/people/area', { home, source: 'register', area, since })
  })
}
