import { Type } from 'typebox'
import {
  closed,
  endpoint,
  everyStaff,
  hows,
  instant,
  maybe,
  oneOf,
  rowId,
} from '../../../kernel/contract.ts'
import { lookOutcomes } from './types.ts'

/** What a line of the book says: who, at what, why and how; never another person's name. */
export const lookFacts = {
  at: instant(),
  by: oneOf(['post', 'rule', 'operator', 'resident', 'contact', 'helper', 'account']),
  /** A contact’s: what they are to the asker. */
  title: maybe(Type.String()),
  unit: maybe(Type.String()),
  rule: maybe(Type.String()),
  ruleVersion: maybe(Type.Integer()),
  fields: Type.Array(Type.String()),
  matter: oneOf(['task', 'agreement', 'request', 'grant', 'operation']),
  label: Type.String(),
  how: oneOf([...hows, 'backup']),
}

const own = { resident: 'own', ...everyStaff('own') } as const

/**
 * My own page of the book, newest first, with the backups that copied everything of the street. 50
 * rows a page; `before` is the last row's `id`.
 */
export const whoLooked = endpoint({
  get: '/privacy/looks',
  says: 'Who looked at the asker’s data, at what and why, and what came of it',
  who: own,
  sees: ['looks'],
  why: 'own-data',
  input: closed({ before: Type.Optional(rowId()) }),
  output: closed({
    looks: Type.Array(
      closed({
        id: rowId(),
        ...lookFacts,
        outcome: maybe(oneOf(lookOutcomes)),
        /** The asker asked why. */
        question: maybe(
          closed({
            askedAt: instant(),
            dueAt: instant(),
            answered: maybe(
              closed({
                at: instant(),
                title: Type.String(),
                unit: Type.String(),
                says: Type.String(),
              }),
            ),
          }),
        ),
      }),
    ),
    /** Looks on each of the last 30 days in Shanghai, oldest first; the last is today. */
    days: Type.Array(Type.Integer(), { minItems: 30, maxItems: 30 }),
    more: Type.Boolean(),
    now: instant(),
  }),
})

/** The name behind a post. Whoever it names sees in their own book that it was given. */
export const whoWasIt = endpoint({
  post: '/privacy/looks/who',
  says: 'Tells at once which person it was whose post looked at the asker',
  who: own,
  sees: ['name', 'post'],
  why: 'own-data',
  input: closed({ look: rowId() }),
  output: closed({
    look: rowId(),
    /** Null: they are in the register no more. */
    name: maybe(Type.String()),
    title: Type.String(),
    unit: Type.String(),
  }),
})
