import { Type } from 'typebox'
import { closed, endpoint, id, instant, line, maybe, oneOf } from '../../kernel/contract.ts'
import { outcomes } from '../../kernel/event.ts'
import { placeShape } from '../../ground/places/api.ts'
import { phone } from '../../ground/people/api.ts'
import { answers, ways } from './types.ts'

const contact = closed({
  name: line({ min: 1, max: 40 }),
  relation: line({ min: 1, max: 20 }),
  phone,
  /** How this contact calls the person; without it they hear the given name. */
  callsMe: Type.Optional(line({ min: 1, max: 20 })),
  hasKey: Type.Optional(Type.Boolean()),
})
const contacts = Type.Array(contact, { maxItems: 3 })
const textVersion = Type.Integer({ minimum: 1, maximum: 9_999 })
const day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })

/** `paper`: signed on paper and written down by a post. */
const agreedTo = {
  since: instant(),
  agreedUntil: instant(),
  contacts,
  paper: maybe(closed({ signedOn: Type.String(), title: Type.String(), unit: Type.String() })),
}

/** Who agrees. */
const giver = oneOf(['person', 'guardian'])

/** The separate consent to be looked after when leaving at night or not coming back. */
const guard = closed({ since: instant(), agreedUntil: instant(), by: giver })

/** Everything the resident's care page shows: what is watched, by whom, since when, how to stop. */
export const myCare = endpoint({
  get: '/care/mine',
  says: 'The asker’s own agreed care: state, contacts, who is on the way, how to end it',
  who: { resident: 'own' },
  sees: ['name', 'address', 'care-plan', 'last-seen', 'contacts', 'consents', 'visit-outcome'],
  why: 'own-data',
  input: closed({}),
  output: closed({
    name: Type.String(),
    place: placeShape,
    sensors: Type.Array(closed({ kind: Type.String(), state: Type.String() })),
    /** False: the street has not switched care by sensors on; calls alone can be agreed to. */
    isOn: Type.Boolean(),
    /** `offered`: not agreed; `refused`: said no, with the day until which nobody asks again. */
    plan: Type.Union([
      closed({ is: Type.Literal('offered') }),
      closed({ is: Type.Literal('refused'), notAskedUntil: instant() }),
      /** Calls alone: no rule judges any sensor. */
      closed({ is: Type.Literal('calls'), ...agreedTo }),
      closed({
        is: Type.Literal('agreed'),
        /** False while the street has switched the rule off: nothing is judged, nobody is sent. */
        isJudged: Type.Boolean(),
        rule: Type.String(),
        ruleVersion: Type.Integer(),
        silentHours: Type.Integer(),
        judgement: oneOf(['seen', 'silent', 'away', 'unknown']),
        lastSeen: maybe(instant()),
        unknownSince: maybe(instant()),
        awayUntil: maybe(instant()),
        ...agreedTo,
        way: oneOf(['sensor', 'key-holder']),
        /** An open visit: who is on it (post, not name) and how far. */
        visit: maybe(
          closed({
            state: Type.String(),
            title: Type.String(),
            unit: Type.String(),
            dueAt: instant(),
            /** Nobody set out yet: that the person is well takes it back. */
            isTakenBackByWell: Type.Boolean(),
          }),
        ),
        lastVisit: maybe(
          closed({ at: instant(), outcome: oneOf(outcomes), words: maybe(Type.String()) }),
        ),
        /** A rule asks how the person is before anybody is sent: them, then their contacts. */
        question: maybe(
          closed({
            asks: oneOf(['person', 'contact']),
            rule: Type.String(),
            ruleVersion: Type.Integer(),
            askedAt: instant(),
            until: instant(),
          }),
        ),
        /** The contacts whom a rule asked in the last days, oldest first, and what they said. */
        contactsAsked: Type.Array(
          closed({
            name: Type.String(),
            relation: Type.String(),
            askedAt: instant(),
            answer: maybe(oneOf(answers)),
            rule: Type.String(),
            ruleVersion: Type.Integer(),
          }),
        ),
        wandering: maybe(guard),
        wanderingTextVersion: Type.Integer(),
      }),
    ]),
    textVersion: Type.Integer(),
    /** Of the text for calls alone. */
    callsTextVersion: Type.Integer(),
    now: instant(),
  }),
})

/** The gate. `textVersion` is the text the person read; another version must be read first. */
export const agree = endpoint({
  post: '/care/agree',
  says: 'Agrees to be looked after, separately and freely',
  who: { resident: 'own' },
  sees: [],
  why: 'own-data',
  inPerson: true,
  input: closed({ textVersion, contacts, way: Type.Optional(oneOf(ways)) }),
  output: closed({ plan: id('plan') }),
})

