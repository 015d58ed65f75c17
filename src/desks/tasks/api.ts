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
} from '../../kernel/contract.ts'
import { outcomes } from '../../kernel/event.ts'
import { maybePlace } from '../../ground/places/api.ts'
import {
  acts,
  deadlineKinds,
  kinds,
  ownActs,
  parts,
  signalsMax,
  states,
  urgencies,
  photoBase64Max,
  photoForms,
  reportable,
  reportsMax,
} from './types.ts'

/** What the finding says in numbers; every text is made of them by the page, in its language. */
const facts = closed({
  since: maybe(instant()),
  silentMs: maybe(Type.Integer()),
  gapMs: maybe(Type.Integer()),
  gaps: Type.Array(closed({ from: instant(), to: instant() }), { maxItems: 64 }),
  devices: Type.Array(closed({ device: id('device'), kind: Type.String() }), { maxItems: 200 }),
  gateway: maybe(Type.String()),
  heardAt: maybe(instant()),
  /** What was heard where, oldest first; `count` says how much in all. */
  signals: Type.Optional(
    Type.Array(
      closed({
        device: id('device'),
        kind: Type.String(),
        state: Type.String(),
        value: maybe(Type.Integer()),
        at: instant(),
      }),
      { maxItems: signalsMax },
    ),
  ),
  count: Type.Optional(Type.Integer()),
  lead: Type.Optional(
    closed({ days: Type.Integer(), ofDays: Type.Integer(), peers: Type.Integer() }),
  ),
  /** Who was asked before and did not answer; who said that help is needed. */
  asked: Type.Optional(Type.Array(oneOf(['person', 'contact']), { maxItems: 2 })),
  help: Type.Optional(oneOf(['person', 'contact'])),
})

/** A colleague: the post, and the name that the post has. */
const colleague = { title: Type.String(), unit: Type.String(), name: maybe(Type.String()) }

const row = {
  task: id('task'),
  kind: oneOf(kinds),
  urgency: oneOf(urgencies),
  state: oneOf(states),
  place: maybePlace,
  openedAt: instant(),
  acknowledgeBy: instant(),
  dueAt: instant(),
  dueKind: oneOf(deadlineKinds),
  rule: Type.String(),
  ruleVersion: Type.Integer(),
  facts,
  /** What the asker is to it. Whoever was told sees it and may take it. */
  part: oneOf(parts),
  /** Who is on it. */
  responsible: closed(colleague),
  /** Which of how many tiers is asked now, and when the program goes on to the next. */
  tier: Type.Integer(),
  tiers: Type.Integer(),
  nextAt: maybe(instant()),
  /** Offered to a colleague, who has until then. */
  offer: maybe(closed({ isMine: Type.Boolean(), until: instant(), reason: maybe(Type.String()) })),
  /** What the asker may do next, the usual one first. Empty when nothing is theirs to do. */
  next: Type.Array(oneOf(acts)),
  /** What else the asker may do: about who does it. */
  may: Type.Array(oneOf(acts)),
  note: maybe(id('note')),
}

/** Mine and those that I was told of, by deadline. */
export const myTasks = endpoint({
  get: '/tasks/mine',
  says: 'The open tasks that the asker is concerned in, by deadline',
  who: everyStaff('task'),
  sees: ['address', 'last-seen', 'name', 'post'],
  why: 'task',
  how: 'list',
  input: closed({}),
  output: closed({
    tasks: Type.Array(closed(row), { maxItems: 500 }),
    closedToday: Type.Integer(),
    now: instant(),
  }),
})

