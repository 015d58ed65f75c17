/**
 * How large a picture says it is. A few bytes may claim a picture that fills the memory of whoever
 * unfolds it; ours are drawn anew before they are sent, at most 1600 pixels wide or high.
 * Sources: ITU-T T.81 B.2.2 (frame header), RFC 9649 §2.5–2.7, RFC 6386 §9.1 (key frame).
 */
const sideMax = 4_096

type Sides = readonly [width: number, height: number]

function isTooLarge([width, height]: Sides): boolean {
  return width > sideMax || height > sideMax || width === 0 || height === 0
}

/** Start of frame: C0 to CF, but for tables (C4, CC) and what is kept for extensions (C8). */
export function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}

/** `at`: of the marker. Of no height: a later segment would say it. */
export function hugeFrame(bytes: Uint8Array, at: number): boolean {
  const two = (from: number) => ((bytes[from] ?? 0) << 8) | (bytes[from + 1] ?? 0)
  return isTooLarge([two(at + 7), two(at + 5)])
}

/** `at`: of the chunk's word. */
export function hugeChunk(word: string, bytes: Uint8Array, at: number): boolean {
  const sides = sidesOf(word, bytes.subarray(at + 8))
  return sides !== undefined && isTooLarge(sides)
}

function sidesOf(word: string, body: Uint8Array): Sides | undefined {
  const little = (from: number, count: number) =>
    body.subarray(from, from + count).reduce((sum, byte, n) => sum + byte * 256 ** n, 0)
  switch (word) {
    case 'VP8X':
      return [little(4, 3) + 1, little(7, 3) + 1]
    case 'VP8L': {
      const packed = little(1, 4)
      return body[0] === 0x2f
        ? [(packed % 2 ** 14) + 1, (Math.floor(packed / 2 ** 14) % 2 ** 14) + 1]
        : undefined
    }
    case 'VP8 ':
      return little(3, 3) === 0x2a019d
        ? [little(6, 2) % 2 ** 14, little(8, 2) % 2 ** 14]
        : undefined
    default:
      return undefined
  }
}
