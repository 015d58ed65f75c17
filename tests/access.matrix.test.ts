import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { every } from './rig/contracts.ts'
import { uncontrolled } from './rig/controls.ts'
import { walkEmptyTown, walkEnded, walkGates } from './rig/gates.ts'
import { gently, uncovered, walkForeign, walkOwn, type Leak } from './rig/matrix.ts'
import { objects } from './rig/objects.ts'
import { openWorld, type World } from './rig/world.ts'

let world: World

beforeAll(async () => {
  world = await openWorld()
}, 120_000)
afterAll(() => world[Symbol.asyncDispose]())

test('endpoints_uncovered: each says which of its fields name an object', () => {
  expect(uncovered(every)).toEqual([])
  const there = new Set(every.map(({ name }) => name))
  expect(Object.keys(objects).filter((name) => !there.has(name))).toEqual([])
})

/** An id that nobody lists is an object that nobody asks for in vain. */
test('each field that looks like an id or a code is listed', () => {
  const missed = every.flatMap(({ name, endpoint }) =>
    idsIn(endpoint.input)
      .filter((field) => objects[name]?.[field] === undefined)
      .map((field) => `${name} ${field}`),
  )
  const unlisted = missed.filter((one) => !notObjects.has(one))
  expect(unlisted, unlisted.join('\n')).toEqual([])
})

test('every door is shut to whom the contract does not name, at each level of proof', async () => {
  const { asked, leaks } = await walkGates(world)
  expect(leaks, said(leaks)).toEqual([])
  expect(asked).toBeGreaterThan(1_500)
})

test('whose post, session, grant or home has ended is answered nothing more', async () => {
  const { asked, leaks } = await walkEnded(world)
  expect(leaks, said(leaks)).toEqual([])
  expect(asked).toBeGreaterThan(1_200)
})

test('an empty town is opened once, by its owner’s link and by nobody else', async () => {
  const { used, leaks } = await walkEmptyTown()
  expect(leaks, said(leaks)).toEqual([])
  expect(used).toBe(true)
})

describe.each(every)('$name', (one) => {
  test('answers what is beyond somebody’s reach as what is not there', async () => {
    const { leaks } = await walkForeign(world, one)
    expect(leaks, said(leaks)).toEqual([])
  })
})

/** What is not refused for the matter itself: whoever asked was not let in, or it was not found. */
const shut = new Set([
  ...['not-found', 'not-allowed', 'not-signed-in', 'bad-input', 'level-too-low', 'in-person-only'],
  ...['step-up-needed', 'passkey-refused', 'request-needed', 'request-over', 'no-open-task', 'bug'],
])

describe.each(gently)('$name, of one’s own', (one) => {
  test('tells nothing of those beyond, and somebody can use it', async () => {
    const { answers, leaks } = await walkOwn(world, one)
    expect(leaks, said(leaks)).toEqual([])
    if (uncontrolled[one.name] !== undefined) return
    const used = answers.filter(({ status, fault }) => status === 200 || !shut.has(fault ?? ''))
    expect(used, answers.map(({ role, fault }) => `${role}: ${fault}`).join('\n')).not.toEqual([])
  })
})

function said(leaks: readonly Leak[]): string {
  return leaks.map(({ role, field, side, what }) => `${role} ${field} ${side}: ${what}`).join('\n')
}

/** What looks like an object and is none of anybody’s. */
const notObjects = new Set<string>([
  // The register of divisions, which is public.
  ...['districts.0.streets.0.code', 'districts.0.streets.0.committees.0.code'].map(
    (field) => `places.importDivisions ${field}`,
  ),
  'identity.begin street',
  // What a street thought through of a purpose: it names nobody.
  'privacy.switchPurpose impact',
  // Where a page of the asker’s own begins.
  'privacy.whoLooked before',
  // Made by the asker’s telephone, to say the same thing once.
  ...['tasks.act key', 'tasks.addPhoto key'],
])

const idLike = /^\^(\[0-9a-f\]\{8\}-|\[0-9\]\{(9|12)\})/

function idsIn(schema: any, path = ''): string[] {
  const inside = (inner: any, key: string) => idsIn(inner, path === '' ? key : `${path}.${key}`)
  if (schema.anyOf)
    return [...new Set<string>(schema.anyOf.flatMap((one: any) => idsIn(one, path)))]
  if (schema.type === 'array') return inside(schema.items, '0')
  if (schema.type === 'object') {
    return Object.entries<any>(schema.properties).flatMap(([key, inner]) => inside(inner, key))
  }
  return idLike.test(schema.pattern ?? '') ? [path] : []
}
