import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openStreets, type Streets } from '../../../../tests/rig/streets.ts'
import { invited, visitor, type Visitor } from '../../../../tests/rig/visitor.ts'
import { dayMs, minuteMs } from '../../../kernel/clock.ts'
import { isLastWay, waysToShow } from './decide.ts'

const folder = mkdtempSync(join(tmpdir(), 'lilong-step-up-'))
const outboxFile = join(folder, 'outbox.jsonl')
const phone = '13812345678'
let town: Streets
let resident: Visitor

beforeAll(async () => {
  const ways = {
    ...{ sms: null, wecom: null, voice: null, quiet: null, isPushRehearsed: false },
    ...{ pushSecret: 'of-this-test-of-this-test', pushContact: 'mailto:a@lilong.invalid' },
    outboxFile,
  }
  town = await openStreets({ ways })
})
afterAll(async () => {
  await town[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})
beforeEach(async () => {
  town.clock.set({ at: town.clock.now() + dayMs })
  resident = visitor(town)
  await resident.post('/api/identity/codes', { phone })
  const used = await resident.post('/api/identity/codes/use', { phone, code: await newest() })
  expect(used.status).toBe(200)
  town.clock.set({ at: town.clock.now() + 3_600_000 })
})

/** The digits that were sent last: the file is written behind the answer. */
async function newest(): Promise<string> {
  await new Promise((done) => setTimeout(done, 50))
  const lines = readFileSync(outboxFile, 'utf8').trim().split('\n')
  return JSON.parse(lines.at(-1)!).code
}

const until = async () => (await resident.get('/api/identity/step-up')).body.until

test('a resident without a passkey shows it by a fresh code to their own telephone', async () => {
  expect((await resident.get('/api/identity/step-up')).body).toEqual({
    until: null,
    ways: ['code'],
  })
  expect((await resident.post('/api/identity/step-up/code')).status).toBe(200)
  const code = await newest()
  const wrong = code === '000000' ? '000001' : '000000'
  expect((await resident.post('/api/identity/step-up/code/use', { code: wrong })).status).not.toBe(
    200,
  )
  expect(await until()).toBe(null)
  const shown = await resident.post('/api/identity/step-up/code/use', { code })
  expect(shown.body).toEqual({ until: town.clock.now() + 600_000 })
  expect(await until()).toBe(shown.body.until)
})

test('a code that was asked for to sign in does not step up, nor the other way round', async () => {
  await resident.post('/api/identity/codes', { phone })
  const toSignIn = { code: await newest() }
  const refused = await resident.post('/api/identity/step-up/code/use', toSignIn)
  expect(refused.body.fault).toBe('code-wrong')
  expect(await until()).toBe(null)
  town.clock.set({ at: town.clock.now() + minuteMs })
  await resident.post('/api/identity/step-up/code')
  const toStepUp = { phone, code: await newest() }
  const other = await resident.post('/api/identity/codes/use', toStepUp)
  expect(other.body.fault).toBe('code-wrong')
})

test('a code of another browser does not step this one up', async () => {
  await resident.post('/api/identity/step-up/code')
  const code = await newest()
  const thief = visitor(town)
  thief.cookies.set('lilong', resident.cookies.get('lilong')!)
  expect((await thief.post('/api/identity/step-up/code/use', { code })).status).toBe(401)
})

test('whoever has a passkey, and staff without a telephone, get no code', async () => {
  const worker = await invited(town, town.a.worker.name)
  expect((await worker.post('/api/identity/step-up/code')).body.fault).toBe('no-such-way')
  const [{ account }] = await town.owner(
    'select account from identity.session where account is not null and device = $1',
    [resident.device],
  )
  await town.owner(
    `insert into identity.passkey values
      ('a', $1, '\\x00', 0, '{}', false, 'phone', now(), null, null)`,
    [account],
  )
  expect((await resident.get('/api/identity/step-up')).body.ways).toEqual(['passkey'])
  expect((await resident.post('/api/identity/step-up/code')).body.fault).toBe('no-such-way')
  await town.owner('delete from identity.passkey')
})

test('a token of a program, and whoever signed in not at all, cannot step up', async () => {
  expect((await town.a.officer.get('/api/identity/step-up')).status).toBe(403)
  expect((await visitor(town).get('/api/identity/step-up')).status).toBe(401)
})

test('staff need a key or their organisation; residents have their telephone too', () => {
  const none = { passkeys: 0, subjects: 0, hasPhone: true }
  expect(isLastWay({ ...none, passkeys: 1, isStaff: true })).toBe(true)
  expect(isLastWay({ ...none, passkeys: 1, isStaff: false })).toBe(false)
  expect(isLastWay({ ...none, passkeys: 1, hasPhone: false, isStaff: false })).toBe(true)
  expect(isLastWay({ ...none, passkeys: 1, subjects: 1, isStaff: true })).toBe(false)
  expect(waysToShow(none)).toEqual(['code'])
  expect(waysToShow({ ...none, subjects: 1 })).toEqual(['organisation'])
  expect(waysToShow({ ...none, passkeys: 2, subjects: 1 })).toEqual(['passkey', 'organisation'])
  expect(waysToShow({ ...none, hasPhone: false })).toEqual([])
})