export const oneTask = endpoint({
  get: '/tasks/one',
  says: 'One task that the asker is concerned in, with its history',
  who: everyStaff('task'),
  sees: ['address', 'last-seen', 'visit-outcome', 'name', 'post'],
  why: 'task',
  input: closed({ task: id('task') }),
  output: closed({
    ...row,
    /** Everybody else who was told, and what they are to it. */
    others: Type.Array(closed({ ...colleague, part: oneOf(parts) }), { maxItems: 100 }),
    /** What can be found in such a task, in the order of its form. */
    offers: Type.Array(oneOf(outcomes)),
    outcome: maybe(oneOf(outcomes)),
    words: maybe(Type.String()),
    log: Type.Array(
      closed({
        /** When it was heard here. */
        at: instant(),
        /** When it was done, where it had to wait for a network. */
        doneAt: maybe(instant()),
        act: oneOf([...ownActs, ...acts]),
        state: oneOf(states),
        title: maybe(Type.String()),
        unit: maybe(Type.String()),
        /** Whom it turned to. */
        to: maybe(closed({ title: Type.String(), unit: Type.String() })),
        outcome: maybe(oneOf(outcomes)),
        words: maybe(Type.String()),
        /** By the tag at the door. */
        isProven: Type.Boolean(),
      }),
    ),
    /** A resident reported it: what, and in which words. Never who. */
    reported: maybe(
      closed({
        what: oneOf(reportable),
        words: Type.Array(Type.String(), { maxItems: reportsMax }),
        /** The asker's is the one post that may open who it was. */
        mayOpen: Type.Boolean(),
      }),
    ),
    mayPhotograph: Type.Boolean(),
    photos: Type.Array(closed({ photo: rowId(), takenAt: instant(), says: Type.String() })),
    now: instant(),
  }),
})

/**
 * One step of a task. `from` is the state the asker saw: if it moved on, nothing is done. `key` is
 * the sender's own number: what is sent twice is done once.
 */
export const act = endpoint({
  post: '/tasks/act',
  says: 'Acknowledges, sets out, arrives, finds, closes; takes, hands over, helps, dispatches',
  who: { ...everyStaff('task'), street: 'street' },
  sees: [],
  why: 'task',
  input: closed({
    task: id('task'),
    act: oneOf(acts),
    from: oneOf(states),
    outcome: Type.Optional(oneOf(outcomes)),
    words: Type.Optional(text({ max: 200 })),
    /** A colleague's post: for `hand-over`, `ask-help` and `dispatch`. */
    to: Type.Optional(id('post')),
    /** Though somebody else is on the way. */
    anyway: Type.Optional(Type.Boolean()),
    key: Type.Optional(rowId()),
    /** When it was done, where it could not be sent at once. */
    doneAt: Type.Optional(instant()),
  }),
  output: closed({ state: oneOf(states) }),
})

export const acknowledgeAll = endpoint({
  post: '/tasks/acknowledge',
  says: 'Acknowledges up to fifty tasks of the asker at once',
  who: everyStaff('task'),
  sees: [],
  why: 'task',
  input: closed({ tasks: Type.Array(id('task'), { minItems: 1, maxItems: 50 }) }),
  /** `missed`: moved on meanwhile, or not the asker's. */
  output: closed({ acknowledged: Type.Array(id('task')), missed: Type.Array(id('task')) }),
})

/** The tag at a home's or stair's door says "I am here"; nothing follows anybody around. */
export const arriveByTag = endpoint({
  post: '/tasks/arrive',
  says: 'Says by the tag at a door that the asker has arrived for their tasks there',
  who: everyStaff('street'),
  sees: [],
  why: 'task',
  input: closed({ tag: Type.String({ pattern: '^[A-Za-z0-9_-]{16,64}$', maxLength: 64 }) }),
  output: closed({
    place: maybePlace,
    tasks: Type.Array(closed({ task: id('task'), state: oneOf(states) })),
  }),
})

