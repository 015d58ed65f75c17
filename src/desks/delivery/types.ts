import type { Instant } from '../../kernel/clock.ts'
import type { NoteId, PersonId, StreetCode } from '../../kernel/ids.ts'
import type { Says } from '../../kernel/saying.ts'

/**
 * What a page shows anew when it is told so. `contact`: somebody without a page here, whose phone
 * the owner of the matter knows. `requests`: a second person hears of a look beyond reach, or is
 * asked about one. `looks`: the book of somebody has something new.
 */
export type Topic = 'tasks' | 'care' | 'contact' | 'requests' | 'looks'

export type Urgency = 'emergency' | 'usual'

export type { Says } from '../../kernel/saying.ts'

/** In the order in which they are tried. `page`: an open page of the person, told by the stream. */
export const channels = ['page', 'push', 'sms', 'wecom', 'voice'] as const
export type ChannelName = (typeof channels)[number]

/** A note as it climbs. `toldAt`: when this telling of it began. */
export type Note = {
  note: NoteId
  street: StreetCode
  person: PersonId
  topic: Topic
  matter: string
  urgency: Urgency
  says: Says
  toldAt: Instant
  acknowledgedAt: Instant | null
}

/**
 * What became of one try. Nothing of it says that anybody saw anything. `sent`: somebody else took
 * it over. `failed`, `limited`: it may be tried again, not before `retryAt`. `refused`, `gone`: it
 * may not. `none`: the person cannot be reached this way.
 */
export type Result = 'sent' | 'failed' | 'refused' | 'gone' | 'limited' | 'none'

export type Attempt = {
  channel: ChannelName
  n: number
  at: Instant
  result: Result
  retryAt: Instant | null
}
