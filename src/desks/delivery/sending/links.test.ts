import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTelephones, type Telephones } from '../../../../tests/rig/telephones.ts'
import { minuteMs } from '../../../kernel/clock.ts'
import { put } from '../actions.ts'
import type { Says } from '../types.ts'

let it: Telephones

beforeAll(async () => {
  it = await openTelephones()
})
afterAll(() => it[Symbol.asyncDispose]())

test.each([
  ['glass-broken', '/desk/register/reviews'],
  ['keeper-named', '/desk/register/keeper'],
  ['reviewer-named', '/desk/looks-review'],
  ['look-wrong', '/desk/looks-review'],
  ['why-asked', '/desk/questions'],
  ['why-answered', '/care/looks'],
  ['own-request-decided', '/my-data'],
  ['task', '/desk'],
] as const)('a message that says %s leads to where it is read: %s', async (says: Says, path) => {
  const { town, provider } = it
  const { given, sending, publicUrl } = town.program
  const { street, worker } = town.a
  const note = { street, person: worker.person, topic: 'requests' as const, matter: randomUUID() }
  await given.db.inStreet({ street }, (tx) => put(given, tx, { ...note, says }))
  await sending.tick()
  await sending.idle()
  town.clock.set({ at: town.clock.now() + 2 * minuteMs })
  await sending.tick()
  await sending.idle()
  const { body } = provider.asked.at(-1)!
  expect({ says: body.says, link: body.link }).toEqual({ says, link: `${publicUrl}${path}` })
})
