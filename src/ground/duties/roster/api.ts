import { Type } from 'typebox'
import {
  closed,
  endpoint,
  everyStaff,
  id,
  instant,
  maybe,
  oneOf,
  rowId,
  text,
} from '../../../kernel/contract.ts'
import { endOfHours, holder, timeOfDay } from '../api.ts'
import { coverDays } from '../types.ts'

/** 'YYYY-MM-DD' */
const day = Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' })

const hours = {
  days: oneOf(coverDays),
  from: timeOfDay,
  to: endOfHours,
  people: Type.Integer({ minimum: 1, maximum: 20 }),
}

/** Each their own body’s; officers those of their street. */
const bodyOrStreet = { ...everyStaff('body'), street: 'street' } as const

/** Which hours a body's roster must fill. Without any the body has no roster. */
export const setCovers = endpoint({
  post: '/duties/covers',
  says: 'Says which hours the roster of a body must fill',
  who: { street: 'street' },
  sees: [],
  why: 'duty',
  input: closed({ body: rowId(), covers: Type.Array(closed(hours), { maxItems: 14 }) }),
  output: closed({ body: rowId() }),
})

/** All or none. A shift that is planned already is kept; one that overlaps another is refused. */
export const planShifts = endpoint({
  post: '/duties/shifts',
  says: 'Plans shifts of one body',
  who: bodyOrStreet,
  sees: [],
  why: 'duty',
  input: closed({
    body: rowId(),
    shifts: Type.Array(closed({ post: id('post'), from: instant(), to: instant() }), {
      minItems: 1,
      maxItems: 200,
    }),
  }),
  output: closed({ planned: Type.Integer(), kept: Type.Integer() }),
})

/** From `from` on, so many weeks. What would be over already is left out. */
export const planWeeks = endpoint({
  post: '/duties/shifts/weeks',
  says: 'Plans the shifts of a body from a pattern of the week',
  who: bodyOrStreet,
  sees: [],
  why: 'duty',
  input: closed({
    body: rowId(),
    from: day,
    weeks: Type.Integer({ minimum: 1, maximum: 8 }),
    pattern: Type.Array(
      closed({
        post: id('post'),
        /** 0 is Sunday. */
        weekdays: Type.Array(Type.Integer({ minimum: 0, maximum: 6 }), {
          minItems: 1,
          maxItems: 7,
        }),
        from: timeOfDay,
        to: endOfHours,
      }),
      { minItems: 1, maxItems: 60 },
    ),
  }),
  output: closed({ planned: Type.Integer(), kept: Type.Integer() }),
})

export const cancelShift = endpoint({
  post: '/duties/shifts/cancel',
  says: 'Takes a shift out of the roster',
  who: bodyOrStreet,
  sees: [],
  why: 'duty',
  input: closed({ shift: rowId() }),
  output: closed({ shift: rowId() }),
})

/** "I am here": from an hour before one's own shift until its end. */
export const takeOver = endpoint({
  post: '/duties/shifts/take-over',
  says: 'Says that the asker has taken over their shift',
  who: bodyOrStreet,
  sees: [],
  why: 'duty',
  input: closed({ shift: rowId() }),
  output: closed({ shift: rowId() }),
})

/** With what the next should know; without a shift it is the word alone. */
export const handOver = endpoint({
  post: '/duties/shifts/hand-over',
  says: 'Hands the asker’s shift over, with a note for the next',
  who: bodyOrStreet,
  sees: [],
  why: 'duty',
  input: closed({ shift: maybe(rowId()), words: text({ max: 1_000 }) }),
  output: closed({ note: maybe(rowId()) }),
})

export const readNote = endpoint({
  post: '/duties/notes/read',
  says: 'Says that the asker has read a note of their body',
  who: bodyOrStreet,
  sees: [],
  why: 'duty',
  input: closed({ note: rowId() }),
  output: closed({ note: rowId() }),
})

