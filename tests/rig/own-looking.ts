/** How somebody's own data is looked at by others: at the station, and by who answers them. */
import type { Answer } from './program.ts'
import type { Streets } from './streets.ts'

/** All that the elder has here, in the order in which a copy tells of it. */
const ownFields = [
  ...['name', 'age', 'phone', 'address', 'household', 'account', 'visit-outcome', 'care-plan'],
  ...['contacts', 'consents', 'looks'],
]

type OwnLooking = {
  name: string
  fields: string[]
  matter: 'request' | 'unnamed'
  ask(): Promise<Answer>
}

/** `onRecord`: the worker's request for the elder. */
export function ownDataLooking(
  openTown: () => Streets,
  onRecord: () => Promise<string>,
): OwnLooking[] {
  const wish = { part: 'person', says: '名字写错了' }
  const shown = async () => {
    const { worker, elder } = openTown().a
    await freshlyShown(openTown())
    return { worker, elder, request: await onRecord() }
  }
  return [
    {
      ...{ name: 'privacy.dataOf', fields: ownFields, matter: 'request' },
      ask: async () => {
        const { worker, elder, request } = await shown()
        return worker.get(`/api/privacy/data-of?request=${request}&person=${elder.person}`)
      },
    },
    {
      ...{ name: 'privacy.askOwnFor', fields: ['name'], matter: 'request' },
      ask: async () => {
        const { worker, elder, request } = await shown()
        const asked = { request, person: elder.person, ask: { kind: 'correct', ...wish } }
        return worker.post('/api/privacy/data-of/ask', asked)
      },
    },
    {
      // Asked by the elder themself, and answered in their neighbourhood.
      ...{ name: 'privacy.ownRequests', fields: ['name', 'address'], matter: 'unnamed' },
      ask: async () => {
        const { owner, a } = openTown()
        const open = "select 1 from privacy.own_request where state = 'open'"
        if ((await owner(open)).length === 0) {
          await a.elder.post('/api/privacy/my-data/correct', wish)
        }
        return a.worker.get('/api/privacy/own-requests')
      },
    },
  ]
}

/** The worker has just shown that it is them. */
export async function freshlyShown({ owner, clock, a }: Streets): Promise<void> {
  await owner('update identity.session set stepped_up_until = $2 where person = $1', [
    ...[a.worker.person, new Date(clock.now() + 60_000)],
  ])
}