/** Whom the asker can hand a task to, or ask to help. */
export const candidates = endpoint({
  get: '/tasks/candidates',
  says: 'The colleagues to whom the asker can turn with a task of theirs',
  who: everyStaff('task'),
  sees: ['name', 'post'],
  why: 'task',
  how: 'list',
  input: closed({ task: id('task') }),
  output: closed({
    posts: Type.Array(
      closed({
        post: id('post'),
        ...colleague,
        part: maybe(oneOf(parts)),
        isOnDuty: Type.Boolean(),
        isThere: Type.Boolean(),
        open: Type.Integer(),
      }),
      { maxItems: 100 },
    ),
  }),
})

/** Who is there and on what: what kind of matter and how far, never where or about whom. */
export const colleagues = endpoint({
  get: '/tasks/colleagues',
  says: 'The colleagues of the asker’s own body, or of a committee for officers, and on what',
  who: { ...everyStaff('task'), street: 'street' },
  sees: ['name', 'post'],
  why: 'duty',
  how: 'list',
  input: closed({ committee: Type.Optional(id('committee')) }),
  output: closed({
    posts: Type.Array(
      closed({
        ...colleague,
        isMe: Type.Boolean(),
        isOnDuty: Type.Boolean(),
        isThere: Type.Boolean(),
        open: Type.Integer(),
        now: maybe(closed({ kind: oneOf(kinds), state: oneOf(states) })),
      }),
      { maxItems: 100 },
    ),
  }),
})

const found = {
  task: id('task'),
  kind: oneOf(kinds),
  urgency: oneOf(urgencies),
  state: oneOf(states),
  part: oneOf(parts),
  openedAt: instant(),
  closedAt: maybe(instant()),
  outcome: maybe(oneOf(outcomes)),
  /** Null where the task has left the asker. */
  place: maybePlace,
}

/** Within what the asker is concerned in, and nowhere else. */
/** Asked in a body: what is looked for may be somebody's name, and addresses are written down. */
export const searchTasks = endpoint({
  post: '/tasks/search',
  says: 'Finds tasks that the asker is concerned in, open or just closed, by place and kind',
  who: everyStaff('task'),
  sees: ['address', 'visit-outcome'],
  why: 'task',
  how: 'search',
  input: closed({
    words: Type.Optional(text({ max: 60 })),
    kind: Type.Optional(oneOf(kinds)),
  }),
  output: closed({ tasks: Type.Array(closed(found), { maxItems: 50 }) }),
})

/** What was the asker's in the last seven days, to look back and to reopen. */
export const closedTasks = endpoint({
  get: '/tasks/closed',
  says: 'The tasks of the asker that were closed in the last seven days',
  who: everyStaff('task'),
  sees: ['address', 'visit-outcome'],
  why: 'task',
  how: 'list',
  input: closed({}),
  output: closed({
    tasks: Type.Array(closed({ ...found, may: Type.Array(oneOf(acts)) }), { maxItems: 200 }),
  }),
})

/** A picture of the matter, never of a person. The page draws it anew, so that nothing clings. */
export const addPhoto = endpoint({
  post: '/tasks/photo',
  says: 'Adds a picture of the matter to a hazard, a repair or a check of a home',
  who: everyStaff('task'),
  sees: [],
  why: 'task',
  bodyBytesMax: photoBase64Max + 4_096,
  input: closed({
    task: id('task'),
    /** What is to be seen, for those who cannot see it. */
    says: text({ min: 1, max: 120 }),
    bytes: Type.String({ pattern: '^[A-Za-z0-9+/]+={0,2}$', maxLength: photoBase64Max }),
    /** The sender's own number of the picture: sent twice it is kept once. */
    key: Type.Optional(rowId()),
    /** When it was taken, where it could not be sent at once. */
    takenAt: Type.Optional(instant()),
  }),
  output: closed({ photo: rowId() }),
})

export const showPhoto = endpoint({
  get: '/tasks/photo',
  says: 'One picture of a task that the asker is concerned in',
  who: everyStaff('task'),
  sees: [],
  why: 'task',
  input: closed({ photo: rowId() }),
  output: closed({ form: oneOf(photoForms), says: Type.String(), bytes: Type.String() }),
})
