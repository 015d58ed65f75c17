import type { Definition } from '../../definition/index.ts'

/** Two days without a sign of life: a worker looks in. */
export const careRule: Definition = {
  ...{ rule: 'care-test', purpose: 'agreed-care', consent: 'agreed-care', per: 'home' },
  when: { is: 'silence', signs: null, minutes: 2_880 },
  only: { hours: null, days: 'every-day', season: null },
  isCovered: true,
  after: { times: 1, minutes: 1 },
  ...{ clearsAfterMinutes: 0, cooldownMinutes: 0, act: 'visit', isEmergency: false, quiet: null },
  steps: [{ tell: 'worker', withinMinutes: 120 }],
  ...{ local: [], workMinutes: 30, expiresDays: null, stopsBelow: null, reason: 'a test' },
}

/** Smoke, at once. */
export const smokeRule: Definition = {
  ...careRule,
  ...{ rule: 'smoke-test', purpose: 'home-safety', consent: null, per: 'device' },
  when: { is: 'state', signal: { kind: 'smoke', states: ['alarm'] }, minutes: 0 },
  ...{ isCovered: false, act: 'look', isEmergency: true, workMinutes: 20 },
}
