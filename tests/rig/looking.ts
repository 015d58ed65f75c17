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
