import { biometricField } from '../../../kernel/biometric.ts'
import type { Problem } from './types.ts'
import type { Definition } from './schema.ts'

/** Names of pages beside a rule's, and of what every object has. */
const reserved = new Set([
  ...['new', 'rules', 'import', 'export', 'history', 'scores', 'trial', 'check', 'draft'],
  ...['constructor', 'prototype'],
])
/** A rule watches things and agreements; one that is called after somebody is a watch-list. */
const ofPeople = new Set(
  'person people resident tenant stranger name phone age sex gender'.split(' '),
)
/** A mobile telephone's number, an identity card's. */
const personal = /(?<![0-9])1[3-9][0-9]{9}(?![0-9])|(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])/

/** Names and texts that are not taken, and days that no calendar has. */
export function wrongWords({ rule, reason, only, stopsBelow }: Definition): Problem[] {
  const problems: Problem[] = []
  if (reserved.has(rule)) problems.push({ field: 'rule', because: 'name-reserved' })
  const isOfBody = biometricField({ [rule]: 1 }) !== undefined
  if (isOfBody || rule.split('-').some((word) => ofPeople.has(word))) {
    problems.push({ field: 'rule', because: 'names-a-person' })
  }
  if (personal.test(reason)) problems.push({ field: 'reason', because: 'names-a-person' })
  for (const end of ['from', 'to'] as const) {
    const day = only.season?.[end]
    if (day !== undefined && !isDay(day)) {
      problems.push({ field: `only.season.${end}`, because: 'no-such-day' })
    }
  }
  if (stopsBelow && stopsBelow.percent > 100) {
    problems.push({ field: 'stopsBelow.percent', because: 'too-large', more: 100 })
  }
  return problems
}

/** The 29th of February is a day, of some years. */
function isDay(monthDay: string): boolean {
  const day = `2024-${monthDay}`
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
}
