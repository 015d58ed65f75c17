import type {
  CommitteeCode,
  ConsentId,
  DeviceId,
  GatewayId,
  HomeCode,
  PersonId,
  PlaceCode,
  PostId,
  StreetCode,
  TaskId,
} from './ids.ts'
import type { Instant } from './clock.ts'
import type { Purpose } from './purpose.ts'

/**
 * How a visit, a look or a repair ended: what a person found. The closed list that scores a rule.
 * `refused`: the occupant did not let anybody in. That says nothing of anybody.
 */
export const outcomes = [
  'fine',
  'needed-help',
  'away',
  'sensor-fault',
  'wrong-home',
  'hazard-real',
  'hazard-false',
  'refused',
] as const
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
      purpose: Purpose
      person: PersonId
      home: HomeCode
    }
  | {
      name: 'privacy.consent-ended'
      street: StreetCode
      consent: ConsentId
      purpose: Purpose
      person: PersonId
      home: HomeCode
    }
  /** A street switched a sensitive purpose on or off. */
  | {
      name: 'privacy.purpose-switched'
      street: StreetCode
      purpose: Purpose
      isOn: boolean
    }
  /** What somebody asked about their own data was answered: they hear of it. */
  | {
      name: 'privacy.own-request-decided'
      street: StreetCode
      request: string
      person: PersonId
    }
  /** All that no term holds was erased of somebody; ids alone stay, against restored backups. */
  | { name: 'privacy.person-erased'; street: StreetCode; person: PersonId }
  /** Somebody closed their account; by `ids` a restored backup closes it again. */
  | {
      name: 'privacy.account-closed'
      street: StreetCode
      person: PersonId
      ids: readonly string[]
    }
  /** Somebody looks beyond their reach, in an emergency: a second person hears of it at once. */
  | { name: 'privacy.glass-broken'; street: StreetCode; request: string; by: PersonId }
  /** Somebody asked why they were looked at: whoever has to answer hears of it. */
  | {
      name: 'privacy.question-asked'
      street: StreetCode
      question: string
      told: readonly PersonId[]
    }
  /** It was answered: whoever asked hears of it, and nobody is reminded any more. */
  | {
      name: 'privacy.question-answered'
      street: StreetCode
      question: string
      look: string
      person: PersonId
    }
  /** A reviewer found a look of this post not right: whoever is in charge of it hears of it. */
  | { name: 'privacy.look-wrong'; street: StreetCode; review: string; post: PostId }
  | {
      name: 'devices.changed'
      street: StreetCode
      source: DeviceId | GatewayId
      place: PlaceCode
      before: PlaceCode | null
    }
  /** Hours ahead in which too few of a body are on duty; told once. */
  | {
      name: 'duties.gap-found'
      street: StreetCode
      body: string
      /** The committee's, or the street where the body serves all of it. */
      place: CommitteeCode | StreetCode
      from: Instant
      to: Instant
      /** So many more are needed. */
      missing: number
    }
  /** Another post may open who reported something: told to whoever holds it, and who held it. */
  | { name: 'duties.keeper-named'; street: StreetCode; naming: string; told: readonly PersonId[] }
  /** A post reviews looks from now on, or does no more: told to whoever holds it. */
  | { name: 'duties.reviewer-named'; street: StreetCode; naming: string; told: readonly PersonId[] }
  | { name: 'scenarios.watch-changed'; street: StreetCode; subject: string }
  | { name: 'scenarios.rules-changed'; street: StreetCode; rule: string }
  /** A rule wants to know of the person first. `question` is the finding's id: told twice is once. */
  | {
      name: 'scenarios.person-asked'
      street: StreetCode
      question: string
      /** The plan. */
      subject: string
      /** Under which agreement the rule asks. */
      purpose: 'agreed-care' | 'wandering-guard'
      rule: string
      ruleVersion: number
      until: Instant
      /** Somebody is sent when nobody answers: told at any hour. */
      isUrgent: boolean
    }
  /** The person did not answer in time: the contacts whom they chose are asked. */
  | {
      name: 'scenarios.contact-asked'
      street: StreetCode
      question: string
      subject: string
      purpose: 'agreed-care' | 'wandering-guard'
      rule: string
      ruleVersion: number
      until: Instant
      isUrgent: boolean
      /** Nobody is sent after them. */
      isLast: boolean
    }
  /** What was asked needs no answer any more: there was a sign, or somebody was sent. */
  | { name: 'scenarios.question-dropped'; street: StreetCode; question: string }
  /**
   * The person is well, and said so, or a contact did: a human answer. The clock of their silence
   * starts anew. `question`: the finding's id; the task's, where somebody was sent already.
   */
  | {
      name: 'care.answered'
      street: StreetCode
      question: string
      subject: string
      home: HomeCode
      rule: string
      ruleVersion: number
      at: Instant
    }
  /** Nobody answered until `at`. It says nothing of anybody; the next one is told. */
  | {
      name: 'care.unanswered'
      street: StreetCode
      question: string
      subject: string
      home: HomeCode
      rule: string
      ruleVersion: number
      at: Instant
    }
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
