import { describe, expect, test } from 'vitest'
import { opened } from '../../../desks/tasks/testing/open.ts'
import { dayMs, hourMs } from '../../../kernel/clock.ts'
import { town, judge, looks, opensPerson, reviews } from '../../../../tests/rig/reviews.ts'

describe('what is unusual', () => {
  test('a page of somebody of the own home; once, however often it is judged', async () => {
    const { elder, worker, neighbour, posts } = town.a
    await opensPerson(worker, elder.person)
    await opensPerson(worker, neighbour.person)
    await judge()
    await judge()
    expect(await reviews()).toMatchObject([
      { reasons: ['kin'], is_drawn: false, by_post: posts.worker, outcome: null },
    ])
    const [row] = await reviews()
    expect(Object.values(row)).not.toContain(elder.person)
    expect(row.due_at.getTime() - row.at.getTime()).toBeGreaterThanOrEqual(10 * dayMs)
  })

  test('a home where one lived once, at another time than whoever is looked at, is none', async () => {
    const { deputy, elder, street, homes } = town.a
    await town.owner(
      `insert into people.residence (street, person, home, from_at, to_at, lives_alone)
       values ($1, $2, $3, '2001-01-01', '2002-01-01', false)`,
      [street, deputy.person, homes[0]],
    )
    await opensPerson(deputy, elder.person)
    await judge()
    expect(await reviews()).toEqual([])
    await town.owner(
      `update people.residence set from_at = '2001-06-01', lives_alone = false
      where person = $1`,
      [elder.person],
    )
    town.clock.set({ at: town.clock.now() + hourMs })
    await opensPerson(deputy, elder.person)
    await judge()
    expect(await reviews()).toMatchObject([{ reasons: ['kin'] }])
  })

  test('a look by somebody who acts for the person by a grant, and the other way round', async () => {
    const { deputy, neighbour, posts, street } = town.a
    const [{ id: account }] = await town.owner(
      `insert into identity.account (id, made_at, seen_at)
       values (gen_random_uuid(), now(), now()) returning id`,
    )
    await town.owner(
      `insert into identity.standing (id, street, account, person, capacity, proof, at)
       values (gen_random_uuid(), $1, $2, $3, 'staff', 'invitation', now())`,
      [street, account, deputy.person],
    )
    await town.owner(
      `insert into identity.grant (street, id, of_person, to_account, called, relation, way,
         made_at, until)
       values ($1, gen_random_uuid(), $2, $3, '侄子', 'kin', 'code', now(), $4)`,
      [street, neighbour.person, account, new Date(town.clock.now() + dayMs)],
    )
    await looks(deputy, posts.deputy, neighbour.person)
    await judge()
    expect(await reviews()).toMatchObject([{ reasons: ['kin'], by_post: posts.deputy }])
    await looks(neighbour, posts.worker, deputy.person)
    await judge()
    const found = (await reviews()).map(({ by_post: post }: any) => post)
    expect(new Set(found)).toEqual(new Set([posts.deputy, posts.worker]))
  })

  test('more than forty people in a day; looks alike within an hour are one review', async () => {
    const { deputy, posts } = town.a
    town.clock.set({ at: town.clock.now() + dayMs })
    const somebody = () => crypto.randomUUID()
    for (let n = 0; n < 39; n++) await looks(deputy, posts.deputy, somebody())
    // Whoever stood in a list was not opened.
    for (let n = 0; n < 5; n++) await looks(deputy, posts.deputy, somebody(), { how: 'list' })
    await looks(deputy, posts.deputy, somebody())
    await judge()
    expect(await reviews()).toEqual([])
    for (let n = 0; n < 3; n++) await looks(deputy, posts.deputy, somebody())
    await judge()
    expect(await reviews()).toMatchObject([{ reasons: ['many'], by_post: posts.deputy }])
    town.clock.set({ at: town.clock.now() + hourMs })
    await looks(deputy, posts.deputy, somebody())
    await judge()
    expect(await reviews()).toHaveLength(2)
  })

  test('five times as many as on the post’s own usual day', async () => {
    const { worker, posts } = town.a
    const somebody = () => crypto.randomUUID()
    for (let day = 0; day < 5; day++) {
      town.clock.set({ at: town.clock.now() + dayMs })
      for (let n = 0; n < 3; n++) await looks(worker, posts.worker, somebody())
    }
    town.clock.set({ at: town.clock.now() + dayMs })
    for (let n = 0; n < 14; n++) await looks(worker, posts.worker, somebody())
    await judge()
    expect(await reviews()).toEqual([])
    await looks(worker, posts.worker, somebody())
    await judge()
    expect(await reviews()).toMatchObject([{ reasons: ['many'] }])
  })

  test('at night, off duty; on duty by the roster, or for an open task, it is not', async () => {
    const { deputy, worker, elder, posts, street, body } = town.a
    const night = Date.parse(
      `${new Date(town.clock.now() + dayMs).toISOString().slice(0, 10)}T23:30:00+08:00`,
    )
    town.clock.set({ at: night })
    const task = await opened(town, { place: town.a.homes[1]!, rule: 'care-habit' })
    const matter = { kind: 'task', id: task, label: 'care-visit' } as const
    await looks(deputy, posts.deputy, elder.person, { how: 'list', matter })
    await judge()
    expect(await reviews()).toEqual([])
    await looks(deputy, posts.deputy, elder.person, {
      ...{ how: 'list', matter: { ...matter, id: crypto.randomUUID() } },
    })
    await judge()
    expect(await reviews()).toMatchObject([{ reasons: ['night'], by_post: posts.deputy }])
    await town.owner(
      `insert into duties.shift (street, id, body, post, starts_at, ends_at, made_at)
       values ($1, gen_random_uuid(), $2, $3, $4, $5, $4)`,
      [street, body, posts.worker, new Date(night - hourMs), new Date(night + hourMs)],
    )
    await town.owner(
      `insert into duties.cover (street, id, body, days, from_time, to_time, people, since)
       values ($1, gen_random_uuid(), $2, 'every-day', '22:00', '06:00', 1, $3)`,
      [street, body, new Date(night - dayMs)],
    )
    await looks(worker, posts.worker, elder.person, { how: 'list' })
    await judge()
    expect(await reviews()).toHaveLength(1)
    town.clock.set({ at: night + 12 * hourMs })
  })

  test('a request with which nothing was done, a day after it ended; one with a result is none', async () => {
    const { deputy, neighbour } = town.a
    town.clock.set({ at: town.clock.now() + dayMs })
    await town.owner("delete from identity.grant where called = '侄子'")
    const without = await opensPerson(deputy, neighbour.person)
    town.clock.set({ at: town.clock.now() + 1 })
    const ended = await opensPerson(deputy, neighbour.person)
    for (const [request, more] of [
      [without, {}],
      [ended, { result: 'done' }],
    ] as const) {
      const asked = { request, ...more }
      expect((await deputy.post('/api/privacy/requests/end', asked)).status).toBe(200)
    }
    const last = town.clock.now()
    await judge()
    town.clock.set({ at: last + dayMs - 1 })
    await judge()
    expect(await reviews()).toEqual([])
    town.clock.set({ at: last + dayMs })
    await judge()
    expect(await reviews()).toMatchObject([{ reasons: ['no-outcome'] }])
    const [{ matter_id: matter }] = await town.owner(
      'select matter_id from privacy.look where id = $1',
      [(await reviews())[0].look],
    )
    expect(matter).toBe(without)
  })

  test('what is drawn by lot is reviewed without any reason; a rule’s look is not drawn', async () => {
    const { deputy, neighbour, posts } = town.a
    await looks(deputy, posts.deputy, neighbour.person)
    await looks(deputy, posts.deputy, neighbour.person, {
      by: { kind: 'rule', rule: 'care-silence', version: 1 },
    })
    await town.owner(
      "update privacy.look set salt = '00000064-0000-4000-8000-000000000000' where at = $1",
      [new Date(town.clock.now())],
    )
    await judge()
    expect(await reviews()).toMatchObject([{ reasons: [], is_drawn: true, by_post: posts.deputy }])
  })
})

test('what is older than a week when it is judged is left alone; a review is due from then on', async () => {
  const { deputy, elder, posts } = town.a
  await looks(deputy, posts.deputy, elder.person)
  const at = town.clock.now()
  town.clock.set({ at: at + 7 * dayMs + 1 })
  await judge()
  expect(await reviews()).toEqual([])
  await looks(deputy, posts.deputy, elder.person, { at: town.clock.now() - 7 * dayMs })
  await judge()
  const [row] = await reviews()
  expect(row).toMatchObject({ reasons: ['kin'] })
  expect(row.due_at.getTime() - town.clock.now()).toBeGreaterThanOrEqual(10 * dayMs)
})
