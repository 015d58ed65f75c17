import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { softKey, type Lies, type SoftKey } from '../../../../tests/rig/authenticator.ts'
import { openStreets, type Streets } from '../../../../tests/rig/streets.ts'
import { invited, visitor, type Visitor } from '../../../../tests/rig/visitor.ts'
import { dayMs, minuteMs } from '../../../kernel/clock.ts'
import { ceremonyMs } from '../ceremonies/index.ts'
import { steppedUpMs } from '../sessions/index.ts'

let town: Streets
let origin = ''
let worker: Visitor
let key: SoftKey

const path = '/api/identity/passkeys'

beforeAll(async () => {
  town = await openStreets()
  origin = `http://localhost:${town.program.httpPort}`
})
afterAll(() => town[Symbol.asyncDispose]())

/** Each test begins with a worker who has one passkey. */
beforeEach(async () => {
  await town.owner('delete from identity.passkey')
  town.clock.set({ at: town.clock.now() + dayMs })
  worker = await invited(town, town.a.worker.name)
  key = await added(worker)
})

async function added(by: Visitor, lies?: Lies): Promise<SoftKey> {
  const made = softKey(origin)
  const answer = await add(by, made, lies)
  if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
  return made
}

async function add(by: Visitor, made: SoftKey, lies?: Lies) {
  const begun = await by.post(`${path}/begin`)
  if (begun.status !== 200) return begun
  return by.post(`${path}/add`, made.create(begun.body, lies))
}

async function signIn(by: Visitor, with_: SoftKey, lies?: Lies) {
  const { body } = await by.post(`${path}/sign-in/begin`)
  return by.post(`${path}/sign-in`, with_.get(body, lies))
}

async function stepUp(by: Visitor, with_: SoftKey, lies?: Lies) {
  const { body } = await by.post(`${path}/step-up/begin`)
  return by.post(`${path}/step-up`, with_.get(body, lies))
}

const refused = { status: 403, body: { fault: 'passkey-refused' } }

test('whoever has a passkey signs in with it, in a browser that never knew them', async () => {
  const other = visitor(town)
  expect((await other.get('/api/identity/me')).status).toBe(401)
  expect((await signIn(other, key)).status).toBe(200)
  expect((await other.get('/api/identity/me')).body).toMatchObject({
    ...{ name: town.a.worker.name, role: 'committee' },
  })
})

test('the options name nobody and no passkey, whoever asks', async () => {
  const [first, second] = [visitor(town), worker]
  for (const by of [first, second]) {
    const { status, body } = await by.post(`${path}/sign-in/begin`)
    expect(status).toBe(200)
    expect(Object.keys(body).toSorted()).toEqual([
      ...['challenge', 'rpId', 'timeout', 'userVerification'],
    ])
  }
  const { body } = await worker.post(`${path}/begin`).catch(() => ({ body: {} }))
  expect(JSON.stringify(body)).not.toContain(town.a.worker.name)
})

const elsewhere = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const lies: [string, Lies][] = [
  ['another key', { key: elsewhere }],
  ['another origin', { origin: 'https://evil.example' }],
  ['the bare address', { origin: 'http://127.0.0.1' }],
  ['another site’s name', { rpId: 'evil.example' }],
  ['a name above ours', { rpId: 'host' }],
  ['another type', { type: 'webauthn.create' }],
  ['a challenge of its own', { challenge: 'A'.repeat(43) }],
  ['a frame of another site', { crossOrigin: true }],
  ['a person who was not there', { isPresent: false }],
  ['a person who was not verified', { isVerified: false }],
  ['somebody else’s handle', { userHandle: 'AAAAAAAAAAAAAAAAAAAAAA' }],
]

test.each(lies)('%s does not sign in', async (_what, lie) => {
  const other = visitor(town)
  expect(await signIn(other, key, lie)).toMatchObject(refused)
  expect(other.cookies.has('lilong')).toBe(false)
  // and it blocks nobody’s passkey
  expect((await signIn(other, key)).status).toBe(200)
})

test.each(lies.filter(([, lie]) => !lie.key && !lie.userHandle))(
  '%s is not added as a passkey',
  async (_what, lie) => {
    const made = softKey(origin)
    const said = lie.type ? { ...lie, type: 'webauthn.get' } : lie
    expect(await add(worker, made, said)).toMatchObject(refused)
    expect(await signIn(visitor(town), made)).toMatchObject(refused)
  },
)