export const refuse = endpoint({
  post: '/care/refuse',
  says: 'Says no; nobody asks again for 12 months',
  who: { resident: 'own' },
  sees: [],
  why: 'own-data',
  inPerson: true,
  input: closed({}),
  output: closed({ notAskedUntil: instant() }),
})

export const setContacts = endpoint({
  post: '/care/contacts',
  says: 'Chooses up to three contacts',
  who: { resident: 'own' },
  sees: [],
  why: 'own-data',
  input: closed({ contacts }),
  output: closed({ count: Type.Integer() }),
})

/** "I am away", by the person; at most 90 days ahead, ends by itself. Null: I am back. */
export const setAway = endpoint({
  post: '/care/away',
  says: 'Says until when the asker is away, or that they are back',
  who: { resident: 'own' },
  sees: [],
  why: 'own-data',
  input: closed({ until: maybe(instant()) }),
  output: closed({ awayUntil: maybe(instant()) }),
})

/** One tap. Judging stops at once; what was kept for it is erased. */
export const endCare = endpoint({
  post: '/care/end',
  says: 'Ends agreed care and erases what it kept',
  who: { resident: 'own' },
  sees: [],
  why: 'own-data',
  inPerson: true,
  input: closed({}),
  output: closed({ endedAt: instant() }),
})

/** "I am well": answers whatever a rule asked. A human answer, so the clock starts anew. */
export const well = endpoint({
  post: '/care/well',
  says: 'Answers the question how the asker is',
  who: { resident: 'own' },
  sees: [],
  why: 'own-data',
  input: closed({}),
  output: closed({ answeredAt: instant() }),
})

/** "I need help": a worker is asked at once, as of an emergency. */
export const help = endpoint({
  post: '/care/help',
  says: 'Says that the asker needs help, where a rule has asked how they are',
  who: { resident: 'own' },
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
  who: { resident: 'own' },
  sees: [],
  why: 'own-data',
  inPerson: true,
  input: closed({
    agrees: maybe(closed({ textVersion, by: giver })),
  }),
  output: closed({ wandering: maybe(guard) }),
})

/** Only from an open visit of one's own that asks how somebody wishes to be looked after. */
export const offerCard = endpoint({
  get: '/care/offer',
  says: 'Whom an open visit of the asker is to ask, and what can be agreed to there',
  who: { committee: 'committee', street: 'street' },
  sees: ['name', 'age', 'care-plan'],
  why: 'register',
  input: closed({ task: id('task') }),
  output: closed({
    name: Type.String(),
    age: maybe(Type.Integer()),
    livesAlone: Type.Boolean(),
    hasSensor: Type.Boolean(),
    /** What they agreed to by now. */
    agreed: maybe(oneOf(ways)),
    /** The text in use for each way: on the paper stands its number. */
    texts: Type.Array(closed({ way: oneOf(ways), textVersion: Type.Integer() })),
    today: Type.String(),
  }),
})

/** From that visit alone. A paper is worth as much as the person's own tap. */
export const recordPaper = endpoint({
  post: '/care/paper',
  says: 'Writes down what the person of an open visit of the asker has signed on paper',
  who: { committee: 'committee', street: 'street' },
  sees: ['care-plan', 'contacts'],
  why: 'register',
  input: closed({ task: id('task'), way: oneOf(ways), textVersion, contacts, signedOn: day }),
  output: closed({ plan: id('plan') }),
})

/** A person's card: only from an open visit of one's own, and the person sees the look. */
export const personCard = endpoint({
  get: '/care/card',
  says: 'The card of the person whom an open visit of the asker is about',
  who: { committee: 'committee', street: 'street' },
  sees: ['name', 'age', 'address', 'contacts', 'care-plan', 'consents', 'visit-outcome'],
  why: 'agreed-care',
  input: closed({ task: id('task') }),
  output: closed({
    name: Type.String(),
    age: maybe(Type.Integer()),
    livesAlone: Type.Boolean(),
    hasPhone: Type.Boolean(),
    contacts: Type.Array(
      closed({ contact: Type.Integer(), relation: Type.String(), hasKey: Type.Boolean() }),
    ),
    way: oneOf(ways),
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
  who: { committee: 'committee', street: 'street' },
  sees: ['name', 'phone', 'contacts'],
  why: 'agreed-care',
  input: closed({ task: id('task'), contact: Type.Integer({ minimum: 0, maximum: 3 }) }),
  output: closed({ name: Type.String(), phone: Type.String() }),
})

/** Beside a picture of a house: which homes they are is said nowhere. Made once a month. */
export const careCount = endpoint({
  get: '/care/count',
  says: 'How many homes of a neighbourhood take part in agreed care, in tens, from ten on',
  who: { committee: 'committee', street: 'street' },
  sees: [],
  why: 'duty',
  input: closed({ committee: id('committee') }),
  /** Rounded down to tens; null: fewer than `least`. */
  output: closed({ homes: maybe(Type.Integer()), least: Type.Integer() }),
})
