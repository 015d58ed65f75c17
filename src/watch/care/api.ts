import { Type } from 'typebox'
import { closed, endpoint, id, instant, maybe, oneOf, text } from '../../kernel/contract.ts'
import { outcomes } from '../../kernel/event.ts'
import { placeShape } from '../../ground/places/api.ts'
import { phone } from '../../ground/people/api.ts'

const contact = closed({
  name: text({ min: 1, max: 40 }),
  relation: text({ min: 1, max: 20 }),
  phone,
})
const contacts = Type.Array(contact, { maxItems: 3 })

/** Who agrees. */
const giver = oneOf(['person', 'guardian'])

/** The separate consent to be looked after when leaving at night or not coming back. */
const guard = closed({ since: instant(), agreedUntil: instant(), by: giver })

/** Everything the resident's care page shows: what is watched, by whom, since when, how to stop. */
export const myCare = endpoint({
  get: '/care/mine',
  says: 'The asker’s own agreed care: state, contacts, who is on the way, how to end it',
  who: ['resident'],
  sees: ['name', 'address', 'care-plan', 'last-seen', 'contacts', 'consents', 'visit-outcome'],
  why: 'own-data',
  input: closed({}),
  output: closed({
    name: Type.String(),
    place: placeShape,
    sensors: Type.Array(closed({ kind: Type.String(), state: Type.String() })),
    /** `offered`: not agreed; `refused`: said no, with the day until which nobody asks again. */
    plan: Type.Union([
      closed({ is: Type.Literal('offered') }),
      closed({ is: Type.Literal('refused'), notAskedUntil: instant() }),
      closed({
        is: Type.Literal('agreed'),
        since: instant(),
        agreedUntil: instant(),
        /** False while the street has switched the rule off: nothing is judged, nobody is sent. */
        isJudged: Type.Boolean(),
        rule: Type.String(),
        ruleVersion: Type.Integer(),
        silentHours: Type.Integer(),
        judgement: oneOf(['seen', 'silent', 'away', 'unknown']),
        lastSeen: maybe(instant()),
        unknownSince: maybe(instant()),
        awayUntil: maybe(instant()),
        contacts,
        /** An open visit: who is on it (post, not name) and how far. */
        visit: maybe(
          closed({
            state: Type.String(),
            title: Type.String(),
            unit: Type.String(),
            dueAt: instant(),
          }),
        ),
        lastVisit: maybe(
          closed({ at: instant(), outcome: oneOf(outcomes), words: maybe(Type.String()) }),
        ),
        /** A rule asks how the person is before anybody is sent. */
        question: maybe(
          closed({
            rule: Type.String(),
            ruleVersion: Type.Integer(),
            askedAt: instant(),
            until: instant(),
          }),
        ),
        wandering: maybe(guard),
        wanderingTextVersion: Type.Integer(),
      }),
    ]),
    textVersion: Type.Integer(),
    now: instant(),
  }),
})

/** The gate. `textVersion` is the text the person read; another version must be read first. */
export const agree = endpoint({
  post: '/care/agree',
  says: 'Agrees to be looked after, separately and freely',
  who: ['resident'],
  sees: [],
  why: 'own-data',
  input: closed({ textVersion: Type.Integer({ minimum: 1, maximum: 9_999 }), contacts }),
  output: closed({ plan: id('plan') }),
})

export const refuse = endpoint({
  post: '/care/refuse',
  says: 'Says no; nobody asks again for 12 months',
  who: ['resident'],
  sees: [],
  why: 'own-data',
  input: closed({}),
  output: closed({ notAskedUntil: instant() }),
})

export const setContacts = endpoint({
  post: '/care/contacts',
  says: 'Chooses up to three contacts',
  who: ['resident'],
  sees: [],
  why: 'own-data',
  input: closed({ contacts }),
  output: closed({ count: Type.Integer() }),
})

/** "I am away", by the person; at most 90 days ahead, ends by itself. Null: I am back. */
export const setAway = endpoint({
  post: '/care/away',
  says: 'Says until when the asker is away, or that they are back',
  who: ['resident'],
  sees: [],
  why: 'own-data',
  input: closed({ until: maybe(instant()) }),
  output: closed({ awayUntil: maybe(instant()) }),
})

/** One tap. Judging stops at once; what was kept for it is erased. */
export const endCare = endpoint({
  post: '/care/end',
  says: 'Ends agreed care and erases what it kept',
  who: ['resident'],
  sees: [],
  why: 'own-data',
  input: closed({}),
  output: closed({ endedAt: instant() }),
})

/** "I am well": answers whatever a rule asked. A human answer, so the clock starts anew. */
export const well = endpoint({
  post: '/care/well',
  says: 'Answers the question how the asker is',
  who: ['resident'],
  sees: [],
  why: 'own-data',
  input: closed({}),
  output: closed({ answeredAt: instant() }),
})

/**
 * The wandering guard, agreed to separately and beside agreed care only. `by` says who agrees, the
 * person or the guardian; it is never assumed. Null ends it at once.
 */
export const setWandering = endpoint({
  post: '/care/wandering',
  says: 'Agrees to the wandering guard, or ends it',
  who: ['resident'],
  sees: [],
  why: 'own-data',
  input: closed({
    agrees: maybe(closed({ textVersion: Type.Integer({ minimum: 1, maximum: 9_999 }), by: giver })),
  }),
  output: closed({ wandering: maybe(guard) }),
})

/** A person's card: only from an open visit of one's own, and the person sees the look. */
export const personCard = endpoint({
  get: '/care/card',
  says: 'The card of the person whom an open visit of the asker is about',
  who: ['committee', 'street'],
  sees: ['name', 'age', 'address', 'contacts', 'consents', 'visit-outcome'],
  why: 'agreed-care',
  input: closed({ task: id('task') }),
  output: closed({
    name: Type.String(),
    age: maybe(Type.Integer()),
    livesAlone: Type.Boolean(),
    hasPhone: Type.Boolean(),
    contacts: Type.Array(closed({ contact: Type.Integer(), relation: Type.String() })),
    agreedUntil: instant(),
    lastVisit: maybe(closed({ at: instant(), outcome: oneOf(outcomes) })),
  }),
})

/**
 * A number is shown one at a time, on purpose, and each showing is a look. 0: the person; 1–3: a
 * contact.
 */
export const showPhone = endpoint({
  post: '/care/phone',
  says: 'Shows one phone number for an open visit of the asker',
  who: ['committee', 'street'],
  sees: ['phone', 'contacts'],
  why: 'agreed-care',
  input: closed({ task: id('task'), contact: Type.Integer({ minimum: 0, maximum: 3 }) }),
  output: closed({ name: Type.String(), phone: Type.String() }),
})
