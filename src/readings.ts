import type { Given } from './platform/given.ts'
import type { Reading } from './platform/metrics.ts'
import type { Tx } from './platform/sql.ts'
import { fellThroughByStreet, openByStreet } from './desks/tasks/index.ts'
import type { Scenarios } from './watch/scenarios/index.ts'
import type { Sensing } from './watch/sensing/index.ts'

type Rooms = { given: Given; sensing: Sensing; scenarios: Scenarios }

/** What the program and its work look like in figures, of nobody. */
export function readingsOf(
  { given, sensing: ear, scenarios: judge }: Rooms,
  pages: { mqttConnected(): number; pagesConnected(): number },
): Reading[] {
  const { counts } = ear.intake
  const streets = (read: (tx: Tx) => Promise<ReadonlyMap<string, number>>) => () =>
    given.db.asOwner(read)
  return [
    {
      name: 'lilong_mqtt_clients',
      help: 'Devices and gateways connected',
      read: () => pages.mqttConnected(),
    },
    {
      name: 'lilong_pages',
      help: 'Pages with a live stream',
      read: () => pages.pagesConnected(),
    },
    {
      name: 'lilong_messages_acknowledged',
      help: 'Messages acknowledged since the start',
      read: () => counts.acknowledged,
    },
    {
      name: 'lilong_messages_refused',
      help: 'Messages refused since the start',
      read: () => counts.refused,
    },
    { name: 'lilong_plans', help: 'Agreed plans that are judged', read: () => judge.plans.size },
    {
      name: 'lilong_tasks_open',
      help: 'Open tasks, by street',
      label: 'street',
      read: streets((tx) => openByStreet(tx)),
    },
    {
      name: 'lilong_tasks_fell_through',
      help: 'Open tasks without an owner or not escalated in time, at the last look, by street',
      label: 'street',
      read: streets((tx) => fellThroughByStreet(tx)),
    },
  ]
}
