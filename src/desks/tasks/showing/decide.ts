import type { Place } from '../../../ground/places/index.ts'

/**
 * Whether a place is meant by what somebody typed: each run of letters, of digits or of characters
 * stands in what the place is called. `26 501`, `26号501`, `新村 26` find 26号 501室.
 */
export function isMeant(place: Place | null, words: string): boolean {
  const asked =
    words
      .normalize('NFKC')
      .toLowerCase()
      .match(/[a-z]+|[0-9]+|\p{Script=Han}+/gu) ?? []
  if (asked.length === 0) return words.trim() === ''
  if (!place) return false
  const { committee, compound, building, stair, room } = place
  const named = [committee, compound, building, stair && `${stair}号`, room && `${room}室`]
  const said = named.filter(Boolean).join(' ').normalize('NFKC').toLowerCase()
  const numbers = new Set(said.match(/[0-9]+/g) ?? [])
  return asked.every((one) =>
    // 5 does not mean 501, nor 01; 号 and 室 alone mean nothing.
    /^[0-9]+$/.test(one) ? numbers.has(one) : suffixes.has(one) || said.includes(one),
  )
}
const suffixes = new Set(['号', '室', '幢', '楼', '单元'])
