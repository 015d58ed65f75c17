import { describe, expect, test } from 'vitest'
import type { Model } from '../../devices/index.ts'
import { at, fact, modelNamed, zigbeeSaid } from './testing/messages.ts'

describe('zigbee2mqtt', () => {
  const door = modelNamed('ITCMDR_Contact')
  const said = (...facts: object[]) => ({
    kind: 'said',
    about: [{ name: 'hall/door', said: [{ facts }] }],
  })

  test.each([
    [false, 'open'],
    [true, 'closed'],
  ])('contact %s is a door %s', (contact, state) => {
    expect(zigbeeSaid(door, { contact })).toMatchObject(said(fact('door-contact', state)))
  })

  test.each([
    ['as ISO 8601 of Greenwich', '2026-07-09T01:42:00.000Z', at],
    ['as ISO 8601 of here', '2026-07-09T09:42:00+08:00', at],
    ['as milliseconds', at, at],
    ['as null', null, null],
    ['as nonsense', 'yesterday', null],
    ['without a zone', '2026-07-09T09:42:00', null],
  ])('last_seen %s is the time', (_form, last_seen, time) => {
    const message = zigbeeSaid(door, { contact: false, last_seen })
    expect(message).toMatchObject({ about: [{ said: [{ at: time, facts: [{ state: 'open' }] }] }] })
  })

  test('null is unknown, and a device of which all is unknown was not heard', () => {
    expect(zigbeeSaid(door, { contact: null, battery: 90 })).toMatchObject({
      about: [{ said: [{ facts: [], battery: 90 }] }],
    })
    expect(zigbeeSaid(door, { contact: null, battery: null })).toEqual({ kind: 'gateway-heard' })
  })

  test('an empty action after an action says nothing', () => {
    const button = modelNamed('TS0601_sos')
    expect(zigbeeSaid(button, { action: 'emergency' })).toMatchObject(
      said(fact('sos-button', 'pressed')),
    )
    expect(zigbeeSaid(button, { action: '' })).toEqual({ kind: 'gateway-heard' })
    expect(zigbeeSaid(button, { action: '', battery: 50 })).toMatchObject({
      about: [{ said: [{ facts: [], battery: 50 }] }],
    })
  })

  test('all that it knows comes with every message, and extra fields are no matter', () => {
    const payload = { contact: true, battery: 66, linkquality: 255, illuminance: 10, update: {} }
    const model = modelNamed('ZB-DoorSensor-D0007')
    expect(zigbeeSaid(model, { ...payload, tamper: true, battery_low: false })).toEqual({
      kind: 'said',
      about: [
        {
          name: 'hall/door',
          said: [
            {
              ...{ sequence: null, at: null, facts: [fact('door-contact', 'closed')] },
              ...{ battery: 66, isBatteryLow: false, isTampered: true },
            },
          ],
        },
      ],
    })
  })

  test.each([
    ['hall/door/availability', { state: 'offline' }],
    ['hall/door/availability', { state: 'online' }],
    ['hall/door/get', { contact: '' }],
    ['hall/door/set', { contact: true }],
    ['hall/door/set/contact', true],
    ['bridge/state', { state: 'online' }],
    ['bridge/logging', { level: 'error', message: 'x' }],
    ['bridge/event', { type: 'device_leave', data: {} }],
    ['bridge/response/permit_join', { status: 'ok', data: {} }],
  ])('%s proves that the gateway lives, and nothing of a device', (rest, payload) => {
    expect(zigbeeSaid(door, payload, rest)).toEqual({ kind: 'gateway-heard' })
  })

  test('names are compared in one form of Unicode', () => {
    const message = zigbeeSaid(door, { contact: true }, 'cafe\u0301')
    expect(message).toMatchObject({ about: [{ name: 'caf\u00e9' }] })
  })

  test.each<[string, Model | null | undefined, unknown, string]>([
    ['is not listed', undefined, { contact: true }, 'not-listed'],
    ['has no model', null, { contact: true }, 'unknown-model'],
    ['says a value that is not declared', door, { contact: 'open' }, 'undeclared'],
    ['says a truth in words', door, { contact: 'false' }, 'undeclared'],
    ['says a number for a truth', door, { contact: 0 }, 'undeclared'],
    ['says none of its fields', door, { temperature: 20 }, 'undeclared'],
    ['says no object', door, 'ON', 'malformed'],
    ['says a list', door, [{ contact: true }], 'malformed'],
    ['tells of a body', door, { contact: true, extra: [{ faceId: 1 }] }, 'biometric'],
    ['tells of a body and is not listed', undefined, { gait: 1 }, 'biometric'],
  ])('a device that %s is refused by name', (_what, model, payload, refused) => {
    expect(zigbeeSaid(model, payload)).toEqual({
      kind: 'said',
      about: [{ name: 'hall/door', refused, because: expect.any(String) }],
    })
  })

  test('bridge/devices declares the models of what it supports', () => {
    const exposes = [
      { type: 'binary', name: 'smoke', property: 'smoke', value_on: true, value_off: false },
    ]
    const payload = [
      { friendly_name: 'Coordinator', type: 'Coordinator', definition: null },
      { friendly_name: 'a/b', definition: { vendor: 'V', model: 'M/1', exposes } },
      { friendly_name: 'c', definition: { vendor: 'V', model: 7, exposes } },
      { friendly_name: 'd', definition: { vendor: 'V', model: 'M' } },
      { definition: { vendor: 'V', model: 'M', exposes } },
      'nothing',
    ]
    expect(zigbeeSaid(undefined, payload, 'bridge/devices')).toEqual({
      kind: 'declared',
      models: [{ name: 'a/b', vendor: 'V', model: 'M/1', exposes }],
    })
    expect(zigbeeSaid(undefined, {}, 'bridge/devices')).toMatchObject({ refused: 'malformed' })
    const many = Array.from({ length: 1001 }, () => 0)
    expect(zigbeeSaid(undefined, many, 'bridge/devices')).toMatchObject({ refused: 'too-large' })
    expect(zigbeeSaid(undefined, many.slice(1), 'bridge/devices')).toMatchObject({ models: [] })
  })
})
