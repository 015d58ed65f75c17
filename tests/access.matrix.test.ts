import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { every } from './rig/contracts.ts'
import { uncovered, walkForeign, walkOwn } from './rig/matrix.ts'
import { objects, uncontrolled } from './rig/objects.ts'
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

/** These end what the others ask for: they come last. */
const ending = /\.(end|revoke|cancel|leave|replace|renew|reset|setClock|hold)/i
const gently = every.toSorted((a, b) => Number(ending.test(a.name)) - Number(ending.test(b.name)))

describe.each(every)('$name', (one) => {
  test('answers what is beyond somebody’s reach as what is not there', async () => {
    expect((await walkForeign(world, one)).leaks).toEqual([])
  })
})

/** What is refused for the matter itself: whoever asked was let in, and it was found. */
const shut = new Set(['not-found', 'not-allowed', 'not-signed-in', 'bad-input', 'level-too-low'])

describe.each(gently)('$name, of one’s own', (one) => {
  test('tells nothing of those beyond, and somebody can use it', async () => {
    const { answers, leaks } = await walkOwn(world, one)
    expect(leaks).toEqual([])
    if (uncontrolled[one.name] !== undefined) return
    const used = answers.filter(({ status, fault }) => status === 200 || !shut.has(fault ?? ''))
    expect({ used: used.length > 0, answers }).toMatchObject({ used: true })
  })
})
