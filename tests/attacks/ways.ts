/**
 * Ways in which a value comes to the program: where it belongs, and wherever else somebody may hope
 * that it is read. The same way is gone with the foreign value and with its like of nothing.
 */
import type { Endpoint } from '../../src/kernel/endpoint.ts'
import { set } from '../rig/matrix.ts'
import type { Chance } from './chance.ts'
import type { Sent } from './wire.ts'

/** Where a value is put: `shifts.0.post`. `missing`: its like of nothing. */
export type Put = { path: string; value: string; missing: string }
/** An input in which every place that is not the asker's holds what is not there. */
export type Filled = { endpoint: Endpoint; base: object; puts: readonly Put[] }

export const ways = {
  /** Where it belongs. */
  plain: 55,
  /** There, in other letters for the same: %31, \u0031. */
  encoded: 8,
  /** Once more behind what is not there: in the query, as a second key. */
  beside: 6,
  /** As a list, and as what a query calls one. */
  list: 5,
  /** As an object. */
  object: 3,
  header: 5,
  cookie: 4,
  /** As a part of the path. */
  path: 4,
  /** In large letters; in full width, which NFKC makes the same; with blanks of all kinds. */
  large: 3,
  wide: 4,
  blank: 3,
} as const
export type Way = keyof typeof ways

const all = Object.entries(ways) as [Way, number][]
const sum = all.reduce((total, [, weight]) => total + weight, 0)

/** `nth`: which of several such. */
export function someWay(chance: Chance): { way: Way; nth: number } {
  let at = chance.below(sum)
  for (const [way, weight] of all) {
    if (at < weight) return { way, nth: chance.below(4) }
    at -= weight
  }
  return { way: 'plain', nth: 0 }
}

/** The request by that way. */
export function wayOf({ endpoint, base, puts }: Filled, way: Way, nth: number): Sent {
  const inside = (change: (value: string) => unknown) =>
    puts.reduce((made, { path, value }) => set(made, path, change(value) as string), base)
  const missing = puts.reduce((made, put) => set(made, put.path, put.missing), base)
  switch (way) {
    case 'plain':
      return requestFor(endpoint, inside(same))
    case 'encoded':
      return encoded(endpoint, inside(same), nth)
    case 'beside':
      return beside(endpoint, missing, puts, nth)
    case 'list':
      return requestFor(
        endpoint,
        inside((value) => [value]),
        ['', '[]', '[0]', '.0'][nth],
      )
    case 'object':
      return requestFor(
        endpoint,
        inside((value) => ({ $eq: value })),
        '[$eq]',
      )
    case 'header':
      return withHeaders(endpoint, missing, headersOf(endpoint, puts, nth))
    case 'cookie':
      return withHeaders(endpoint, missing, [`cookie: ${cookiesOf(puts, nth)}`])
    case 'path':
      return alongPath(endpoint, missing, puts, nth)
    case 'large':
      return requestFor(
        endpoint,
        inside((value) => value.toUpperCase()),
      )
    case 'wide':
      return requestFor(endpoint, inside(nth % 2 === 0 ? wide : decomposed))
    case 'blank':
      return requestFor(
        endpoint,
        inside((value) => blanks[nth]?.(value) ?? value),
      )
    default:
      return way satisfies never
  }
}

const same = (value: string) => value

function requestFor(endpoint: Endpoint, input: object, behind = ''): Sent {
  const { path, method } = doorOf(endpoint)
  if (method === 'POST') return { method, target: path, headers: [], body: JSON.stringify(input) }
  const query = Object.entries(input).map(([field, value]) => {
    const text = typeof value === 'object' ? Object.values(value as object)[0] : value
    const name = typeof value === 'object' ? `${field}${behind}` : field
    return `${encodeURIComponent(name)}=${encodeURIComponent(String(text))}`
  })
  return { method, target: `${path}?${query.join('&')}`, headers: [] }
}

function doorOf({ get, post }: Endpoint): { method: string; path: string } {
  return { method: post === undefined ? 'GET' : 'POST', path: `/api${get ?? post}` }
}

