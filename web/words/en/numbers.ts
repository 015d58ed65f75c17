import { plural } from '../plural.ts'
import type { numbers as chinese } from '../zh-CN/numbers.ts'

const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]

export const numbers: typeof chinese = {
  title: 'What is kept here, and who looked how often',
  line: 'All of it is counted by the program from the records; nobody types a figure. People and looks are given in tens, below ten not at all, and once a month: two reports side by side tell of nobody.',
  choose: 'Choose a street',
  noStreet: 'No street is open yet.',
  other: 'Another street',
  made: (month) => `made in ${month}`,
  month: (month) => `${months[Number(month.slice(5)) - 1] ?? month} ${month.slice(0, 4)}`,
  paper: 'It can be printed as it is, for the notice board.',

  keptTitle: 'What is kept',
  people: (count) => `about ${count} people`,
  fewPeople: 'fewer than 10 people',
  off: 'not switched on in this street',
  term: (kept) => `How long: ${kept}`,
  seenBy: (who) => `Who sees it: ${who}`,
  seenByNobody: 'No post sees a person',

  looksTitle: (month) => `Who looked how often, ${month}`,
  looksNone: 'In this month no kind of look happened ten times, to ten people.',
  looksOf: (how, why, count) => `${how} (${why}) about ${count} times`,
  hows: {
    page: 'opened a page',
    list: 'in a list',
    search: 'found in a search',
    export: 'exported to a file',
    print: 'printed',
    push: 'sent with a message',
    rule: 'computed by a program',
    command: 'called up by a command',
    act: 'used to do something',
  },
  lookers: {
    committee: 'Neighbourhood committees',
    street: 'The street',
    property: 'Property staff',
    police: 'The police post',
    clinic: 'Family doctors',
    volunteer: 'Volunteers',
    rule: 'Programs',
    operator: 'The system’s operator',
    resident: 'Residents',
    helper: 'Who acts for somebody',
    contact: 'Contacts that people chose',
    account: 'Signed in by a telephone',
  },

  officesTitle: 'The last 12 months',
  exports: 'Exports of the register',
  exportsSaid: (count) => plural(count, 'time', 'times'),
  backups: 'Backups',
  backupsSaid: (count, last) =>
    `${plural(count, 'time', 'times')}${last === null ? '' : `, the last ${last}`}. Sealed, kept at most 35 days`,
  authority: 'Requests of authorities',
  authoritySaid: ({ asked, approved, refused, given }) =>
    `asked ${asked}, approved ${approved}, refused ${refused}, given ${given}`,
  delayed: 'Told to the person later',
  delayedSaid: ({ delayed }) => `${delayed} now; each shows itself when its term ends`,
  questions: 'Residents who asked “why”',
  questionsSaid: ({ asked, inTime, late, open, overdue }) =>
    `asked ${asked}, answered in time ${inTime}, late ${late}, waiting ${open}, of which overdue ${overdue}`,
  reviews: 'Looks reviewed',
  reviewsSaid: ({ unusual, drawn, right, wrong, unclear }) =>
    `unusual ${unusual}, drawn by lot ${drawn}; right ${right}, not right ${wrong}, unclear ${unclear}`,
  reviewsOpen: ({ open, overdue }) => `waiting ${open}, of which overdue ${overdue}`,
  reviewsWaiting: (count) =>
    `${plural(count, 'waits', 'wait')} for a second reviewer: nobody reviews looks of their own body`,
  reviewsNobody: 'nobody is named to review yet',

  deletedTitle: (month) => `Deleted by term or by wish in all streets, ${month}`,
  deletedNone: 'No kind reached ten rows.',
  deleted: (count) => `about ${count} rows`,

  bookTitle: 'Whether the book of looks was changed',
  checked: (at, links) => `It checked itself ${at}: ${links} entries, no change found.`,
  broken: (at, findings) =>
    `It checked itself ${at}: ${plural(findings, 'place does', 'places do')} not fit. It is being looked into.`,
  neverChecked: 'It has not checked itself yet; it does so once a day.',
  weekLine: (week) =>
    `The line of week ${week}, for the notice board. Whoever copies it can compare later:`,
}
