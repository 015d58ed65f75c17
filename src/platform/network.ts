import { isIPv6 } from 'node:net'

/** Whoever has one address of IPv6 has 2^64 of them: they count as one. */
export function networkOf(address: string): string {
  const inside = address.replace(/^::ffff:(?=[0-9.]+$)/i, '')
  if (!isIPv6(inside)) return inside
  const [left = '', right] = inside.toLowerCase().split('%')[0]?.split('::') ?? []
  const head = left === '' ? [] : left.split(':')
  const tail = right === undefined || right === '' ? [] : right.split(':')
  const zeros =
    right === undefined ? [] : Array<string>(Math.max(0, 8 - head.length - tail.length)).fill('0')
  return [...head, ...zeros, ...tail].slice(0, 4).join(':')
}
