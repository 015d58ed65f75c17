import { describe, expect, test } from 'vitest'
import type { DeviceId, GatewayId, PlaceCode, StreetCode } from '../../kernel/ids.ts'
import {
  exampleOf,
  inletOf,
  isHome,
  isLendingDay,
  misfitOf,
  nameAt,
  purposeFor,
  purposeGiven,
  purposesFor,
  settingsOf,
  shortNumberOf,
  topicOf,
} from './decide.ts'
import { deviceKinds, perMinuteMaxUsual } from './types.ts'
import type { Device, DevicePurpose, Gateway, Model } from './types.ts'

const home = '310104011013-01-26-501' as PlaceCode
const stair = '310104011013-01-26' as PlaceCode
const committee = '310104011013' as PlaceCode
const device = '01890000-0000-7000-8000-00000012abcd' as DeviceId
const street = '310104011' as StreetCode
const id = '01890000-0000-7000-8000-0000000000aa' as GatewayId
const gateway = (format: Gateway['format']): Gateway => ({
  ...{ gateway: id, street, name: 'box', maker: '', format, place: committee },
  ...{ installedAt: 0, revokedAt: null },
})

test('only a code of four parts is a home', () => {
  expect(
    [home, stair, '310104011013-01', committee].map((code) => isHome(code as PlaceCode)),
  ).toEqual([true, false, false, false])
})

describe('why a device is there', () => {
  test('follows from kind and place', () => {
    const table = deviceKinds.map((kind) => [kind, purposeFor(kind, home), purposeFor(kind, stair)])
    expect(table).toEqual([
      ['door-access', 'agreed-care', 'door-security'],
      ['door-contact', 'agreed-care', 'door-security'],
      ['motion', 'agreed-care', 'door-security'],
      ['smoke', 'home-safety', 'home-safety'],
      ['gas', 'home-safety', 'home-safety'],
      ['water-leak', 'home-safety', 'home-safety'],
      ['water-meter', 'agreed-care', 'water-and-power'],
      ['electrical', 'home-safety', 'home-safety'],
      ['sos-button', 'emergency-call', 'emergency-call'],
      ['camera-event', null, 'public-space'],
      ['ground', null, 'public-space'],
    ])
  })

  test('sums of a day are taken of meters and door counters of homes, where somebody says so', () => {
    const counted = deviceKinds.filter((kind) => purposesFor(kind, home).includes('crowding-check'))
    expect(counted).toEqual(['door-access', 'water-meter'])
    for (const kind of deviceKinds) {
      expect(purposesFor(kind, stair)).not.toContain('crowding-check')
      expect(purposeFor(kind, home)).not.toBe('crowding-check')
    }
  })

  test('what tells of people in a home is agreed care and nothing else', () => {
    for (const kind of ['door-access', 'door-contact', 'motion', 'water-meter'] as const) {
      const others = purposesFor(kind, home).filter((one) => one !== 'crowding-check')
      expect(others).toEqual(['agreed-care'])
      expect(purposeGiven(kind, home, 'door-security')).toEqual({ wrong: 'purpose' })
      expect(purposeGiven(kind, stair, 'agreed-care')).toEqual({ wrong: 'purpose' })
    }
  })

  test('a camera or ground sensor in a home is refused by its place, whatever is wished', () => {
    expect(purposeGiven('camera-event', home, undefined)).toEqual({ wrong: 'place' })
    expect(purposeGiven('ground', home, 'public-space')).toEqual({ wrong: 'place' })
    expect(purposeGiven('ground', stair, undefined)).toEqual({ purpose: 'public-space' })
  })

  test('the present purpose stays where it fits, and goes where it does not', () => {
    const kept = purposeGiven('water-leak', stair, undefined, 'public-space')
    expect(kept).toEqual({ purpose: 'public-space' })
    const gone = purposeGiven('water-leak', home, undefined, 'public-space')
    expect(gone).toEqual({ purpose: 'home-safety' })
    const wished = purposeGiven('water-leak', stair, 'home-safety', 'public-space')
    expect(wished).toEqual({ purpose: 'home-safety' })
  })
})

