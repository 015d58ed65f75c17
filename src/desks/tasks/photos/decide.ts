import { fault, type Fault } from '../../../kernel/fault.ts'
import type { PhotoForm } from '../types.ts'
import { hugeChunk, hugeFrame, isFrame } from './sides.ts'

/**
 * Whether these bytes are one plain picture that tells nothing but what it shows. A JPEG may carry
 * JFIF's own segment, Adobe's mark and a colour profile, a WebP its picture, alpha and a colour
 * profile: everything else that a camera adds (Exif, XMP, IPTC, comments, a thumbnail, what stands
 * behind the end) is refused, not cut off: where it came from, more may come.
 * Sources: ITU-T T.81 B.1, JFIF 1.02, Exif 2.32 §4.5.4, RFC 9649 (WebP).
 */
export function formOf(bytes: Uint8Array): PhotoForm | Fault {
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return jpeg(bytes)
  if (wordAt(bytes, 0) === 'RIFF' && wordAt(bytes, 8) === 'WEBP') return webp(bytes)
  return fault('not-a-picture', 'bytes')
}

const sos = 0xda
const eoi = 0xd9
const comment = 0xfe
/** Segments of an application (APP0 to APP15) by what they must begin with to be harmless. */
const harmless: Readonly<Record<number, readonly string[]>> = {
  0xe0: ['JFIF\0'],
  0xe2: ['ICC_PROFILE\0'],
  0xee: ['Adobe'],
}

function jpeg(bytes: Uint8Array): PhotoForm | Fault {
  const broken = fault('not-a-picture', 'bytes')
  let at = 2
  let hasPicture = false
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return broken
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (marker === eoi) {
      if (!hasPicture) return broken
      return at + 2 === bytes.length ? 'image/jpeg' : fault('picture-tells', 'bytes')
    }
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
    const next = at + 2 + length
    if (length < 2 || next > bytes.length) return broken
    if (isFrame(marker) && hugeFrame(bytes, at)) return broken
    if (marker === comment) return fault('picture-tells', 'bytes')
    if (marker >= 0xe0 && marker <= 0xef) {
      const begins = harmless[marker] ?? []
      const isPlain = begins.some((word) => textAt(bytes, at + 4, word.length) === word)
      if (!isPlain) return fault('picture-tells', 'bytes')
    }
    if (marker === sos) hasPicture = true
    at = marker === sos ? afterScan(bytes, next) : next
  }
  return broken
}

/** Behind the coded picture: the next marker that is neither stuffing nor a restart. */
function afterScan(bytes: Uint8Array, from: number): number {
  for (let at = from; at + 1 < bytes.length; at++) {
    if (bytes[at] !== 0xff) continue
    const next = bytes[at + 1] ?? 0
    if (next === 0 || (next >= 0xd0 && next <= 0xd7) || next === 0xff) continue
    return at
  }
  return bytes.length
}

const chunks = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ICCP'])
const pictures = new Set(['VP8 ', 'VP8L'])

function webp(bytes: Uint8Array): PhotoForm | Fault {
  const broken = fault('not-a-picture', 'bytes')
  const size = numberAt(bytes, 4) + 8
  if (size > bytes.length) return broken
  if (size < bytes.length) return fault('picture-tells', 'bytes')
  let hasPicture = false
  let at = 12
  while (at + 8 <= bytes.length) {
    const word = wordAt(bytes, at)
    if (!chunks.has(word)) return fault('picture-tells', 'bytes')
    if (hugeChunk(word, bytes, at)) return broken
    hasPicture ||= pictures.has(word)
    const length = numberAt(bytes, at + 4)
    at += 8 + length + (length % 2)
  }
  return hasPicture && at === bytes.length ? 'image/webp' : broken
}

function wordAt(bytes: Uint8Array, at: number): string {
  return textAt(bytes, at, 4)
}

function textAt(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length))
}

/** Little-endian, 32 bits. */
function numberAt(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at, at + 4)
  return a + b * 256 + c * 65_536 + d * 16_777_216
}
