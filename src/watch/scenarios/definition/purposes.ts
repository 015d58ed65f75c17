import { dailySums } from '../../devices/index.ts'
import { leavesOf } from './leaves.ts'
import { under } from './field.ts'
import type { Problem } from './types.ts'
import type { Definition, Leaf } from './schema.ts'

/** What is wrong with a device is about the device. */
export function wrongHealth({ purpose, per, when, isCovered }: Definition): Problem[] {
  const leaves = leavesOf(when)
  const health = leaves.filter(({ leaf }) => leaf.is === 'health')
  const problems: Problem[] =
    health.length > 0 && per !== 'device'
      ? [{ field: 'per', because: 'health-per-device', more: 'device' }]
      : []
  if (isCovered && health.some(({ leaf }) => leaf.is === 'health' && leaf.condition === 'silent')) {
    problems.push({ field: 'isCovered', because: 'silent-and-covered' })
  }
  if (purpose !== 'device-operation') return problems
  const others = leaves.filter(({ leaf }) => leaf.is !== 'health')
  return [...problems, ...others.map(({ field }): Problem => ({ field, because: 'health-only' }))]
}

const expiresDaysMax = 14
/** "Over weeks": fewer days are one bad week. */
const ofDaysMin = 14

/**
 * Suspected overcrowding (rules §8): sums of a day alone, two signals over weeks against the same
 * building, gone in 14 days, people with consent at the door, stopped below a floor of hits.
 */
export function wrongCrowding(definition: Definition): Problem[] {
  const { purpose, when } = definition
  const peers = leavesOf(when).filter(({ leaf }) => leaf.is === 'peers')
  if (peers.length === 0) {
    return purpose === 'crowding-check' ? [{ field: 'when', because: 'crowding-needs-peers' }] : []
  }
  const problems: Problem[] = []
  if (when.is !== 'peers') problems.push({ field: 'when', because: 'peers-alone' })
  return [
    ...problems,
    ...wrongLead(definition),
    ...peers.flatMap(({ leaf, field }) => (leaf.is === 'peers' ? wrongPeers(leaf, field) : [])),
  ]
}

function wrongLead({ purpose, per, act, expiresDays, stopsBelow }: Definition): Problem[] {
  const problems: Problem[] = []
  if (purpose !== 'crowding-check') {
    problems.push({ field: 'purpose', because: 'peers-purpose', more: 'crowding-check' })
  }
  if (per !== 'home') problems.push({ field: 'per', because: 'peers-per-home', more: 'home' })
  // For the right purpose the table of acts has said it.
  if (act !== 'check-home' && purpose !== 'crowding-check') {
    problems.push({ field: 'act', because: 'act-unfit', more: 'check-home' })
  }
  if (expiresDays === null || expiresDays > expiresDaysMax) {
    problems.push({ field: 'expiresDays', because: 'expires-too-late', more: expiresDaysMax })
  }
  if (stopsBelow === null) problems.push({ field: 'stopsBelow', because: 'stops-missing' })
  return problems
}

function wrongPeers(leaf: Extract<Leaf, { is: 'peers' }>, field: string): Problem[] {
  const { measures, percent, days, ofDays } = leaf
  const known: readonly string[] = dailySums
  const problems = measures.flatMap((measure, at): Problem[] => {
    const place = under(under(field, 'measures'), at)
    if (known.includes(measure)) return []
    return [{ field: place, because: 'measure-too-fine', more: dailySums.join(' ') }]
  })
  const bound = (name: string, is: number, min: number, max: number): Problem[] => {
    if (is < min) return [{ field: under(field, name), because: 'too-small', more: min }]
    return is > max ? [{ field: under(field, name), because: 'too-large', more: max }] : []
  }
  return [
    ...problems,
    // At its peers' own middle it would name every other home.
    ...bound('percent', percent, 101, Infinity),
    ...bound('ofDays', ofDays, ofDaysMin, Infinity),
    ...bound('days', days, Math.ceil(ofDays / 2), ofDays),
  ]
}