/** From now, or from a day ahead. Without a deputy the next in the ladder is asked. */
export const goOnLeave = endpoint({
  post: '/duties/leave',
  says: 'Marks a post as on leave, with a deputy or without',
  who: bodyOrStreet,
  sees: [],
  why: 'duty',
  input: closed({
    post: id('post'),
    from: Type.Optional(instant()),
    until: instant(),
    deputy: Type.Optional(maybe(id('post'))),
  }),
  output: closed({ leave: rowId() }),
})

/** One that runs ends now; one ahead does not come. */
export const endLeave = endpoint({
  post: '/duties/leave/end',
  says: 'Ends a leave now, or cancels it before it begins',
  who: bodyOrStreet,
  sees: [],
  why: 'duty',
  input: closed({ leave: rowId() }),
  output: closed({ leave: rowId() }),
})

const onShift = closed({
  shift: rowId(),
  ...holder,
  from: instant(),
  to: instant(),
  takenOverAt: maybe(instant()),
  handedOverAt: maybe(instant()),
})
const onLeave = closed({
  leave: rowId(),
  ...holder,
  from: instant(),
  to: instant(),
  /** Who stands in. */
  deputy: maybe(closed(holder)),
})
const gap = {
  from: instant(),
  to: instant(),
  /** So many more are needed. */
  missing: Type.Integer(),
}
/** A year whose working days are not announced yet: its hours are not judged. */
const unknownYear = maybe(Type.Integer())

const week = {
  who: bodyOrStreet,
  sees: ['name', 'post'],
  why: 'duty',
  /** One's own body, except an officer. Any day of the week; today's. */
  input: closed({ body: Type.Optional(rowId()), day: Type.Optional(day) }),
  output: closed({
    body: rowId(),
    name: Type.String(),
    mayArrange: Type.Boolean(),
    /** Monday to Sunday. */
    days: Type.Array(closed({ day, kind: maybe(oneOf(['working', 'off'])) })),
    covers: Type.Array(closed(hours)),
    posts: Type.Array(closed({ ...holder, rank: Type.Integer() })),
    shifts: Type.Array(onShift),
    leaves: Type.Array(onLeave),
    gaps: Type.Array(closed(gap)),
    unknownYear,
    now: instant(),
  }),
} as const

export const roster = endpoint({
  get: '/duties/roster',
  says: 'The roster of a body for one week',
  how: 'list',
  ...week,
})

export const rosterOnPaper = endpoint({
  get: '/duties/roster/paper',
  says: 'The roster of a body for one week, to be printed',
  how: 'print',
  ...week,
})

/** What the next has left, newest first: all unread and those of the last day. */
const note = closed({
  note: rowId(),
  ...holder,
  at: instant(),
  words: Type.String(),
  readAt: maybe(instant()),
})

export const myShift = endpoint({
  get: '/duties/my-shift',
  says: 'The asker’s shift now and next, who relieves them, and notes left for them',
  who: bodyOrStreet,
  sees: ['name', 'post'],
  why: 'duty',
  input: closed({}),
  output: closed({
    title: Type.String(),
    unit: Type.String(),
    body: rowId(),
    hasRoster: Type.Boolean(),
    mayArrange: Type.Boolean(),
    onDuty: Type.Boolean(),
    /** In whose place, where the asker stands in for somebody on leave. */
    standsInFor: maybe(closed(holder)),
    shift: maybe(onShift),
    next: maybe(onShift),
    /** Who comes after the shift of now, or after the next one. */
    relief: maybe(closed({ ...holder, from: instant() })),
    leave: maybe(onLeave),
    notes: Type.Array(note),
    now: instant(),
  }),
})

/** To officers of all bodies; to everybody else of their own. */
export const gaps = endpoint({
  get: '/duties/gaps',
  says: 'Hours of the next seven days in which too few are on duty',
  who: bodyOrStreet,
  sees: [],
  why: 'duty',
  input: closed({}),
  output: closed({
    gaps: Type.Array(
      closed({
        body: rowId(),
        name: Type.String(),
        committee: maybe(id('committee')),
        ...gap,
      }),
    ),
    unknownYear,
    now: instant(),
  }),
})
