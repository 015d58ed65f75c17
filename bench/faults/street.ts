import { readFileSync } from 'node:fs'

/** A device of the trial: where it publishes, and as whom. */
export type Sender = { device: string; username: string; password: string; topic: string }
export type Home = { home: string; plan: string; sender: Sender }

const street = '310104011'
const committee = '310104011013'

/**
 * A caller that keeps asking while the program is down: what is asked here is asked until it holds.
 */
export function caller(url: string) {
  return async (token: string, path: string, body?: unknown): Promise<Record<string, string>> => {
    for (;;) {
      const answer = await fetch(`${url}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }).catch(() => undefined)
      const said = (await answer?.json().catch(() => undefined)) as Record<string, string>
      if (answer?.ok) return said
      if (answer && answer.status < 500) throw new Error(`${path}: ${JSON.stringify(said)}`)
      await new Promise((done) => setTimeout(done, 50))
    }
  }
}

/** A street with one worker and so many homes, in each an elder who agreed and one door sensor. */
export async function openStreet(url: string, key: string, homes: number): Promise<Home[]> {
  const call = caller(url)
  const { source, districts } = JSON.parse(
    readFileSync('data/shanghai-divisions.json', 'utf8'),
  ) as Record<string, unknown>
  await call(key, '/api/places/divisions', { source, districts })
  const officer = '试验值班长'
  await call(key, '/api/duties/streets', { street, officer, phone: '021-5550-0100' })
  const { token = '' } = await call(key, '/api/identity/tokens', { name: officer })
  const hours = { opensAt: '08:30', closesAt: '17:30' }
  const { body } = await call(token, '/api/duties/bodies', {
    ...{ committee, phone: '021-5550-0101', ...hours },
  })
  const worker = { name: '试验社工', bornOn: null, phone: null, home: null, livesAlone: false }
  const { person } = await call(token, '/api/people', worker)
  await call(token, '/api/duties/posts', { body, title: '居委社工', person, rank: 1 })
  const name = '试验小区（示例）'
  const { compound } = await call(token, '/api/places/compounds', { committee, name })
  const stairs = [{ number: '1', floors: Math.ceil(homes / 10), homesPerFloor: 10 }]
  const built = await call(token, '/api/places/buildings', { compound, name: '1幢', stairs })
  const codes = (built['homes'] as unknown as string[]).slice(0, homes)
  return Promise.all(codes.map((home, i) => settle(call, key, token, home, i)))
}

async function settle(
  call: ReturnType<typeof caller>,
  key: string,
  token: string,
  home: string,
  index: number,
): Promise<Home> {
  const name = `试验老人${index}`
  const elder = { name, bornOn: '1944-05-01', phone: null, home, livesAlone: true }
  await call(token, '/api/people', elder)
  const device = await call(token, '/api/sensing/devices', { kind: 'door-contact', home })
  const { token: own = '' } = await call(key, '/api/identity/tokens', { name })
  const { plan = '' } = await call(own, '/api/care/agree', { textVersion: 1, contacts: [] })
  return { home, plan, sender: device as unknown as Sender }
}
