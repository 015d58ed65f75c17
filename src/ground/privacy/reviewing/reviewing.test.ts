import { describe, expect, test } from 'vitest'
import { type Actor } from '../../../../tests/rig/streets.ts'
import { dayMs } from '../../../kernel/clock.ts'
import { letGo, keeps } from '../index.ts'

import {
  town,
  volunteer,
  clinic,
  namesReviewer,
  judge,
  looks,
  reviews,
  listed,
  open,
  answer,
  kinReview,
} from '../../../../tests/rig/reviews.ts'

describe('whoever reviews', () => {
  test('sees which post looked, when, at which fields and why, and nothing of whom', async () => {
    const { elder, worker } = town.a
    const review = await kinReview()
    const [one, ...more] = await listed(volunteer.actor)
    expect(more).toEqual([])
    expect(one).toMatchObject({
      ...{ review, by: 'post', title: '居委社工', reasons: ['kin'], isDrawn: false },
      ...{ matter: 'request', label: 'on-the-phone', how: 'page', openedAt: null },
    })
    const said = JSON.stringify(one)
    for (const hidden of [elder.person, elder.name, worker.person, worker.name, town.a.homes[0]!]) {
      expect(said).not.toContain(hidden)
    }
  })

  test('is in the book of whom they see', async () => {
    const { elder } = town.a
    const review = await kinReview()
    town.clock.set({ at: town.clock.now() + 1 })
    const opened = await open(volunteer.actor, review)
    expect(opened).toMatchObject({ status: 200, body: { name: elder.name } })
    expect(opened.body.places).toHaveLength(1)
    const [look] = (await elder.get('/api/privacy/looks')).body.looks
    expect(look).toMatchObject({
      ...{ by: 'post', unit: '志愿者站', label: 'look-review', fields: ['name', 'address'] },
    })
    expect((await listed(volunteer.actor))[0].openedAt).toBe(town.clock.now())
  })

  test('is nobody who was not named, and no officer, nor anybody in charge', async () => {
    const review = await kinReview()
    const { officer, worker, elder } = town.a
    for (const who of [clinic.actor, officer, worker, elder]) {
      for (const asked of [open(who, review), answer(who, review, 'right')]) {
        expect(await asked).toMatchObject({ status: 403, body: { fault: 'not-allowed' } })
      }
      expect((await who.get('/api/privacy/look-reviews')).status).toBe(403)
    }
    expect((await reviews())[0].outcome).toBeNull()
  })

  test('never reviews a look of their own body: another one does, or it waits', async () => {
    await looks(volunteer.actor, volunteer.post, town.a.elder.person)
    await town.owner(
      `update privacy.look set salt = '00000000-0000-4000-8000-000000000000'
      where by_post = $1`,
      [volunteer.post],
    )
    await judge()
    const [{ id }] = await reviews()
    expect(await listed(volunteer.actor)).toEqual([])
    for (const asked of [open(volunteer.actor, id), answer(volunteer.actor, id, 'right')]) {
      expect(await asked).toMatchObject({ status: 404 })
    }
    const numbers = async () =>
      (await town.call('', 'GET', `/api/privacy/numbers?street=${town.a.street}`)).body.chosen
        .reviews
    expect(await numbers()).toMatchObject({ open: 1, reviewers: 1, waiting: 1 })
    expect((await namesReviewer(clinic.post)).status).toBe(200)
    expect(await numbers()).toMatchObject({ open: 1, reviewers: 2, waiting: 0 })
    expect(await listed(clinic.actor)).toHaveLength(1)
    expect((await answer(clinic.actor, id, 'right')).status).toBe(200)
    expect((await namesReviewer(clinic.post, false)).status).toBe(200)
  })

  test('of another street finds nothing', async () => {
    const review = await kinReview()
    const theirs = town.b.others.find(({ role }) => role === 'volunteer')!
    await town.b.officer.post('/api/duties/posts/reviewer', { post: theirs.post, reviews: true })
    expect(await listed(theirs.actor)).toEqual([])
    expect(await open(theirs.actor, review)).toMatchObject({ status: 404 })
    expect(await answer(theirs.actor, review, 'right')).toMatchObject({ status: 404 })
  })

  test('answers once; what was not plainly right needs words', async () => {
    const review = await kinReview()
    const wordless = await answer(volunteer.actor, review, 'unclear', ' 无 ')
    expect(wordless).toMatchObject({ status: 400, body: { field: 'words' } })
    expect(await answer(volunteer.actor, review, 'right')).toMatchObject({ status: 200 })
    const again = await answer(volunteer.actor, review, 'wrong', '不该看的')
    expect(again).toMatchObject({ status: 409, body: { fault: 'already-so' } })
    expect(await listed(volunteer.actor)).toEqual([])
    const outcome = (await town.a.elder.get('/api/privacy/looks')).body.looks[0].outcome
    expect(outcome).not.toBe('found-wrong')
  })
})

describe('what was not right', () => {
  test('is said in the person’s book, and to whoever is in charge and nobody else', async () => {
    const { elder, worker, deputy, officer } = town.a
    await town.owner('delete from delivery.note')
    const review = await kinReview()
    await answer(volunteer.actor, review, 'wrong', '没有事情要办')
    await town.settled()
    const [first] = (await elder.get('/api/privacy/looks')).body.looks
    expect(first).toMatchObject({ by: 'post', how: 'page', outcome: 'found-wrong' })
    // The worker is the first of the committee themself: an officer hears of it.
    const told = "select person, topic, urgency from delivery.note where says = 'look-wrong'"
    expect(await town.owner(told)).toEqual([
      { person: officer.person, topic: 'requests', urgency: 'usual' },
    ])
    const wrong = async (who: Actor) => (await who.get('/api/privacy/look-reviews/wrong')).body
    const seen = await wrong(officer)
    expect(seen).toMatchObject({ isInCharge: true, looks: [{ review, words: '没有事情要办' }] })
    expect(JSON.stringify(seen)).not.toContain(elder.person)
    expect(await wrong(deputy)).toMatchObject({ isInCharge: false, looks: [] })
    expect(await wrong(volunteer.actor)).toMatchObject({ isInCharge: true, looks: [] })
    expect(await wrong(town.b.officer)).toMatchObject({ isInCharge: true, looks: [] })
    expect(await wrong(worker)).toMatchObject({ isInCharge: true, looks: [{ review }] })
  })

  test('of a deputy is said to the first of their body, once', async () => {
    const { deputy, worker, elder, posts } = town.a
    await town.owner('delete from delivery.note')
    const day = new Date(town.clock.now() + 2 * dayMs).toISOString().slice(0, 10)
    town.clock.set({ at: Date.parse(`${day}T23:30:00+08:00`) })
    await looks(deputy, posts.deputy, elder.person)
    await judge()
    const [{ id }] = await reviews()
    await answer(volunteer.actor, id, 'wrong', '没有事情要办')
    await town.settled()
    const told = "select person from delivery.note where says = 'look-wrong'"
    expect(await town.owner(told)).toEqual([{ person: worker.person }])
  })
})

test('a review goes with its look, after three years', async () => {
  await kinReview()
  const { given } = town.program
  const own = keeps(given).filter(({ what }) => what.startsWith('reviews of looks'))
  town.clock.set({ at: town.clock.now() + 3 * 366 * dayMs })
  await letGo(given, own)
  expect(await reviews()).toHaveLength(1)
  town.clock.set({ at: town.clock.now() + 1 })
  expect(await letGo(given, own)).toBe(1)
})
