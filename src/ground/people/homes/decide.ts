import type { CommitteeCode, HomeCode } from '../../../kernel/ids.ts'
import {
  areaSources,
  type AreaSource,
  type Grant,
  type Right,
  type Share,
  type Standing,
} from './types.ts'

/**
 * Square metres as people write them, in 0.01 m². Read as text: a float would lose cents (1.15 ×
 * 100 is 114.99999999999999). Zero, negative, three decimals and exponents are none.
 */
export function areaIn(written: string): number | undefined {
  const plain = written.normalize('NFKC').trim()
  const match = /^(0|[1-9][0-9]{0,6})(?:\.([0-9]{1,2}))?$/.exec(plain)
  if (!match) return undefined
  const area = Number(`${match[1]}${(match[2] ?? '').padEnd(2, '0')}`)
  return area > 0 ? area : undefined
}

/** 9850 is '98.50'. */
export function areaText(area: number): string {
  const text = String(area).padStart(3, '0')
  return `${text.slice(0, -2)}.${text.slice(-2)}`
}

/** Register, then survey, then contract (解释 8). */
export function areaThatCounts<A extends { source: AreaSource }>(
  areas: readonly A[],
): A | undefined {
  return areas.toSorted((a, b) => order(a) - order(b))[0]
}

function order({ source }: { source: AreaSource }): number {
  return areaSources.indexOf(source)
}

/** The field of the first share that cannot stand; undefined: all can. */
export function wrongShare(shares: readonly Share[]): string | undefined {
  const named = new Set<string>()
  for (const [n, { kind, person, firm, part, whole }] of shares.entries()) {
    if ((kind === 'person') !== (person !== null)) return `owners.${n}.person`
    if ((kind === 'person') !== (firm === null)) return `owners.${n}.firm`
    if (part > whole) return `owners.${n}.part`
    const name = person ?? firm ?? ''
    if (named.has(name)) return `owners.${n}`
    named.add(name)
  }
  return isWithinWhole(shares) ? undefined : 'owners'
}

/** Whether shares add up to the whole at most; exact, by the product of all wholes. */
export function isWithinWhole(shares: readonly Pick<Share, 'part' | 'whole'>[]): boolean {
  let [part, whole] = [0n, 1n]
  for (const share of shares) {
    const [of, among] = [BigInt(share.part), BigInt(share.whole)]
    part = part * among + of * whole
    whole *= among
  }
  return part <= whole
}

/**
 * Who may do what by how they live in a home (IDP-4). The owners' matters are the owner's (民法典
 * 278, 物业规定 18: a proxy needs a written authority); the residents' are everybody's who lives
 * there (居委会组织法 2, 8).
 */
const table: Record<Right, Record<Standing, Grant>> = {
  'vote-of-owners': { owner: 'yes', family: 'by-proxy', tenant: 'by-proxy', other: 'by-proxy' },
  'stand-for-owners-committee': { owner: 'yes', family: 'no', tenant: 'no', other: 'no' },
  'see-owners-accounts': { owner: 'yes', family: 'by-proxy', tenant: 'by-proxy', other: 'no' },
  'agree-to-lift': { owner: 'yes', family: 'by-proxy', tenant: 'by-proxy', other: 'no' },
  'pay-maintenance': { owner: 'yes', family: 'by-proxy', tenant: 'no', other: 'no' },
  'vote-of-residents': { owner: 'yes', family: 'yes', tenant: 'yes', other: 'yes' },
  'speak-at-meetings': { owner: 'yes', family: 'yes', tenant: 'yes', other: 'yes' },
  'report-and-rate': { owner: 'yes', family: 'yes', tenant: 'yes', other: 'yes' },
  'use-common-parts': { owner: 'yes', family: 'yes', tenant: 'yes', other: 'yes' },
  'register-household': { owner: 'yes', family: 'yes', tenant: 'yes', other: 'no' },
  'visitor-passes': { owner: 'yes', family: 'yes', tenant: 'yes', other: 'yes' },
  'care-and-services': { owner: 'yes', family: 'yes', tenant: 'yes', other: 'yes' },
  'own-data': { owner: 'yes', family: 'yes', tenant: 'yes', other: 'yes' },
}

export function grantOf(right: Right, standing: Standing): Grant {
  return table[right][standing]
}

/** Whether a home lies in the committees whose people somebody may touch. */
export function isWithin(committees: '*' | readonly CommitteeCode[], home: HomeCode): boolean {
  return committees === '*' || committees.some((one) => home.startsWith(`${one}-`))
}
