import type { Definition, Leaf, When } from '../../../src/watch/scenarios/definition/types.ts'
import { quietSaid, type Speech } from './said.ts'

/** What has to hold before anything is judged or anybody is sent, and whether it does. */
export type Precondition = { isHeld: boolean; says: string }

/** Below this nobody is sent to somebody who has shown no sign of life. */
const visitFloorMinutes = 2_880
const personalPurposes: ReadonlySet<string> = new Set(['agreed-care'])

export function preconditionsOf(rule: Definition, speech: Speech): Precondition[] {
  const { pre } = speech.words
  const leaves = leavesOf(rule.when)
  const isDevices = leaves.every((leaf) => leaf.is === 'health')
  const isPersonal = personalPurposes.has(rule.purpose) && !isDevices
  const held = (says: string): Precondition => ({ isHeld: true, says })
  const not = (says: string): Precondition => ({ isHeld: false, says })
  return [
    ...(isDevices ? [held(pre.deviceOnly)] : []),
    ...(rule.consent !== null ? [held(pre.consent), held(pre.away)] : []),
    ...(isPersonal && rule.consent === null ? [not(pre.noConsent)] : []),
    ...(rule.isCovered ? [held(pre.covered)] : []),
    ...(!rule.isCovered && leaves.some(isOfAbsence) ? [not(pre.notCovered)] : []),
    ...floorOf(rule, leaves, speech),
    ...sendingOf(rule, speech),
    ...(rule.purpose === 'door-security' ? [held(pre.neverWho)] : []),
    ...(rule.purpose === 'crowding-check' ? [held(pre.dailyOnly)] : []),
    ...(rule.act === 'check-home' ? [held(pre.doorConsent)] : []),
    ...(rule.expiresDays === null ? [] : [held(pre.expires(speech.words.days(rule.expiresDays)))]),
    held(pre.person),
  ]
}

/** The floor under visits stands only where silence of life is judged. */
function floorOf(rule: Definition, leaves: readonly Leaf[], { words }: Speech): Precondition[] {
  const silent = leaves.filter(isOfLife)
  if (silent.length === 0) return []
  const isQuick = silent.some(
    (leaf) => leaf.is === 'habit' || (leaf.is === 'silence' && leaf.minutes < visitFloorMinutes),
  )
  const isSent = rule.steps.some(({ tell }) => tell !== 'person' && tell !== 'contact')
  return [
    isQuick && isSent
      ? { isHeld: false, says: words.pre.underFloor }
      : { isHeld: true, says: words.pre.floor },
  ]
}

/** When people are sent at all, and at which hours. */
function sendingOf(rule: Definition, speech: Speech): Precondition[] {
  const { pre } = speech.words
  if (rule.isEmergency) return [{ isHeld: true, says: pre.emergency }]
  if (rule.act === 'ask') return [{ isHeld: true, says: pre.onlyAsks }]
  return rule.quiet === null
    ? [{ isHeld: false, says: pre.noQuiet }]
    : [{ isHeld: true, says: quietSaid(rule.quiet, speech) }]
}

/** True because something did not come: a dead sensor would look the same. */
function isOfAbsence(leaf: Leaf): boolean {
  return leaf.is === 'silence' || leaf.is === 'sequence' || leaf.is === 'habit'
}

function isOfLife(leaf: Leaf): boolean {
  return (
    (leaf.is === 'silence' && leaf.signs === null) || (leaf.is === 'habit' && leaf.of === 'gap')
  )
}

/**
 * Why a rule can neither be tried nor run in shadow: it is judged once a day by sums, or by what
 * devices say of themselves. Null where it can.
 */
export function whyNotTried({ when }: Definition): 'peers' | 'health' | null {
  const leaves = leavesOf(when)
  if (leaves.some(({ is }) => is === 'peers')) return 'peers'
  return leaves.every(({ is }) => is === 'health') ? 'health' : null
}

export function leavesOf(when: When): Leaf[] {
  if (when.is === 'all' || when.is === 'any') {
    return when.of.flatMap((one) => leavesOf(one as When))
  }
  return when.is === 'not' ? leavesOf(when.of) : [when]
}
