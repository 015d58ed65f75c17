/**
 * What people find, by rule: shares that somebody made up so that the example street looks lived
 * in. Nobody measured them, and nothing that the program says rests on them.
 */
import type { Output } from '../src/kernel/endpoint.ts'
import type { Outcome } from '../src/kernel/event.ts'
import type { openMatters } from '../src/outlook/demo/api.ts'
import type { Seeded } from './seeded.ts'

export type MatterKind = Output<typeof openMatters>['matters'][number]['kind']
export type Shares = Partial<Record<Outcome, number>>

const ofKind: Record<MatterKind, Shares> = {
  'care-visit': { fine: 58, away: 24, 'needed-help': 13, 'sensor-fault': 4, 'wrong-home': 1 },
  'care-offer': { fine: 60, refused: 25, away: 15 },
  'device-repair': { 'sensor-fault': 84, fine: 16 },
  hazard: { 'hazard-real': 75, 'hazard-false': 25 },
  'home-check': { 'hazard-real': 35, 'hazard-false': 35, away: 15, refused: 15 },
  'roster-gap': { fine: 100 },
}

const ofRule: Record<string, Shares> = {
  sos: { 'needed-help': 55, 'hazard-false': 45 },
  smoke: { 'hazard-real': 30, 'hazard-false': 60, 'sensor-fault': 10 },
  gas: { 'hazard-real': 62, 'hazard-false': 38 },
  'water-leak': { 'hazard-real': 88, 'sensor-fault': 12 },
  electrical: { 'hazard-real': 78, 'hazard-false': 22 },
  manhole: { 'hazard-real': 92, 'sensor-fault': 8 },
  'door-forced': { 'hazard-real': 35, 'hazard-false': 65 },
  'door-held-open': { 'hazard-real': 82, 'hazard-false': 18 },
  'e-bike-in-lift': { 'hazard-real': 90, 'hazard-false': 10 },
  'fire-lane': { 'hazard-real': 96, 'hazard-false': 4 },
  bins: { 'hazard-real': 93, 'hazard-false': 7 },
  'device-battery-low': { 'sensor-fault': 100 },
  'device-clock-wrong': { 'sensor-fault': 100 },
}
/** Where the second version of a rule is right more often. */
const ofSecondVersion: Record<string, Shares> = {
  'door-held-open': { 'hazard-real': 97, 'hazard-false': 3 },
}

export function found(
  { rule, kind, version = 1 }: { rule: string; kind: MatterKind; version?: number },
  chance: Seeded,
): Outcome {
  const shares = (version > 1 && ofSecondVersion[rule]) || (ofRule[rule] ?? ofKind[kind])
  const all = Object.entries(shares) as [Outcome, number][]
  const sum = all.reduce((total, [, share]) => total + share, 0)
  let left = chance.next() * sum
  return all.find(([, share]) => (left -= share) < 0)?.[0] ?? 'fine'
}
