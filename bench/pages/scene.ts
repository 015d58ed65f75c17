import { join } from 'node:path'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { buildWeb } from '../../scripts/build-web.ts'
import { postgresPidIn } from '../load/windows.ts'
import { Child } from '../load/child.ts'
import type { Opened } from './program.ts'

type Call = <Said>(
  token: string,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
) => Promise<Said>

/** A street's staff, each with a page that can be signed in. */
export type Staff = { name: string; token: string; person: string }
export type Neighbourhood = {
  committee: string
  compound: string
  homes: string[]
  workers: Staff[]
}
export type Scene = Opened & {
  program: Child
  postgresPid: number
  call: Call
  officer: Staff
  neighbourhoods: Neighbourhood[]
}

const street = '310104011'
const stairs = [{ number: '1', floors: 30, homesPerFloor: 8 }]

/** The running program with a street of so many neighbourhoods, built as people build one. */
export async function openScene(
  opened: AsyncDisposableStack,
  folder: string,
  neighbourhoods: number,
  script = join(import.meta.dirname, 'program.ts'),
): Promise<Scene> {
  const distDir = join(folder, 'dist')
  await buildWeb({ outDir: distDir })
  const program = opened.use(new Child(script, ['--expose-gc']))
  const said = await program.ask<Opened>('open', { folder, distDir })
  const call = callerOf(said.url)
  const { officer, made } = await fill(call, said.operatorKey, neighbourhoods)
  const postgresPid = postgresPidIn(join(folder, 'data'))
  return { ...said, program, postgresPid, call, officer, neighbourhoods: made }
}

function callerOf(url: string): Call {
  return async (token, method, path, body) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as never
  }
}

async function fill(call: Call, operatorKey: string, count: number) {
  const divided = JSON.parse(readFileSync('data/shanghai-divisions.json', 'utf8')) as {
    source: string
    districts: unknown
  }
  const { source, districts } = divided
  await call(operatorKey, 'POST', '/api/places/divisions', { source, districts })
  const founded = await call<{ person: string }>(operatorKey, 'POST', '/api/duties/streets', {
    ...{ street, officer: '试验值班长', phone: '021-5550-0100' },
  })
  const tokenOf = async (name: string): Promise<string> =>
    (await call<{ token: string }>(operatorKey, 'POST', '/api/identity/tokens', { name })).token
  const officer = {
    ...{ name: '试验值班长', person: founded.person, token: await tokenOf('试验值班长') },
  }
  const post = <Said>(path: string, body: unknown) => call<Said>(officer.token, 'POST', path, body)
  const under = `/api/places/divisions?under=${street}`
  const { divisions } = await call<{ divisions: { code: string }[] }>(operatorKey, 'GET', under)
  const made: Neighbourhood[] = []
  for (const { code: committee } of divisions.slice(0, count)) {
    const hours = { opensAt: '08:30', closesAt: '17:30' }
    const { body } = await post<{ body: string }>('/api/duties/bodies', {
      ...{ committee, phone: '021-5550-0101', ...hours },
    })
    const named = { committee, name: '试验小区' }
    const { compound } = await post<{ compound: string }>('/api/places/compounds', named)
    const building = { compound, name: '1幢', stairs }
    const { homes } = await post<{ homes: string[] }>('/api/places/buildings', building)
    const workers: Staff[] = []
    for (const rank of [1, 2]) {
      const name = `试验社工${made.length}-${rank}`
      const someone = { bornOn: null, phone: '13800000000', home: null, livesAlone: false }
      const { person } = await post<{ person: string }>('/api/people', { name, ...someone })
      await post('/api/duties/posts', { body, title: '居委社工', person, rank })
      workers.push({ name, person, token: await tokenOf(name) })
    }
    made.push({ committee, compound, homes, workers })
  }
  return { officer, made }
}

/** Nothing that was told waits for whoever hears it. */
export async function settled(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    for (let tries = 0; tries < 600; tries++) {
      const { rows } = await client.query<{ n: number }>(
        `select count(*)::int as n from pgboss.job where state in ('created', 'retry', 'active')
         and name like '%/%'`,
      )
      if (rows[0]?.n === 0) return
      await pause(200)
    }
  } finally {
    await client.end()
  }
  throw new Error('the outbox does not come to rest')
}