test('a challenge is answered once, whatever the answer was', async () => {
  const other = visitor(town)
  const { body } = await other.post(`${path}/sign-in/begin`)
  expect(await other.post(`${path}/sign-in`, key.get(body, { key: elsewhere }))).toMatchObject(
    refused,
  )
  expect(await other.post(`${path}/sign-in`, key.get(body))).toMatchObject(refused)
  const again = (await other.post(`${path}/sign-in/begin`)).body
  const answer = key.get(again)
  expect((await other.post(`${path}/sign-in`, answer)).status).toBe(200)
  expect(await other.post(`${path}/sign-in`, answer)).toMatchObject(refused)
})

test('ten answers to one challenge at once open one session', async () => {
  const other = visitor(town)
  const { body } = await other.post(`${path}/sign-in/begin`)
  const answer = key.get(body)
  const all = await Promise.all(
    Array.from({ length: 10 }, () => other.post(`${path}/sign-in`, answer)),
  )
  expect(all.filter(({ status }) => status === 200)).toHaveLength(1)
})

test('a challenge is answered within five minutes, and in the browser that asked', async () => {
  const [first, thief] = [visitor(town), visitor(town)]
  const { body } = await first.post(`${path}/sign-in/begin`)
  expect(await thief.post(`${path}/sign-in`, key.get(body))).toMatchObject(refused)
  town.clock.set({ at: town.clock.now() + ceremonyMs - 1 })
  expect((await first.post(`${path}/sign-in`, key.get(body))).status).toBe(200)
  const late = (await first.post(`${path}/sign-in/begin`)).body
  town.clock.set({ at: town.clock.now() + ceremonyMs })
  expect(await first.post(`${path}/sign-in`, key.get(late))).toMatchObject(refused)
})

test('a challenge for one thing does not do for another', async () => {
  const stepping = (await worker.post(`${path}/step-up/begin`)).body
  expect(await worker.post(`${path}/sign-in`, key.get(stepping))).toMatchObject(refused)
  const entering = (await worker.post(`${path}/sign-in/begin`)).body
  expect(await worker.post(`${path}/step-up`, key.get(entering))).toMatchObject(refused)
})

test('a counter that goes back blocks the passkey, and it stays so', async () => {
  const other = visitor(town)
  expect((await signIn(other, key, { counter: 40 })).status).toBe(200)
  const blocked = { status: 403, body: { fault: 'passkey-blocked' } }
  expect(await signIn(other, key, { counter: 40 })).toMatchObject(blocked)
  expect(await signIn(other, key, { counter: 41 })).toMatchObject(blocked)
  const { passkeys } = (await worker.get(path)).body
  expect(passkeys).toMatchObject([{ id: key.id, isBlocked: true }])
  // It opens nothing, so it is no last way in: but nobody who has not shown it takes it away.
  const gone = await worker.post(`${path}/remove`, { id: key.id })
  expect(gone.body.fault).toBe('step-up-needed')
})

test('a wrong signature blocks nobody', async () => {
  const wrong = { key: elsewhere, counter: 0 }
  expect(await signIn(visitor(town), key, wrong)).toMatchObject(refused)
  expect((await signIn(visitor(town), key)).status).toBe(200)
})

test('an authenticator that keeps no counter is taken at zero, again and again', async () => {
  const plain = await added(worker, { counter: 0 })
  for (let times = 0; times < 3; times++) {
    expect((await signIn(visitor(town), plain, { counter: 0 })).status).toBe(200)
  }
})

test('step-up is by a passkey of one’s own account, and lasts ten minutes', async () => {
  const colleague = await invited(town, town.a.deputy.name)
  const theirs = await added(colleague)
  const until = async () => (await worker.get('/api/identity/step-up')).body.until
  expect(await until()).toBe(null)
  expect(await stepUp(worker, theirs)).toMatchObject(refused)
  expect(await until()).toBe(null)
  const shown = await stepUp(worker, key)
  expect(shown.body).toEqual({ until: town.clock.now() + steppedUpMs })
  expect(await until()).toBe(shown.body.until)
  town.clock.set({ at: shown.body.until })
  expect(await until()).toBe(null)
})