/** Each letter by its number; `nth`: in small letters, in large ones, twice, in overlong UTF-8. */
function encoded(endpoint: Endpoint, input: object, nth: number): Sent {
  const plain = requestFor(endpoint, input)
  if (plain.body !== undefined) {
    const escaped = plain.body.replaceAll(/(?<=":"?)[0-9a-z一-龥-]{2,}(?=")/g, (word) =>
      [...word].map((each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
    )
    return { ...plain, body: escaped }
  }
  const bytes = (word: string) =>
    [...Buffer.from(word)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')
  const forms: ((word: string) => string)[] = [
    bytes,
    (word) => bytes(word).toUpperCase(),
    (word) => bytes(word).replaceAll('%', '%25'),
    (word) => word.replaceAll('-', '%c0%ad'),
  ]
  const [path = '', query = ''] = plain.target.split('?')
  const pairs = query.split('&').map((pair) => {
    const [name, value = ''] = pair.split('=')
    return `${name}=${forms[nth]?.(decodeURIComponent(value))}`
  })
  return { ...plain, target: `${path}?${pairs.join('&')}` }
}

function beside(endpoint: Endpoint, missing: object, puts: readonly Put[], nth: number): Sent {
  const plain = requestFor(endpoint, missing)
  const query = puts.map(({ path, value }) => `${path}=${encodeURIComponent(value)}`).join('&')
  if (plain.body === undefined) {
    const [path = '', own = ''] = plain.target.split('?')
    const both = nth % 2 === 0 ? [own, query] : [query, own]
    return { ...plain, target: `${path}?${both.filter(Boolean).join('&')}` }
  }
  if (nth % 2 === 0) return { ...plain, target: `${plain.target}?${query}` }
  const again = puts.map(({ path, value }) => `${JSON.stringify(path)}:${JSON.stringify(value)}`)
  const rest = plain.body.slice(1)
  const body =
    nth === 1 ? `{${again.join(',')},${rest}` : `${plain.body.slice(0, -1)},${again.join(',')}}`
  return { ...plain, body: body.replace(',}', '}') }
}

function withHeaders(endpoint: Endpoint, input: object, headers: string[]): Sent {
  return { ...requestFor(endpoint, input), headers }
}

const ascii = (value: string) => encodeURIComponent(value)

/** What proxies and frameworks are known to believe. */
function headersOf(endpoint: Endpoint, puts: readonly Put[], nth: number): string[] {
  const { path } = doorOf(endpoint)
  return puts.flatMap(({ path: field, value }) => {
    const word = ascii(value)
    const name = field.split('.').at(-1) ?? field
    const each = [
      [`x-${name}: ${word}`, `x-lilong-${name}: ${word}`],
      [`x-street: ${word}`, `x-committee: ${word}`, `x-user: ${word}`, `x-forwarded-user: ${word}`],
      [`x-original-url: ${path}?${name}=${word}`, `x-rewrite-url: ${path}?${name}=${word}`],
      [`x-http-method-override: GET`, `x-tenant-id: ${word}`, `x-on-behalf-of: ${word}`],
    ]
    return each[nth] ?? []
  })
}

function cookiesOf(puts: readonly Put[], nth: number): string {
  const names = ['street', 'lilong-street', 'committee', 'lilong-person']
  return puts.map(({ value }) => `${names[nth]}=${ascii(value)}`).join('; ')
}

function alongPath(endpoint: Endpoint, missing: object, puts: readonly Put[], nth: number): Sent {
  const plain = requestFor(endpoint, missing)
  const [path = '', query = ''] = plain.target.split('?')
  const word = ascii(puts[0]?.value ?? '')
  const name = puts[0]?.path ?? ''
  const targets = [
    `${path}/${word}`,
    `${path};${name}=${word}`,
    `/api//../api${path.slice(4)}/..%2f${word}`,
    `${path}%3f${name}=${word}`,
  ]
  const target = targets[nth] ?? path
  return { ...plain, target: query ? `${target}?${query}` : target }
}

const wide = (value: string) =>
  value.replaceAll(/[!-~]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0))
const decomposed = (value: string) => `${value.normalize('NFKD')}\u0301`

const blanks: ((value: string) => string)[] = [
  (value) => ` ${value}`,
  (value) => `${value}\u200b`,
  (value) => `${value}\u0000`,
  (value) => `${value}\r\n`,
]
