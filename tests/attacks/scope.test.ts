import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorld, type World } from '../rig/world.ts'
import { fuzzScope } from './scope.ts'
import { ways } from './ways.ts'

let world: World

beforeAll(async () => {
  world = await openWorld()
}, 120_000)
afterAll(() => world[Symbol.asyncDispose]())

test('2,000 requests for what is beyond are answered as if it were not there', async () => {
  const { cases, endpoints, byWay, leaks, canaries, failures, answers } = await fuzzScope(world, {
    ...{ cases: 2_000, seed: 6 },
  })
  expect(leaks.slice(0, 5)).toEqual([])
  expect(canaries.slice(0, 5)).toEqual([])
  expect(cases).toBeGreaterThanOrEqual(2_000)
  expect(failures).toEqual([])
  expect(endpoints.size).toBeGreaterThan(80)
  expect(byWay.size).toBe(Object.keys(ways).length)
  // Most came as far as the question whose it is: what is refused for its form proves little.
  const refused = answers.get('400 bad-input') ?? 0
  expect(refused / cases).toBeLessThan(0.4)
})
