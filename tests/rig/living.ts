import {
  settleMs,
  shippedRules,
  type Definition,
  type Leaf,
} from '../../src/watch/scenarios/index.ts'
import type { Streets, WiredDevice } from './streets.ts'

/** What happens in street `a`: devices come and speak, and the program looks. */
export function living(town: Streets) {
  let sequence = 1_000
  return {
    async device(kind: string, place: string): Promise<WiredDevice> {
      const made = await town.ask(town.a.officer.token, 'POST', '/api/devices/add', { kind, place })
      await town.settled()
      return made
    },
    /** One message in the canonical form, now, acknowledged. */
    async says(device: WiredDevice, said: object): Promise<void> {
      const wire = await town.connect(device)
      const payload = { seq: sequence++, at: town.clock.now(), state: 'heartbeat', ...said }
      await wire.publishAsync(device.topic, JSON.stringify(payload), { qos: 1 })
      await wire.endAsync()
    },
    /** A look, and one more when what waited for its order is judged. */
    async look(afterMs = settleMs): Promise<void> {
      await town.program.scenarios.tick()
      town.clock.set({ at: town.clock.now() + afterMs })
      await town.program.scenarios.tick()
      await town.settled()
    },
    tasksOf: (rule: string) =>
      town.owner(
        'select id, kind, subject, state from tasks.task where rule = $1 and street = $2 order by id',
        [rule, town.a.street],
      ),
  }
}
export type Living = ReturnType<typeof living>

export function shipped(rule: string): Definition {
  const found = shippedRules().find(({ definition }) => definition.rule === rule)
  if (!found) throw new Error(`no such rule: ${rule}`)
  return found.definition
}

const standsOpen: Leaf = {
  ...{ is: 'state', signal: { kind: 'door-contact', states: ['open'] }, minutes: 0 },
}

/** The person is asked while their door stands open. A quick signal: it may ask and no more. */
export const askAtTheDoor: Definition = {
  ...shipped('care-habit'),
  ...{ quiet: null, cooldownMinutes: 0, clearsAfterMinutes: 0 },
  when: standsOpen,
  steps: [{ tell: 'person', withinMinutes: 30 }],
}
/** The same rule, which sends somebody by now: to whom did not stir for two days besides. */
export const visitAtTheDoor: Definition = {
  ...askAtTheDoor,
  when: { is: 'all', of: [standsOpen, { is: 'silence', signs: null, minutes: 2_880 }] },
  ...{ act: 'visit', steps: [{ tell: 'worker', withinMinutes: 120 }] },
}

/** All that a home's sensors have to say, so that the home is covered. */
export async function doorOpens(town: Streets, { says, look }: Living): Promise<void> {
  await says(town.a.door, {})
  await says(town.a.motion, {})
  await says(town.a.door, { state: 'open' })
  await look()
}