test('a step-up counts in the session that made it, and in no other', async () => {
  const other = visitor(town)
  await signIn(other, key)
  town.clock.set({ at: town.clock.now() + steppedUpMs })
  await stepUp(other, key)
  expect((await other.get('/api/identity/step-up')).body.until).not.toBe(null)
  expect((await worker.get('/api/identity/step-up')).body.until).toBe(null)
})

test('a further passkey is added by whoever has just shown who they are', async () => {
  town.clock.set({ at: town.clock.now() + 31 * minuteMs })
  expect((await worker.post(`${path}/begin`)).body.fault).toBe('step-up-needed')
  await stepUp(worker, key)
  const second = await added(worker)
  expect((await signIn(visitor(town), second)).status).toBe(200)
})

test('the last way in of staff stays; another is removed at once', async () => {
  await stepUp(worker, key)
  const remove = (id: string) => worker.post(`${path}/remove`, { id })
  expect(await remove(key.id)).toMatchObject({ status: 409, body: { fault: 'last-way-in' } })
  const second = await added(worker)
  expect((await remove(key.id)).body).toEqual({ id: key.id })
  expect(await signIn(visitor(town), key)).toMatchObject(refused)
  expect((await signIn(visitor(town), second)).status).toBe(200)
})

test('of two keys that are removed at once one stays', async () => {
  await stepUp(worker, key)
  const second = await added(worker)
  const both = [key.id, second.id].map((id) => worker.post(`${path}/remove`, { id }))
  expect((await Promise.all(both)).map(({ status }) => `${status}`).toSorted()).toEqual([
    '200',
    '409',
  ])
})

test('nobody names, removes or sees another’s passkey', async () => {
  const colleague = await invited(town, town.a.deputy.name)
  const theirs = await added(colleague)
  await stepUp(worker, key)
  for (const path_ of ['remove', 'name']) {
    const body = { id: theirs.id, ...(path_ === 'name' ? { name: 'key' } : {}) }
    expect((await worker.post(`${path}/${path_}`, body)).status).toBe(404)
  }
  const { passkeys } = (await worker.get(path)).body
  expect(passkeys.map(({ id }: { id: string }) => id)).toEqual([key.id])
  expect((await worker.post(`${path}/name`, { id: key.id, name: 'key' })).status).toBe(200)
  expect((await worker.get(path)).body.passkeys[0].name).toBe('key')
})

test('one passkey belongs to one account', async () => {
  const colleague = await invited(town, town.a.deputy.name)
  expect(await add(colleague, key)).toMatchObject(refused)
  const other = visitor(town)
  await signIn(other, key)
  expect((await other.get('/api/identity/me')).body.name).toBe(town.a.worker.name)
})

test('at a bare address there are no passkeys, and it is said under which there are', async () => {
  const bare = visitor(town, '127.0.0.1')
  expect((await bare.get(`${path}/here`)).body).toEqual({ isPossible: false, under: origin })
  expect((await visitor(town).get(`${path}/here`)).body.isPossible).toBe(true)
  for (const begin of ['sign-in/begin']) {
    expect((await bare.post(`${path}/${begin}`)).body.fault).toBe('no-passkeys-here')
  }
})

test('signing in by passkey ends what the browser held before, and counts as just shown', async () => {
  const before = worker.cookies.get('lilong')
  expect((await signIn(worker, key)).status).toBe(200)
  expect(worker.cookies.get('lilong')).not.toBe(before)
  expect((await worker.get('/api/identity/step-up')).body.until).not.toBe(null)
  worker.cookies.set('lilong', before!)
  expect((await worker.get('/api/identity/step-up')).status).toBe(401)
})

test('a closed account is not opened by its passkey', async () => {
  await town.owner('update identity.account set closed_at = now()')
  expect(await signIn(visitor(town), key)).toMatchObject(refused)
  await town.owner('update identity.account set closed_at = null')
})

test('challenges that nobody answered are let go', async () => {
  await visitor(town).post(`${path}/sign-in/begin`)
  town.clock.set({ at: town.clock.now() + ceremonyMs + 1 })
  await town.program.letGo()
  expect((await town.owner('select count(*)::int as n from identity.ceremony'))[0].n).toBe(0)
})

test('one browser holds few open challenges', async () => {
  const other = visitor(town)
  for (let times = 0; times < 8; times++) await other.post(`${path}/sign-in/begin`)
  const [{ n }] = await town.owner(
    'select count(*)::int as n from identity.ceremony where device = $1',
    [other.device],
  )
  expect(n).toBe(5)
})
