import { Type } from 'typebox'
import {
  closed,
  endpoint,
  everyStaff,
  instant,
  maybe,
  rowId,
  text,
} from '../../../kernel/contract.ts'
import { lookFacts } from '../reading/api.ts'
import { listed } from './types.ts'

const own = { resident: 'own', ...everyStaff('own') } as const
const desk = { ...everyStaff('body'), street: 'street' } as const

export const askWhy = endpoint({
  post: '/privacy/looks/why',
  says: 'Asks why somebody looked at the asker; answered within five working days',
  who: own,
  sees: [],
  why: 'own-data',
  input: closed({ look: rowId() }),
  output: closed({ question: rowId(), dueAt: instant() }),
})

/** What was looked at and why, and nobody's name: whoever answers needs none. */
export const questions = endpoint({
  get: '/privacy/questions',
  says: 'Questions why somebody looked that the asker has to answer, the most urgent first',
  who: desk,
  sees: [],
  why: 'access-record',
  input: closed({}),
  output: closed({
    questions: Type.Array(
      closed({
        question: rowId(),
        askedAt: instant(),
        dueAt: instant(),
        look: closed(lookFacts),
      }),
      { maxItems: listed },
    ),
    now: instant(),
  }),
})

export const answerWhy = endpoint({
  post: '/privacy/questions/answer',
  says: 'Answers why somebody was looked at; whoever asked reads it and nobody else',
  who: desk,
  sees: [],
  why: 'access-record',
  inPerson: true,
  input: closed({ question: rowId(), answer: text({ min: 4, max: 300 }) }),
  output: closed({ answeredAt: instant() }),
})

const counts = closed({
  ...{ asked: Type.Integer(), inTime: Type.Integer(), late: Type.Integer() },
  ...{ open: Type.Integer(), overdue: Type.Integer() },
})

/** For everybody, signed in or not. */
export const askedCounts = endpoint({
  get: '/privacy/questions/counts',
  says: 'How often people asked why, and how many wait for an answer: numbers only',
  who: { anyone: 'counts' },
  sees: [],
  why: 'public',
  input: closed({}),
  output: closed({
    all: counts,
    /** Of the asker's own street, where they are signed in. */
    street: maybe(counts),
  }),
})
