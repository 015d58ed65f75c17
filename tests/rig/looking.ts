/** What has to be so that somebody can be looked at, each for one endpoint. */
import type { Answer } from './program.ts'
import type { Streets } from './streets.ts'
import { opened } from '../../src/desks/tasks/testing/open.ts'

/** Another visit to the same person, at another door, which was closed today. */
export async function closedNextDoor(town: Streets): Promise<string> {
  const wish = { place: town.a.homes[1]!, rule: 'care-habit' }
  const closed = await opened(town, wish)
  const act = (done: string, from: string, more: object = {}) =>
    town.a.worker.post('/api/tasks/act', { task: closed, act: done, from, ...more })
  await act('acknowledge', 'raised')
  await act('find', 'acknowledged', { outcome: 'away' })
  await town.settled()
  return closed
}

/** The officer keeps reporters and has just shown who they are; the elder reported once. */
export async function opensReporter(town: Streets): Promise<Answer> {
  const { elder, officer, homes } = town.a
  const place = homes[0]!.split('-').slice(0, 3).join('-')
  const reported = () => town.owner("select id from tasks.task where rule = 'reported-noise'")
  if ((await reported()).length === 0) {
    await elder.post('/api/tasks/report', { place, what: 'noise', words: '' })
    await town.owner('update duties.post set keeps_reporters = true where person = $1', [
      officer.person,
    ])
  }
  await town.owner('update identity.session set stepped_up_until = $2 where person = $1', [
    officer.person,
    new Date(town.clock.now() + 60_000),
  ])
  const [{ id }] = await reported()
  return officer.post('/api/privacy/reporters/open', { task: id, reason: 'to-ask-back' })
}

/** The deputy is an officer beside the first one, for as long as it is asked who may open. */
export async function asOfficerToo(town: Streets): Promise<Answer> {
  const { posts, street, body, officer } = town.a
  const move = (to: string) =>
    town.owner(
      `update duties.post set body = case when $2 then
         (select id from duties.body where kind = 'street' and street = $3) else $4::uuid end
       where id = $1`,
      [posts.deputy, to === 'street', street, body],
    )
  await move('street')
  const answer = await officer.get('/api/duties/posts/keeper')
  await move('committee')
  return answer
}

/** The deputy asked for another number of the elder's; the worker is the second who sees it. */
export async function numberWaits(town: Streets): Promise<void> {
  const waiting = 'select 1 from people.number_change where decided_at is null'
  if ((await town.owner(waiting)).length > 0) return
  const change = { person: town.a.elder.person, kind: 'phone', number: '13955550009' }
  await town.a.deputy.post('/api/people/numbers', change)
}

/** The deputy once looked at the worker, who asks for the name. */
export async function asksWhoLooked(town: Streets): Promise<Answer> {
  const { street, worker, deputy, posts } = town.a
  const [look] = await town.owner(
    `insert into privacy.look (street, id, person, at, by_kind, by_person, by_post, title, unit,
       fields, matter_kind, label, how, why)
     values ($1, gen_random_uuid(), $2, $3, 'post', $4, $5, '社工', '居委会', '{post}', 'operation',
       'roster', 'page', 'duty') returning id`,
    [street, worker.person, new Date(town.clock.now()), deputy.person, posts.deputy],
  )
  return worker.post('/api/privacy/looks/who', { look: look.id })
}

/** Volunteers, who are asked for nothing else here. */
async function volunteers({ a, owner }: Streets): Promise<string> {
  const theirs = "select id from duties.body where kind = 'volunteers' and street = $1"
  const [known] = await owner(theirs, [a.street])
  if (known) return known.id
  const hours = { opensAt: '00:00', closesAt: '24:00', phone: '021-5550-0109' }
  const made = { kind: 'volunteers', name: '志愿者', ...hours }
  return (await a.officer.post('/api/duties/bodies', made)).body.body
}

/** The post stands with the volunteers, as a reviewer, for as long as something is asked. */
async function amongVolunteers(
  town: Streets,
  who: 'worker' | 'deputy',
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const { posts, body } = town.a
  const move = (to: string, reviews: boolean) =>
    town.owner('update duties.post set body = $2, reviews_looks = $3 where id = $1', [
      ...[posts[who], to, reviews],
    ])
  await move(await volunteers(town), true)
  try {
    return await ask()
  } finally {
    await move(body, false)
  }
}

/** Who could review looks, asked by the officer while the deputy is one of them. */
export function namesReviewers(town: Streets): Promise<Answer> {
  return amongVolunteers(town, 'deputy', () => town.a.officer.get('/api/duties/posts/reviewers'))
}

/** The worker reviews a look that the deputy took at the elder. */
export async function reviewsLook(town: Streets): Promise<Answer> {
  const { street, elder, posts } = town.a
  const [{ id: review }] = await town.owner(
    `insert into privacy.look_review (street, id, look, reasons, is_drawn, by_post, at, due_at)
     select $1, gen_random_uuid(), id, '{kin}', false, $2, at, at from privacy.look
     where person = $3 and id not in (select look from privacy.look_review)
     order by id limit 1 returning id`,
    [street, posts.deputy, elder.person],
  )
  return amongVolunteers(town, 'worker', () =>
    town.a.worker.post('/api/privacy/look-reviews/open', { review }),
  )
}
