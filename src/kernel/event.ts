import type {
  CommitteeCode,
  ConsentId,
  DeviceId,
  GatewayId,
  HomeCode,
  PersonId,
  PlaceCode,
  StreetCode,
  TaskId,
} from './ids.ts'
import type { Instant } from './clock.ts'

/** How a visit or a repair ended: what a person found. The closed list that scores a rule. */
export const outcomes = ['fine', 'needed-help', 'away', 'sensor-fault', 'wrong-home'] as const
export type Outcome = (typeof outcomes)[number]

/**
 * Everything a room tells. Owner first, past tense. An event is written in the transaction that
 * made it true and reaches each listener at least once.
 */
export type Event =
  | {
      name: 'privacy.consent-given'
      street: StreetCode
      consent: ConsentId
      person: PersonId
      home: HomeCode
    }
  | {
      name: 'privacy.consent-ended'
      street: StreetCode
      consent: ConsentId
      person: PersonId
      home: HomeCode
    }
  | {
      name: 'devices.changed'
      street: StreetCode
      source: DeviceId | GatewayId
      place: PlaceCode
      before: PlaceCode | null
    }
  | { name: 'scenarios.watch-changed'; street: StreetCode; subject: string }
  | {
      name: 'tasks.closed'
      street: StreetCode
      task: TaskId
      rule: string
      ruleVersion: number
      subject: string
      committee: CommitteeCode
      outcome: Outcome
      at: Instant
    }

export type EventName = Event['name']
export type EventOf<Name extends EventName> = Extract<Event, { name: Name }>
