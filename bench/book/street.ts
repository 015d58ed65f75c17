/** A street whose people are looked at in every usual way: by page, search, list and task. */
import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import { nameBy } from '../register/names.ts'
import type { Scene, Staff } from '../pages/scene.ts'
import type { Asked } from './callers.ts'

export const street = '310104011'
const residents = 4_000
/** A worker who opens more than forty people a day is reviewed, which is no usual day. */
const pagesEach = 16
const visitsEach = 5

export type Resident = { person: string; name: string; home: string }
export type BookStreet = {
  residents: Resident[]
  asked: Asked[]
  client: pg.Client
  /** A page of somebody, for a request that is bound to them. */
  pageOf(worker: Staff, resident: Resident): Promise<Asked>
  sessionOf(resident: Resident): Promise<string>
}

export async function openBookStreet(
  opened: AsyncDisposableStack,
  scene: Scene,
): Promise<BookStreet> {
  const client = new pg.Client({ connectionString: scene.databaseUrl })
  await client.connect()
  opened.defer(() => client.end())
  const people = await register(scene)
  const posts = await postsOf(client)
  const requests = requestsBy(client, posts)
  const asked: Asked[] = []
  for (const { homes, workers } of scene.neighbourhoods) {
    const own = people.filter(({ home }) => homes.includes(home))
    const visited = own.slice(0, visitsEach).map(({ home, person }) => ({ place: home, person }))
    await scene.program.ask('visits', { street, visited })
    for (const worker of workers) {
      const tasks = await tasksOf(scene, worker)
      asked.push(...(await asksOf(worker, own, tasks, requests)))
    }
  }
  return {
    ...{ residents: people, asked: mixed(asked), client },
    pageOf: async (worker, { person }) =>
      pageBy(worker, person, (await requests(worker, [person]))[0] ?? ''),
    sessionOf: (resident) => signedIn(client, resident),
  }
}

async function register({ call, officer, neighbourhoods }: Scene): Promise<Resident[]> {
  let seed = 20_260_707
  const dice = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((seed / 2_147_483_648) * below)
  }
  const homes = neighbourhoods.flatMap((one) => one.homes)
  const made: Resident[] = []
  while (made.length < residents) {
    const people = Array.from({ length: 500 }, (_, at) => ({
      ...{ name: nameBy(dice), bornOn: '1950-01-01', phone: null, livesAlone: false },
      home: homes[(made.length + at) % homes.length] ?? '',
    }))
    const path = '/api/people/many'
    const said = await call<{ people: string[] }>(officer.token, 'POST', path, { people })
    const named = people.map(({ name, home }, at) => ({
      name,
      home,
      person: said.people[at] ?? '',
    }))
    made.push(...named)
  }
  return made
}

type Posts = ReadonlyMap<string, { post: string; committee: string }>

async function postsOf(client: pg.Client): Promise<Posts> {
  const { rows } = await client.query<{ person: string; post: string; committee: string }>(
    `select post.person, post.id as post, body.committee
     from duties.post join duties.body on body.id = post.body where body.committee is not null`,
  )
  return new Map(rows.map(({ person, ...row }) => [person, row]))
}

type Requests = (worker: Staff, people: readonly (string | null)[]) => Promise<string[]>

/** Requests on record as a worker makes them, each bound to one person, or to nobody yet. */
function requestsBy(client: pg.Client, posts: Posts): Requests {
  return async ({ person: by }, people) => {
    const held = posts.get(by)
    const rows = people.map((person) => ({ id: crypto.randomUUID(), person, by, ...held }))
    await client.query(
      `insert into privacy.request (street, id, by_person, by_post, title, unit, committee, reason,
         person, at, until)
       select $2, id, "by", post, 'bench', 'bench', committee, 'on-the-phone',
         person, now(), now() + interval '29 minutes'
       from json_to_recordset($1::json)
         as row (id uuid, person uuid, "by" uuid, post uuid, committee text)`,
      [JSON.stringify(rows), street],
    )
    return rows.map(({ id }) => id)
  }
}

function pageBy({ token }: Staff, person: string, request: string): Asked {
  return { token, method: 'GET', path: `/api/people/person?person=${person}&request=${request}` }
}

/** Those that the worker has been told of. */
async function tasksOf({ call }: Scene, { token }: Staff): Promise<string[]> {
  const { tasks } = await call<{ tasks: { task: string }[] }>(token, 'GET', '/api/tasks/mine')
  return tasks.map(({ task }) => task)
}

/** Of five calls two open a person, one finds people, one lists tasks and one opens a task. */
async function asksOf(
  worker: Staff,
  own: readonly Resident[],
  tasks: readonly string[],
  requests: Requests,
): Promise<Asked[]> {
  const { token } = worker
  const chosen = own.slice(0, pagesEach)
  const bound = await requests(
    worker,
    chosen.map(({ person }) => person),
  )
  const [search = ''] = await requests(worker, [null])
  return chosen.flatMap(({ person, name }, at): Asked[] => {
    const page = pageBy(worker, person, bound[at] ?? '')
    if (at % 2 === 0) return [page, { token, method: 'GET', path: '/api/tasks/mine' }]
    const body = { words: name, request: search }
    const task = tasks[at % tasks.length]
    const opens: Asked[] =
      task === undefined ? [] : [{ token, method: 'GET', path: `/api/tasks/one?task=${task}` }]
    return [page, { token, method: 'POST', path: '/api/people/search', body }, ...opens]
  })
}

/** Neighbours in the list are of different workers and different kinds. */
function mixed(asked: readonly Asked[]): Asked[] {
  const step = 617
  return asked.map((_, at) => asked[(at * step) % asked.length]).filter((one) => one !== undefined)
}

async function signedIn(client: pg.Client, { person }: Resident): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await client.query(
    `insert into identity.session (hash, street, person, kind, made_at, expires_at)
     values ($1, $2, $3, 'token', now(), now() + interval '1 day')`,
    [createHash('sha256').update(token).digest(), street, person],
  )
  return token
}
