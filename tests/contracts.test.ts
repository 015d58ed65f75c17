import type { TSchema } from 'typebox'
import { Check } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { faults } from '../src/kernel/fault.ts'
import {
  callersOf,
  every,
  inputs,
  isOpenTo,
  requestOf,
  type Caller,
  type Named,
} from './rig/contracts.ts'
import { operatorKey } from './rig/program.ts'
import { openStreets, type Streets } from './rig/streets.ts'
import { signedIn } from './rig/world-rows.ts'

let town: Streets
let account: Caller

beforeAll(async () => {
  town = await openStreets({ everyRole: true, callsPerMinuteMax: 100_000 })
  const [{ id }] = await town.owner(`insert into identity.account (id, made_at, seen_at)
    values (gen_random_uuid(), now(), now()) returning id`)
  account = await signedIn(town.owner, id)
  // What is refused here is refused for other reasons than that somebody must show who they are.
  await town.owner("update identity.session set stepped_up_until = now() + interval '20 years'")
})
afterAll(() => town[Symbol.asyncDispose]())

async function send(
  { token }: Pick<Caller, 'token'>,
  { endpoint }: Named,
  input: object | string,
  more: Record<string, string> = {},
) {
  const { path, headers, ...request } = requestOf(endpoint, input)
  const signed = token ? { authorization: `Bearer ${token}` } : {}
  const answer = await fetch(`${town.program.url}${path}`, {
    ...request,
    headers: { ...headers, ...signed, ...more },
  })
  return { status: answer.status, body: await answer.json() }
}

/** Each role of the street once, nobody, and who has proven a telephone alone. */
const callers = () => [...callersOf(town.a), account]

const inputOf = ({ name }: Named) => inputs[name]!(town.a)

/** Somebody of the street who may call it. */
function whoMay({ endpoint }: Named): Caller {
  return callers().find((caller) => isOpenTo(endpoint, caller))!
}

function refusal(kind: keyof typeof faults, field?: string) {
  const { status, 'zh-CN': zh, en } = faults[kind]
  const named = field === undefined ? {} : { field }
  return { status, body: { fault: kind, ...named, sentence: { 'zh-CN': zh, en } } }
}

const posts = every.filter(({ endpoint }) => endpoint.post !== undefined)

describe('the contracts', () => {
  test('each has an input here, and no other name has one', () => {
    expect(every.map(({ name }) => name).toSorted()).toEqual(Object.keys(inputs).toSorted())
  })

  test('no two have one name or one path', () => {
    const paths = every.map(({ endpoint: { get, post } }) => (get ? `GET ${get}` : `POST ${post}`))
    expect(new Set(paths).size).toBe(every.length)
    expect(new Set(every.map(({ name }) => name)).size).toBe(every.length)
  })

  test.each(every)('$name says who, what it shows, why and what it does', ({ endpoint }) => {
    expect(Object.keys(endpoint.who).length).toBeGreaterThan(0)
    expect(Array.isArray(endpoint.sees)).toBe(true)
    expect(endpoint.why).toMatch(/^[a-z-]+$/)
    expect(endpoint.says).toMatch(/^[A-Z“].{10,}[^.]$/)
    if (endpoint.who.anyone) expect(endpoint.sees).toEqual([])
  })

  test.each(every)('$name is closed on its way in and out, and all of it has limits', (one) => {
    expect(openParts(one.endpoint.input, 'input', true)).toEqual([])
    expect(openParts(one.endpoint.output, 'output', false)).toEqual([])
  })

  test('all stand in the OpenAPI 3.1 document', async () => {
    const document = await town.ask('', 'GET', '/openapi.json')
    expect(document.openapi).toMatch(/^3\.1\./)
    const listed = Object.values(document.paths).flatMap((path: any) => Object.values<any>(path))
    expect(listed.map((each): string => each.operationId).toSorted()).toEqual(
      every.map(({ name }) => name).toSorted(),
    )
    for (const { name, endpoint } of every) {
      const at = document.paths[`/api${endpoint.get ?? endpoint.post}`]
      const said = at[endpoint.get ? 'get' : 'post']
      expect(said).toMatchObject({ operationId: name, summary: endpoint.says })
      expect(said.description).toContain(`why: ${endpoint.why}`)
      expect(said.security.length > 0).toBe(!endpoint.who.anyone)
    }
  })
})

