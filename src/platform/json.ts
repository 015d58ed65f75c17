/** Why a text is not taken as JSON. `depth` counts nested objects and lists. */
export type JsonRefusal = 'malformed' | 'too-deep' | 'duplicate-key' | 'forbidden-key'

const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Reads JSON text strictly: a depth limit (default 16), no duplicate keys, none of the keys that
 * change an object's nature. RFC 8259 leaves duplicates open; two readers must not read two things.
 */
export function readJson(
  text: string,
  depthMax = 16,
): { value: unknown } | { refused: JsonRefusal } {
  if (isDeeper(text, depthMax)) return { refused: 'too-deep' }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { refused: 'malformed' }
  }
  const refused = keysRefused(text)
  return refused ? { refused } : { value }
}

function isDeeper(text: string, depthMax: number): boolean {
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === 34) at = stringEnd(text, at)
    else if (char === 123 || char === 91) {
      if (++depth > depthMax) return true
    } else if (char === 125 || char === 93) depth--
  }
  return false
}

/** Only for text that JSON.parse has already accepted. */
function keysRefused(text: string): JsonRefusal | undefined {
  const open: (Set<string> | null)[] = []
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === 123) open.push(new Set())
    else if (char === 91) open.push(null)
    else if (char === 125 || char === 93) open.pop()
    else if (char === 34) {
      const end = stringEnd(text, at)
      const keys = open.at(-1)
      if (keys && isKey(text, end + 1)) {
        const key = JSON.parse(text.slice(at, end + 1)) as string
        if (forbidden.has(key)) return 'forbidden-key'
        if (keys.has(key)) return 'duplicate-key'
        keys.add(key)
      }
      at = end
    }
  }
  return undefined
}

function isKey(text: string, from: number): boolean {
  let at = from
  while (text.charCodeAt(at) <= 32) at++
  return text.charCodeAt(at) === 58
}

function stringEnd(text: string, from: number): number {
  let at = from + 1
  while (at < text.length && text.charCodeAt(at) !== 34) {
    at += text.charCodeAt(at) === 92 ? 2 : 1
  }
  return at
}
