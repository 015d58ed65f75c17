import { describe, expect, test } from 'vitest'
import { rolesOf, type Asker, vouchedFor } from './asker.ts'
import { biometricField } from './biometric.ts'
import { dayOf, endOfDay, startOfDay, timeOf, weekdayOf } from './calendar.ts'
import { dayMs } from './clock.ts'
import { text } from './endpoint.ts'
import { fault, faults, isFault } from './fault.ts'
import {
  id,
  rowId,
  type AccountId,
  type HomeCode,
  type PersonId,
  type PostId,
  type StreetCode,
} from './ids.ts'

describe('biometrics', () => {
  test.each([
    'face',
    'Face',
    'FACE',
    'faceId',
    'face_id',
    'face-vector',
    'faceImageUrl',
    'userFace',
    'faces',
    'gait',
    'gaitVector',
    'fingerprint',
    'palmPrint',
    'palm_print',
    'iris',
    'retina',
    'voicePrint',
    'biometricTemplate',
    'embedding',
    'imei',
    'IMSI',
    'macAddress',
    'mac_address',
    'person_id',
  ])('%s is refused', (name) => {
    expect(biometricField({ seq: 1, [name]: 'x' })).toBe(name)
    expect(biometricField({ a: [{ b: { [name]: null } }] })).toBe(name)
  })

  test.each([
    'surface',
    'interface',
    'facet',
    'typeface',
    'preface',
    'gaiter',
    'irises',
    'person',
    'name',
    'phone',
    'address',
    'state',
    'macro',
    'machine',
  ])('%s is an ordinary word', (name) => {
    expect(biometricField({ [name]: 'face' })).toBeUndefined()
  })

  test.each([null, undefined, 'face', 1, [], {}, ['face']])('%j has no field', (value) => {
    expect(biometricField(value)).toBeUndefined()
  })
})

describe('the day in Shanghai', () => {
  const midnight = Date.parse('2026-07-07T16:00:00Z')
  test.each([
    [midnight - 1, '2026-07-07', '23:59'],
    [midnight, '2026-07-08', '00:00'],
    [midnight + dayMs - 1, '2026-07-08', '23:59'],
    [Date.parse('2026-12-31T15:59:59.999Z'), '2026-12-31', '23:59'],
    [Date.parse('2026-12-31T16:00:00Z'), '2027-01-01', '00:00'],
    [Date.parse('2024-02-28T16:00:00Z'), '2024-02-29', '00:00'],
  ])('%d', (at, day, time) => {
    expect(dayOf(at)).toBe(day)
    expect(timeOf(at)).toBe(time)
    expect(dayOf(startOfDay(at))).toBe(day)
    expect(timeOf(startOfDay(at))).toBe('00:00')
    expect(dayOf(startOfDay(at) - 1)).not.toBe(day)
    expect(endOfDay(at)).toBe(startOfDay(at) + dayMs)
    expect(at >= startOfDay(at) && at < endOfDay(at)).toBe(true)
  })

  test('and of the week', () => {
    expect(['2026-07-05', '2026-07-06', '2026-07-11'].map(weekdayOf)).toEqual([0, 1, 6])
  })
})

describe('ids in a contract', () => {
  const matches = (schema: object, value: string) => {
    const { pattern, maxLength } = schema as { pattern: string; maxLength: number }
    return value.length <= maxLength && new RegExp(pattern, 'u').test(value)
  }
  const uuid = '01890a5d-ac96-774b-bcce-b302099a8057'
  test.each<[object, string, boolean]>([
    [id('street'), '310104011', true],
    [id('street'), '31010401', false],
    [id('street'), '3101040110', false],
    [id('street'), '３１０１０４０１１', false],
    [id('committee'), '310104011013', true],
    [id('committee'), '310104011', false],
    [id('home'), '310104011013-01-26-501', true],
    [id('home'), '310104011013-01-26A-501', true],
    [id('home'), '310104011013-01-２６-501', false],
    [id('home'), '310104011013-01-26号-501', false],
    [id('home'), '310104011013-1-26-501', false],
    [id('home'), '310104011013-01-26-501\n', false],
    [id('home'), '310104011013-01--501', false],
    [id('person'), uuid, true],
    [id('person'), uuid.toUpperCase(), false],
    [id('task'), `${uuid}0`, false],
    [id('task'), `{${uuid.slice(2)}}`, false],
    [id('device'), "' or 1=1 --", false],
    [rowId(), uuid, true],
    [rowId(), 'x', false],
  ])('%j takes %s: %s', (schema, value, is) => {
    expect(matches(schema, value)).toBe(is)
  })

  const written = text({ max: 20 })
  test.each([
    ['沈阿宝', true],
    ['𠮷田', true],
    ['阿不都·热合曼', true],
    ['👨‍👩‍👧', true],
    ['第一行\n第二行\t完', true],
    ['<script>', true],
    ['', true],
    ['a\0b', false],
    ['a\u0007b', false],
    ['a\u001bb', false],
    ['a\u061cb', false],
    ['a\u200eb', false],
    ['a\u200fb', false],
    ['a\u202eb', false],
    ['a\u2067b', false],
  ])('text takes %j: %s', (value, is) => {
    expect(matches(written, value)).toBe(is)
  })
})

test('a role comes from where somebody lives and what post they hold, and adds up', () => {
  const street = '310104011' as StreetCode
  const person = { kind: 'person', person: 'p' as PersonId, street, signIn: vouchedFor } as const
  const home = '310104011013-01-26-501' as HomeCode
  const post = (role: 'committee' | 'street') => ({
    ...{ id: 'q' as PostId, role, title: '', unit: '', committee: null },
  })
  const roles = (asker: Asker) => [...rolesOf(asker)]
  expect(roles({ kind: 'nobody' })).toEqual(['anyone'])
  expect(roles({ kind: 'operator' })).toEqual(['anyone', 'operator'])
  expect(roles({ ...person, home: null, post: null })).toEqual(['anyone'])
  expect(roles({ ...person, home, post: null })).toEqual(['anyone', 'resident'])
  const signIn = { ...vouchedFor, account: 'a' as AccountId }
  const owner = { ...person, signIn, home: null, post: null }
  expect(roles(owner)).toEqual(['anyone', 'account', 'resident'])
  expect(roles({ ...owner, signIn: { ...signIn, level: 'phone' } })).toEqual(['anyone', 'account'])
  expect(roles({ ...person, home: null, post: post('street') })).toEqual(['anyone', 'street'])
  expect(roles({ ...person, home, post: post('committee') })).toEqual([
    ...['anyone', 'resident', 'committee'],
  ])
})

test('every refusal has a status of its kind and a sentence in both languages', () => {
  for (const refusal of Object.values(faults)) {
    expect(refusal.status).toBeGreaterThanOrEqual(400)
    expect(refusal['zh-CN']).toMatch(/\p{Script=Han}.*。$/u)
    expect(refusal.en).toMatch(/^[A-Z].*\.$/)
  }
  expect(isFault(fault('not-found', 'x'))).toBe(true)
  expect(fault('not-found')).toEqual({ fault: 'not-found' })
  for (const value of [null, undefined, 'fault', 1, {}]) expect(isFault(value)).toBe(false)
})