/** Objects that take or give unlisted fields, and (on the way in) whatever may grow without end. */
function openParts(schema: TSchema, at: string, isInput: boolean): string[] {
  const part = schema as any
  const inside = (inner: TSchema, name: string) => openParts(inner, `${at}.${name}`, isInput)
  const branches: TSchema[] = part.anyOf ?? []
  const deep = branches.flatMap((branch, i) => inside(branch, `${i}`))
  switch (part.type) {
    case 'object':
      return [
        ...(part.additionalProperties === false ? [] : [`${at} is open`]),
        ...Object.entries<TSchema>(part.properties).flatMap(([name, inner]) => inside(inner, name)),
      ]
    case 'array':
      return [
        ...(isInput && part.maxItems === undefined ? [`${at} is endless`] : []),
        ...inside(part.items, '*'),
      ]
    case 'string': {
      const isBound = part.enum ?? part.const ?? part.maxLength ?? /[}\])]\??\$$/.test(part.pattern)
      return isInput && !isBound ? [`${at} is endless`] : []
    }
    case 'integer':
    case 'number':
      return isInput && !('minimum' in part && 'maximum' in part) ? [`${at} is endless`] : []
    default:
      return branches.length > 0 || ['boolean', 'null'].includes(part.type) ? deep : [`${at}?`]
  }
}

describe.each(every)('$name', (one) => {
  test('is shut to everybody it does not name, and open to those it does', async () => {
    for (const caller of callers()) {
      const isLow = caller === account && one.endpoint.who.resident !== undefined
      const why = isLow ? 'level-too-low' : 'not-allowed'
      const refused = refusal(caller.holds.length > 1 ? why : 'not-signed-in')
      if (isOpenTo(one.endpoint, caller)) {
        const answer = await send(caller, one, { ...inputOf(one), unexpected: '1' })
        expect({ role: caller.role, ...answer }).toEqual({
          ...{ role: caller.role, ...refusal('bad-input', 'unexpected') },
        })
        continue
      }
      for (const input of [inputOf(one), { ...inputOf(one), unexpected: '1' }]) {
        const answer = await send(caller, one, input)
        expect({ role: caller.role, ...answer }).toEqual({ role: caller.role, ...refused })
      }
    }
  })

  test('refuses each field of another type, and names it', async () => {
    const right = inputOf(one)
    const { properties, required = [] } = one.endpoint.input as any
    for (const [field, schema] of Object.entries<any>(properties)) {
      const wrongs: unknown[] = one.endpoint.get ? ['', 'x', '\0'] : notOf(schema)
      for (const wrong of wrongs.filter((value) => !Check(schema, value))) {
        const answer = await send(whoMay(one), one, { ...right, [field]: wrong })
        expect({ field, wrong, ...answer }).toMatchObject({
          ...{ field, wrong, status: 400, body: { fault: 'bad-input' } },
        })
        expect(answer.body.field).toMatch(new RegExp(`^${field}`))
      }
      if (!required.includes(field)) continue
      const { [field]: _, ...without } = right
      expect(await send(whoMay(one), one, without)).toEqual(refusal('bad-input', field))
    }
  })

  test('refuses biometrics by their name', async () => {
    for (const field of ['face', 'faceFeature', 'iris_code', 'PalmPrint', 'voiceprint']) {
      const answer = await send(whoMay(one), one, { ...inputOf(one), [field]: 'AAECAw==' })
      expect(answer).toEqual(refusal('biometric-refused', field))
    }
  })
})

