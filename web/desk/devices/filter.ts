import type { Input, Output } from '../../../src/kernel/endpoint.ts'
import type { CommitteeCode } from '../../../src/kernel/ids.ts'
import type { DeviceKind } from '../../../src/watch/devices/types.ts'
import type { listDevices } from '../../../src/watch/sensing/api.ts'
import type { DeviceState } from '../../../src/watch/sensing/types.ts'
import type { Params } from '../../shell/pages.ts'

/** Which devices are listed; null is all. It is the address's, so that it can be sent around. */
export type Filter = {
  committee: CommitteeCode | null
  kind: DeviceKind | null
  state: DeviceState | null
}

export const startPath = '/desk/devices'

/** What nobody has heard from comes first. */
const start: Filter = { committee: null, kind: null, state: 'unknown' }

/** Words from an address as they are: what is none of ours, the server refuses. */
export function filterOf(params: Params): Filter {
  if (params.state === undefined) return start
  const part = (name: string) => (params[name] === 'all' ? null : params[name])
  return {
    committee: part('committee') as Filter['committee'],
    kind: part('kind') as Filter['kind'],
    state: part('state') as Filter['state'],
  }
}

export function pathOf(filter: Filter): string {
  const { committee, kind, state } = filter
  if (committee === null && kind === null && state === 'unknown') return startPath
  return `${startPath}/of/${[committee, kind, state].map((part) => part ?? 'all').join('/')}`
}

export function filterIn(path: string): Filter {
  const [committee, kind, state] = path.slice(`${startPath}/of/`.length).split('/')
  return state ? filterOf({ committee: committee ?? '', kind: kind ?? '', state }) : start
}

export function inputOf(filter: Filter): Input<typeof listDevices> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null))
}

export type Counted = Output<typeof listDevices>['counts'][number]
export type Sum = {
  all: number
  alive: number
  quiet: number
  unknown: number
  neverReported: number
}

export const countNames = ['alive', 'quiet', 'unknown', 'neverReported'] as const

export function sumOf(counts: readonly Counted[], of: Partial<Filter> = {}): Sum {
  const sum: Sum = { all: 0, alive: 0, quiet: 0, unknown: 0, neverReported: 0 }
  for (const one of counts) {
    if (of.committee && one.committee !== of.committee) continue
    if (of.kind && one.kind !== of.kind) continue
    for (const name of countNames) {
      sum[name] += one[name]
      sum.all += one[name]
    }
  }
  return sum
}

/** How many of a sum stand in one state; null is all of them. */
export function countIn(sum: Sum, state: DeviceState | null): number {
  if (state === null) return sum.all
  if (state === 'revoked') return 0
  return state === 'never-reported' ? sum.neverReported : sum[state]
}

/** The committees and the kinds that there are, each in the order of the first counting. */
export function committeesIn(counts: readonly Counted[]): { code: CommitteeCode; name: string }[] {
  const names = new Map(counts.map(({ committee, name }) => [committee, name]))
  return [...names].map(([code, name]) => ({ code, name }))
}

/** The last six digits, as they stand on the label: the beginning of a code is alike for many. */
export function shortNumber(device: string): string {
  return device
    .slice(-6)
    .toUpperCase()
    .replace(/^(...)/, '$1-')
}

/** Whether a code ends in what somebody read from a label, or is the code that was pasted. */
export function isNumbered(device: string, asked: string): boolean {
  const wanted = asked.toLowerCase().replaceAll(/[^0-9a-f]/g, '')
  const code = device.replaceAll('-', '')
  return wanted.length <= 6 ? code.slice(-6).includes(wanted) : code.includes(wanted)
}
