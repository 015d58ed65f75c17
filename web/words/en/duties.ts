import type { duties as chinese } from '../zh-CN/duties.ts'

export const duties: typeof chinese = {
  door: 'Roster',
  kinds: {
    street: 'street',
    committee: 'neighbourhood committee',
    'village-committee': 'village committee',
    property: 'property staff',
    police: 'community police',
    clinic: 'family doctors',
    volunteers: 'volunteers',
  },
  steps: {
    beat: 'their beat',
    rank: 'in turn',
    deputy: 'standing in',
    officer: 'duty officer',
  },
  days: {
    'every-day': 'every day',
    working: 'working days',
    off: 'days off',
  },
  unknownYear: (year) =>
    `The working days of ${year} are not here yet, so some hours cannot be judged.`,
  missing: (people) => (people === 1 ? 'one person missing' : `${people} people missing`),
}
