import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { minuteMs } from '../../../kernel/clock.ts'
import { openRotation, readRing, sealWith, type Ring } from '../../../platform/seal/index.ts'
import { openStreets, type Streets } from '../../../../tests/rig/streets.ts'
import { numberOf } from '../numbers/index.ts'

let town: Streets
beforeAll(async () => {
  town = await openStreets()
})
afterAll(() => town[Symbol.asyncDispose]())

const contact = { name: '女儿', relation: '女儿', phone: '13955550001' }

const phoneOf = (person: string) => {
  const { given } = town.program
  return given.db.inStreet({ street: town.a.street, committees: '*' }, (tx) =>
    numberOf(given, tx, person as never, 'phone'),
  )
}
const contacts = async () => {
  const { plan } = (await town.a.elder.get('/api/care/mine')).body
  return plan.contacts
}
async function found(words: string): Promise<number> {
  const { worker } = town.a
  const { request } = (await worker.post('/api/privacy/requests', { reason: 'in-writing' })).body
  return (await worker.post('/api/people/search', { words, request })).body.hits.length
}

test('telephones of an older version are sealed before the doors open', async () => {
  await town.agrees(town.a.elder, [contact])
  expect(await town.tablesHolding(contact.phone)).toEqual([])
  // As a version before this one left them.
  const { elder, neighbour } = town.a
  await town.owner('delete from people.search_entry where person = $1', [elder.person])
  await town.owner('delete from people.number where person = any($1)', [
    [elder.person, neighbour.person],
  ])
  await town.owner('alter table people.person drop constraint phone_is_sealed')
  await town.owner(`update people.person set phone = '138 7777 0001' where id = $1`, [elder.person])
  await town.owner(`update people.person set phone = 'ask at 12' where id = $1`, [neighbour.person])
  await town.owner(
    `alter table people.person add constraint phone_is_sealed check (phone is null) not valid`,
  )
  await town.owner('update care.plan set contacts = $1', [JSON.stringify([contact])])
  expect(await town.tablesHolding(contact.phone)).toEqual(['care.plan'])
  await town.restart()
  expect(await phoneOf(elder.person)).toBe('13877770001')
  // What is no telephone is kept as it was said.
  expect(await phoneOf(neighbour.person)).toBe('ask at 12')
  expect(await contacts()).toEqual([contact])
  for (const clear of ['138 7777 0001', '13877770001', 'ask at 12', contact.phone]) {
    expect([clear, await town.tablesHolding(clear)]).toEqual([clear, []])
  }
  expect(await found('老人 0001')).toBe(1)
  const writing = town.owner(`update people.person set phone = '1' where id = $1`, [elder.person])
  await expect(writing).rejects.toThrow('phone_is_sealed')
})

test('keys are rotated while people work, and older ones go when nothing needs them', async () => {
  const { keys } = town.program
  const [before] = await town.owner('select distinct key from people.number')
  const ask = (method: 'GET' | 'POST') =>
    town.ask(operator, method, '/api/people/keys', body(method))
  expect(await ask('POST')).toEqual({ hasBegun: true })
  expect(await ask('POST')).toEqual({ hasBegun: false })
  // Before anything is sealed anew everything is still there.
  expect([await phoneOf(town.a.elder.person), await found('老人 0001')]).toEqual(['13877770001', 1])
  expect(await keys.step()).toBe('sealing')
  expect([await phoneOf(town.a.elder.person), await found('老人 0001')]).toEqual(['13877770001', 1])
  // Killed midway it goes on at the next start, with both keys.
  await town.restart()
  const states: string[] = []
  for (let n = 0; n < 20 && states.at(-1) !== 'waiting'; n++) {
    states.push(await town.program.keys.step())
  }
  expect(states.at(-1)).toBe('waiting')
  expect(await ask('GET')).toEqual({ state: 'waiting' })
  town.clock.set({ at: town.clock.now() + 10 * minuteMs })
  expect(await town.program.keys.step()).toBe('settled')
  const after = await town.owner('select distinct key from people.number')
  expect(after).toHaveLength(1)
  expect(after[0].key).not.toBe(before.key)
  await town.restart()
  expect([await phoneOf(town.a.elder.person), await found('老人 0001')]).toEqual(['13877770001', 1])
  expect(await contacts()).toEqual([contact])
})

const operator = 'the-operator-key-of-this-test'
const body = (method: string) => (method === 'POST' ? {} : undefined)

test('who still seals with an older key is waited for: nothing is ever dropped under a value', async () => {
  let ring: Ring = { seal: [], find: [], report: [] }
  const key = (id: string) => ({ id, bytes: Buffer.alloc(32, id) })
  ring = { seal: [key('old')], find: [key('oldfind')], report: [key('report')] }
  let now = 0
  const values = ['old']
  const seal = sealWith(() => ring)
  const part = {
    name: 'a test',
    keys: async () => values,
    reseal: async () => {
      const at = values.findIndex((one) => seal.older().includes(one))
      if (at >= 0) values[at] = seal.current()
      return at >= 0 ? 1 : 0
    },
  }
  const rotation = openRotation(
    { ring: () => ring, put: (next) => void (ring = next) },
    { now: () => now },
    [part],
  )
  expect(await rotation.step()).toBe('settled')
  rotation.begin()
  expect(await rotation.step()).toBe('sealing')
  expect(await rotation.step()).toBe('waiting')
  now += 9 * minuteMs
  values.push('old')
  expect(await rotation.step()).toBe('sealing')
  now += 9 * minuteMs
  expect(await rotation.step()).toBe('waiting')
  now += minuteMs
  expect(await rotation.step()).toBe('settled')
  expect(values.every((one) => ring.seal.some(({ id }) => id === one))).toBe(true)
  expect([ring.seal.length, ring.find.length, ring.report.length]).toEqual([1, 1, 1])
})

test('without its keys a database is not opened, and the sentence says what to do', async () => {
  const { keysFile } = town
  expect(statSync(keysFile).mode & 0o777).toBe(0o600)
  const aside = join(mkdtempSync(join(tmpdir(), 'lilong-aside-')), 'keys.json')
  renameSync(keysFile, aside)
  const failed: unknown = await town.restart().catch((why: unknown) => why)
  expect(String((failed as Error).message)).toMatch(/keys\.json[\s\S]*Put back the keys\.json/)
  // It has not made another in its place.
  expect(existsSync(keysFile)).toBe(false)
  renameSync(aside, keysFile)
  await town.reopen()
  expect(await phoneOf(town.a.elder.person)).toBe('13877770001')
  rmSync(join(aside, '..'), { recursive: true })
})

test('the key file holds the ring and the database none of it', async () => {
  const ring = readRing(town.keysFile)
  const all = [...(ring?.seal ?? []), ...(ring?.find ?? []), ...(ring?.report ?? [])]
  expect(all.length).toBeGreaterThan(2)
  for (const { bytes } of all) {
    for (const text of [bytes.toString('hex'), bytes.toString('base64url')]) {
      expect(await town.tablesHolding(text)).toEqual([])
    }
  }
  expect(readFileSync(town.keysFile, 'utf8')).toContain('"seal"')
})
