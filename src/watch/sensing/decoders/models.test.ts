import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { measures } from '../../devices/index.ts'
import type { Said } from '../types.ts'
import { readByModel } from './index.ts'
import { fact, modelNamed, quietSaid, shipped } from './testing/messages.ts'

const zigbee = shipped.filter(({ format }) => format === 'zigbee2mqtt')
const lorawan: { devices: { model: string; examples: { object: object }[] }[] } = JSON.parse(
  readFileSync('data/lorawan-devices.json', 'utf8'),
)

describe('each of the 461 models', () => {
  test.each(zigbee.map((model) => [model.id, model] as const))(
    '%s says by each declared value what it declares',
    (_id, model) => {
      for (const field of model.fields) {
        if (field.reads !== 'state') continue
        for (const [text, state] of Object.entries(field.values)) {
          const read = readByModel(model, { [field.path]: JSON.parse(text) })
          const facts = state === null ? [] : [fact(field.kind, state)]
          expect(read).toEqual([{ ...quietSaid, facts }])
        }
        const odd = readByModel(model, { [field.path]: 'never declared' })
        expect(odd).toMatchObject({
          refused: 'undeclared',
          because: expect.stringContaining(field.path),
        })
      }
    },
  )

  test('raises nothing from a number, whatever it is', () => {
    const numbers = [0, 1, -1, 0.5, 255, 1e9, '1', '0']
    for (const model of zigbee) {
      for (const field of model.fields) {
        if (field.reads === 'state') continue
        for (const number of numbers) {
          const read = readByModel(model, { [field.path]: number })
          const facts = Array.isArray(read) ? read.flatMap((said) => said.facts) : []
          for (const { state } of facts) expect(measures).toHaveProperty([state])
        }
      }
    }
  })
})

describe('the examples that the makers print', () => {
  const read = (model: string, at = 0) => {
    const row = lorawan.devices.find((one) => one.model === model)
    return readByModel(modelNamed(model), { object: row?.examples[at]?.object })
  }
  test.each<[string, number, Partial<Said>]>([
    ['WS301', 0, { battery: 100, facts: [fact('door-contact', 'open')], isTampered: false }],
    ['WS101', 0, { battery: null, facts: [fact('sos-button', 'pressed')] }],
    ['WS101', 1, { battery: 16, facts: [fact('sos-button', 'pressed')] }],
    ['WS101', 2, { battery: 16, facts: [fact('sos-button', 'pressed')] }],
    ['WS202', 0, { battery: 16, facts: [fact('motion', 'occupied')] }],
    ['WS303', 0, { battery: 100, facts: [fact('water-leak', 'dry')] }],
    ['WS303', 1, { battery: 100, facts: [fact('water-leak', 'wet')] }],
    ['EM300-MCS', 0, { battery: 92, facts: [fact('door-contact', 'open')] }],
    ['EM300-SLD', 0, { battery: 92, facts: [fact('water-leak', 'dry')] }],
    ['EM310-TILT', 0, { facts: [fact('ground', 'tilted')] }],
    ['GS101', 0, { facts: [fact('gas', 'clear')] }],
    ['CT101', 0, { facts: [fact('electrical', 'current-ma', 30_000)] }],
    ['CT101', 1, { facts: [] }],
    [
      'CT101',
      2,
      { facts: [fact('electrical', 'overload'), fact('electrical', 'current-ma', 25_000)] },
    ],
  ])('of %s, the one at %i', (model, at, said) => {
    expect(read(model, at)).toEqual([{ ...quietSaid, ...said }])
  })

  test.each([
    ['installed', false],
    ['uninstalled', true],
    [0, false],
    [1, true],
  ])('WS301’s lid follows the maker’s table: %j', (tamper_status, isTampered) => {
    const model = modelNamed('WS301')
    expect(readByModel(model, { object: { tamper_status } })).toMatchObject([{ isTampered }])
  })

  test('GS101’s alarm is about itself: power, a fault', () => {
    const [said] = readByModel(modelNamed('GS101'), { object: { alarm: 'sensor fault' } }) as Said[]
    expect(said).toEqual(quietSaid)
  })

  test.each(['EM300-MCS', 'EM300-SLD'])(
    'of %s’s stored item: its own time, then a heartbeat',
    (name) => {
      const state = name === 'EM300-MCS' ? fact('door-contact', 'open') : fact('water-leak', 'wet')
      expect(read(name, 1)).toEqual([
        { ...quietSaid, at: 1_665_561_758_000, facts: [state] },
        quietSaid,
      ])
    },
  )
})
