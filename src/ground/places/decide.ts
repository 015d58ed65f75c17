import type { HomeCode } from '../../kernel/ids.ts'
import type { Division, Stair } from './types.ts'

type Register = {
  districts: {
    code: string
    name: string
    streets: { code: string; name: string; committees: { code: string; name: string }[] }[]
  }[]
}

export type FlatDivision = Division & { parent: string | null }

/** The register as rows, parents first; or the first code that does not begin with its parent's. */
export function flatten(register: Register): FlatDivision[] | { strayCode: string } {
  const rows: FlatDivision[] = []
  for (const { code, name, streets } of register.districts) {
    rows.push({ code, name, kind: 'district', parent: null })
    for (const street of streets) {
      if (!street.code.startsWith(code)) return { strayCode: street.code }
      rows.push({ code: street.code, name: street.name, kind: 'street', parent: code })
      for (const committee of street.committees) {
        if (!committee.code.startsWith(street.code)) return { strayCode: committee.code }
        const { code: own, name: title } = committee
        rows.push({ code: own, name: title, kind: 'committee', parent: street.code })
      }
    }
  }
  return rows.toSorted((a, b) => a.code.length - b.code.length)
}

/**
 * The homes of a stair: room = floor × 100 + number, as old villages count (501 is fifth floor,
 * first).
 */
export function homesOf(
  compound: string,
  stair: Stair,
): { code: HomeCode; floor: number; room: string }[] {
  const homes = []
  for (let floor = 1; floor <= stair.floors; floor++) {
    for (let number = 1; number <= stair.homesPerFloor; number++) {
      const room = String(floor * 100 + number)
      homes.push({ code: `${compound}-${stair.number}-${room}` as HomeCode, floor, room })
    }
  }
  return homes
}
