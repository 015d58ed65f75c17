import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { canary, openReporting } from '../../../../tests/rig/reporting.ts'

const opened = await openReporting()
const { town, reporter, keeper, officer, report, open, name, byToken, taskOf } = opened
afterAll(() => town[Symbol.asyncDispose]())

const first = town.a.officer
const kept = async () => (await byToken(first).get('/duties/posts/keeper')).body
const notes = () =>
  town.owner(
    `select person, topic, urgency, says, matter from delivery.note
     where says = 'keeper-named' order by made_at, person`,
  )

beforeEach(async () => {
  await town.owner('delete from delivery.note')
  await town.owner('update duties.post set keeps_reporters = false, keeper_since = null')
})

describe('who may open reporters', () => {
  test('is shown to officers, with whom one could name, and to nobody else', async () => {
    const officers = [
      { post: town.a.posts.officer, name: first.name, isMe: true },
      { post: keeper.postId, name: '长官二', isMe: false },
    ]
    expect(await kept()).toMatchObject({ keeper: null, officers })
    expect((await name(officer, keeper.postId)).status).toBe(200)
    expect(await kept()).toMatchObject({
      keeper: { post: keeper.postId, since: town.clock.now() },
      officers,
    })
    const { worker, elder, others } = town.a
    for (const who of [worker, elder, ...others.map(({ actor }) => actor)]) {
      expect((await byToken(who).get('/duties/posts/keeper')).status).toBe(403)
    }
    const abroad = (await byToken(town.b.officer).get('/duties/posts/keeper')).body
    expect(abroad).toMatchObject({ keeper: null, officers: [{ name: town.b.officer.name }] })
  })

  test('the one who is named is told, and at a change the one before, too: once each', async () => {
    await name(officer, keeper.postId)
    await town.settled()
    expect(await notes()).toMatchObject([{ person: keeper.person, urgency: 'usual' }])
    await town.owner('delete from delivery.note')
    await name(keeper, town.a.posts.officer)
    await town.settled()
    const both = await notes()
    expect(both).toHaveLength(2)
    expect(new Set(both.map(({ person }) => person))).toEqual(
      new Set([keeper.person, first.person]),
    )
    expect(new Set(both.map(({ matter }) => matter)).size).toBe(1)
  })

  test('nobody is told where nothing changed', async () => {
    await name(officer, keeper.postId)
    await town.settled()
    await name(officer, keeper.postId)
    await name(officer, town.a.posts.officer)
    await town.settled()
    expect(await notes()).toHaveLength(1)
  })

  test('whose post ends is it no more, and the street has none until it names one', async () => {
    await name(officer, keeper.postId)
    await report(reporter, { what: 'noise' })
    const { id } = await taskOf('noise')
    expect((await open(keeper, id)).body).toEqual({ reporters: [canary] })
    await byToken(first).post('/duties/posts/end', { post: keeper.postId })
    expect(await kept()).toMatchObject({ keeper: null })
    expect((await open(keeper, id)).status).toBeGreaterThanOrEqual(400)
  })
})

test('a matter says to its keeper that they may open it, and to no other officer', async () => {
  const { body } = (
    await town.owner("select id as body from duties.body where kind = 'street' and street = $1", [
      town.a.street,
    ])
  )[0]
  const held = { body, title: '接件员', person: keeper.person, rank: 3 }
  const { post } = (await byToken(first).post('/duties/posts', held)).body
  await name(officer, post)
  const { id } = await taskOf('noise')
  const of = async (token: string) =>
    (await town.call(token, 'GET', `/api/overview/matter?task=${id}`)).body.mayOpenReporters
  expect(await of(first.token)).toBe(false)
  expect(await of(await town.tokenOf('长官二'))).toBe(true)
})