/** Values that no field of this schema may hold. JSON knows no undefined. */
function notOf(schema: any): unknown[] {
  const kinds = (schema.anyOf ?? [schema]).map((each: any) => each.type)
  const values: [string, unknown[]][] = [
    ['string', ['', '\u202e右', 'a\0b', 'x'.repeat(400)]],
    ['integer', [1.5, -1, 2 ** 60]],
    ['number', [-1, 2 ** 60]],
    ['boolean', [true]],
    ['array', [[1]]],
    ['object', [{}]],
    ['null', [null]],
  ]
  const isNumber = (kind: string) => kind === 'integer' || kind === 'number'
  return values.flatMap(([kind, wrong]) => {
    if (kind === 'string' && kinds.includes(kind)) {
      return schema.pattern ? wrong.slice(schema.minLength === 0 ? 1 : 0) : ['x'.repeat(400)]
    }
    if (kind === 'boolean' || kind === 'null') return kinds.includes(kind) ? [] : wrong
    if (isNumber(kind) && kinds.some(isNumber)) return kinds.includes(kind) ? wrong : []
    return wrong
  })
}

describe.each(posts)('the body of $name', (one) => {
  test.each([
    ['nothing', 'null'],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['no JSON', '{"a": 1'],
    ['NaN', '{"a": NaN}'],
    ['__proto__', '{"__proto__": {"who": "operator"}}'],
    ['__proto__ in disguise', '{"\\u005f_proto__": {"who": "operator"}}'],
    ['constructor', '{"constructor": {"prototype": {}}}'],
    ['a key twice', '{"a": 1, "a": 2}'],
    ['depth 10,000', `{"a": ${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
  ])('may not be %s', async (_what, body) => {
    expect(await send(whoMay(one), one, body)).toMatchObject({
      ...{ status: 400, body: { fault: 'bad-input' } },
    })
  })

  test('may not be larger than its limit', async () => {
    const limit = one.endpoint.bodyBytesMax ?? 64 * 1024
    const padded = (bytes: number) => {
      const right = JSON.stringify({ ...inputOf(one), unexpected: 1 })
      return right + ' '.repeat(bytes - Buffer.byteLength(right))
    }
    expect((await send(whoMay(one), one, padded(limit))).status).toBe(400)
    expect(await send(whoMay(one), one, padded(limit + 1))).toEqual(refusal('too-large'))
  })

  test('is JSON or nothing', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      const answer = await send(whoMay(one), one, 'a=1', { 'content-type': type })
      expect(answer).toEqual(refusal('wrong-media-type'))
    }
  })

  test('is not taken from another site', async () => {
    for (const origin of ['https://example.org', 'null', 'http://127.0.0.1:1', 'about:blank']) {
      const answer = await send(whoMay(one), one, inputOf(one), { origin })
      expect(answer).toEqual(refusal('not-allowed'))
    }
  })
})

test('a number that JSON can write and no computer can hold is refused', async () => {
  const one = every.find(({ name }) => name === 'demo.setClock')!
  const operator = { token: operatorKey }
  for (const body of ['{"speed": 1e400}', '{"speed": -1e400}', '{"at": 1e400}']) {
    expect(await send(operator, one, body)).toMatchObject({ status: 400 })
  }
})

test('text: control and direction marks are refused; rare characters, · and emoji are kept', async () => {
  const { officer } = town.a
  const add = (name: string) =>
    officer.post('/api/people', {
      ...{ name, bornOn: null, phone: null, home: null, livesAlone: false },
    })
  const marks = [
    '\0',
    '\u0008',
    '\u001b',
    '\u061c',
    '\u200e',
    '\u200f',
    '\u202e',
    '\u2066',
    '\u2069',
  ]
  for (const mark of marks) {
    expect(await add(`张${mark}三`)).toMatchObject({ status: 400, body: { field: 'name' } })
  }
  for (const name of ['𠮷田', '阿不都·热合曼', '王👨‍👩‍👧', '𪚥'.repeat(60), "O'Neil; drop table"]) {
    const { status, body } = await add(name)
    expect(status).toBe(200)
    const [row] = await town.owner('select name from people.person where id = $1', [body.person])
    expect(row.name).toBe(name)
  }
  expect((await add('𪚥'.repeat(61))).status).toBe(400)
})