describe('the name at a gateway', () => {
  test('is needed where the gateway decodes, and only there', () => {
    expect(nameAt(null, undefined)).toEqual({ name: null })
    expect(nameAt('canonical', undefined)).toEqual({ name: null })
    expect(nameAt('zigbee2mqtt', undefined)).toEqual({ wrong: 'nameAtGateway' })
    expect(nameAt(null, 'box/door')).toEqual({ wrong: 'gateway' })
  })

  test('is a DevEUI at ChirpStack, written small', () => {
    expect(nameAt('chirpstack', '24E124535B316056')).toEqual({ name: '24e124535b316056' })
    expect(nameAt('chirpstack', '24E124535B31605')).toEqual({ wrong: 'nameAtGateway' })
  })

  test('may hold a slash at zigbee2mqtt, but none of its own topics', () => {
    expect(nameAt('zigbee2mqtt', 'stair/door')).toEqual({ name: 'stair/door' })
    for (const own of ['bridge', 'bridge/state', 'door/availability', 'door/set', '/x', 'x/']) {
      expect(nameAt('zigbee2mqtt', own)).toEqual({ wrong: 'nameAtGateway' })
    }
    expect(nameAt('zigbee2mqtt', 'bridge2')).toEqual({ name: 'bridge2' })
  })
})

test('a model fits its own kinds, and the format that its gateway speaks', () => {
  const model: Model = {
    ...{ id: 'm', vendor: 'v', model: 'm', format: 'zigbee2mqtt', kinds: ['smoke'] },
    ...{ fields: [], source: '' },
  }
  expect(misfitOf(model, 'smoke', 'zigbee2mqtt')).toBe(false)
  expect(misfitOf(model, 'gas', 'zigbee2mqtt')).toBe(true)
  expect(misfitOf(model, 'smoke', 'chirpstack')).toBe(true)
  expect(misfitOf(model, 'smoke', null)).toBe(false)
})

test('a loan ends between today and a year from now, on a day that exists', () => {
  const today = '2026-07-09'
  const days = ['2026-07-08', '2026-07-09', '2027-07-10', '2027-07-11', '2026-02-30', '2026-13-01']
  expect(days.map((day) => isLendingDay(day, today))).toEqual([
    false,
    true,
    true,
    false,
    false,
    false,
  ])
  expect(isLendingDay('2026-11-31', today)).toBe(false)
})

describe('where messages come in', () => {
  const made = { device, street, nameAtGateway: 'stair/door' } as Device

  test('its own topic, or the one below its gateway', () => {
    expect(inletOf(made, null)).toBe(topicOf({ street, device }))
    expect(inletOf(made, gateway('canonical'))).toBe(`lilong/${street}/${device}/event`)
    expect(inletOf(made, gateway('zigbee2mqtt'))).toBe(`lilong/${street}/${id}/stair/door`)
    const eui = { ...made, nameAtGateway: '24e124535b316056' }
    expect(inletOf(eui, gateway('chirpstack'))).toBe(
      `lilong/${street}/${id}/24e124535b316056/event/up`,
    )
  })

  test('each format is told how to publish there, and no password stands in it', () => {
    const settings = (format: Gateway['format']) =>
      settingsOf(gateway(format), 'mqtts://town.example:8883', '2026-07-09T00:00:00.000Z')
    expect(settings('zigbee2mqtt')).toContain(`\n  base_topic: lilong/${street}/${id}\n`)
    expect(settings('zigbee2mqtt')).toContain('  password: （上面的密码）')
    expect(settings('chirpstack')).toContain(`"lilong/${street}/${id}/{{dev_eui}}/event/{{event}}"`)
    expect(settings('chirpstack')).toContain('server = "ssl://town.example:8883/"')
    const [topic = '', example = ''] = settings('canonical').split('\n')
    expect(topic).toBe(`lilong/${street}/${id}/batch`)
    expect(JSON.parse(example)).toMatchObject([{ seq: 1, state: 'open' }])
  })
})

test('meters and circuits may say more a minute than the others', () => {
  const often = deviceKinds.filter((kind) => perMinuteMaxUsual[kind] === 600)
  expect(often).toEqual(['water-meter', 'electrical'])
  expect(perMinuteMaxUsual['door-contact']).toBe(120)
})

test('the short number is what stands at the end of the id', () => {
  expect(shortNumberOf(device)).toBe('12A-BCD')
})

test('an example is one message that the kind can say', () => {
  const at = '2026-07-09T00:00:00.000Z'
  const said = (kind: 'smoke' | 'water-meter' | 'door-access', purpose: DevicePurpose) =>
    JSON.parse(exampleOf(kind, purpose, at))
  expect(said('smoke', 'home-safety')).toEqual({ seq: 1, at, state: 'alarm' })
  expect(said('water-meter', 'water-and-power')).toMatchObject({
    ...{ state: 'water-litres', value: 12_345 },
  })
  expect(said('water-meter', 'crowding-check')).toMatchObject({ state: 'water-litres-day' })
  expect(said('door-access', 'crowding-check')).toMatchObject({ state: 'door-openings-day' })
})
