import type { HomeCode, PersonId } from '../../../../kernel/ids.ts'
import type { Answer } from '../../../../../tests/rig/program.ts'
import type { Actor, Streets } from '../../../../../tests/rig/streets.ts'

/** A second committee of the same street, with a worker of its own. */
export type Next = { committee: string; compound: string; homes: HomeCode[]; worker: Actor }

export async function openNext(town: Streets): Promise<Next> {
  const { officer } = town.a
  const committee = '310104011016'
  const made = <Said>(path: string, body: object) => said<Said>(officer.post(path, body))
  const hours = { phone: '021-5550-0103', opensAt: '08:30', closesAt: '17:30' }
  const { body } = await made<{ body: string }>('/api/duties/bodies', { committee, ...hours })
  const { compound } = await made<{ compound: string }>('/api/places/compounds', {
    committee,
    name: '邻里苑',
  })
  const stairs = [{ number: '1', floors: 2, homesPerFloor: 2 }]
  const building = { compound, name: '1号楼', stairs }
  const { homes } = await made<{ homes: HomeCode[] }>('/api/places/buildings', building)
  const name = '邻社工'
  const [person] = await registered(town, [{ name, home: null }])
  if (!person) throw new Error('nobody')
  await made('/api/duties/posts', { body, title: '居委社工', person, rank: 1 })
  const token = await town.tokenOf(name)
  const worker: Actor = {
    ...{ name, token, person },
    get: (path) => town.call(token, 'GET', path),
    post: (path, sent) => town.call(token, 'POST', path, sent),
  }
  return { committee, compound, homes, worker }
}

/** Registered by the street's officer, in the order of the list. */
export async function registered(
  town: Streets,
  people: readonly { name: string; home: string | null; [more: string]: unknown }[],
): Promise<PersonId[]> {
  const rows = people.map((one) => ({ bornOn: null, phone: null, livesAlone: false, ...one }))
  const made = town.a.officer.post('/api/people/many', { people: rows })
  return (await said<{ people: PersonId[] }>(made)).people
}

export async function requestOf(who: Actor, reason = 'at-the-counter'): Promise<string> {
  return (await said<{ request: string }>(who.post('/api/privacy/requests', { reason }))).request
}

async function said<Said>(asked: Promise<Answer>): Promise<Said> {
  const answer = await asked
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return answer.body as Said
}
