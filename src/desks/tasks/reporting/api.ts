import { Type } from 'typebox'
import { closed, endpoint, id, maybe, oneOf, text } from '../../../kernel/contract.ts'
import { outcomes } from '../../../kernel/event.ts'
import { maybePlace } from '../../../ground/places/api.ts'
import { reportable } from '../types.ts'
import { reportStates, shownMax, wordsMax } from './types.ts'

const day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })
/** Twenty letters and digits, in fives. */
const receipt = Type.String({ minLength: 20, maxLength: 40 })

const report = {
  what: oneOf(reportable),
  words: Type.String(),
  place: maybePlace,
  madeOn: day,
  state: oneOf(reportStates),
  outcome: maybe(oneOf(outcomes)),
  closedOn: maybe(day),
}

/**
 * Whoever reports is sealed. Not by somebody who acts for another: that act would stand in the
 * book beside the report.
 */
export const reportPlace = endpoint({
  post: '/tasks/report',
  says: 'Reports something about a stair or a compound; who did stays sealed',
  who: { resident: 'committee', account: 'open' },
  sees: [],
  why: 'task',
  inPerson: true,
  input: closed({
    place: id('place'),
    what: oneOf(reportable),
    words: text({ max: wordsMax }),
  }),
  /** Shown once. Whoever holds it sees what becomes of the report. */
  output: closed({ receipt }),
})

/** Found by a secret that only the browser keeps in which they were made. */
export const myReports = endpoint({
  get: '/tasks/my-reports',
  says: 'What became of the reports that the asker made in this browser',
  who: { resident: 'own', account: 'own' },
  sees: [],
  why: 'own-data',
  inPerson: true,
  input: closed({}),
  output: closed({ reports: Type.Array(closed(report), { maxItems: shownMax }) }),
})

/** Whoever holds the receipt may ask: it says nothing of who reported. */
export const reportByReceipt = endpoint({
  post: '/tasks/my-reports/receipt',
  says: 'What became of one report, by its receipt',
  who: { resident: 'open', account: 'open' },
  sees: [],
  why: 'own-data',
  inPerson: true,
  input: closed({ receipt }),
  output: closed(report),
})
