import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { hourMs } from '../src/kernel/clock.ts'
import { deviceKinds, importModels, shippedModels } from '../src/watch/devices/index.ts'
import { firstMorning, openTestProgram, operatorKey } from '../tests/rig/program.ts'
import { planDevices } from './devices.ts'
import { openDemoTown, townApi } from './index.ts'
import { committeesMax, planStreet } from './street.ts'

const plan = planStreet(1, committeesMax)

test('every neighbourhood has all eleven kinds, and what is public names nobody', () => {
  const names = plan.flatMap(({ elders, neighbours, workers }) =>
    [...elders, ...neighbours, ...workers].map(({ name }) => name),
  )
  for (const committee of plan) {
    const { devices, gateways } = planDevices(committee)
    const kinds = new Set(devices.map(({ kind }) => kind))
    expect([committee.short, kinds]).toEqual([committee.short, new Set(deviceKinds)])
    const words = [...devices, ...gateways].map((one) => JSON.stringify(one)).join('\n')
    expect(names.filter((name) => words.includes(name))).toEqual([])
  }
  expect(plan.flatMap((one) => planDevices(one).devices).length).toBeGreaterThan(150)
})

test('all behind one gateway promise the same heartbeat', () => {
  for (const { devices } of plan.map(planDevices)) {
    const behind = Map.groupBy(
      devices.filter(({ gateway }) => gateway !== null),
      ({ gateway }) => gateway,
    )
    for (const [, members] of behind) {
      expect(new Set(members.map(({ heartbeatSeconds }) => heartbeatSeconds)).size).toBe(1)
    }
  }
})

test('the whole town lives its days: every device is heard, and nothing of it is refused', async () => {
  await using rig = await openTestProgram()
  const { url, mqttPort, given, sensing } = rig.program
  const file = JSON.parse(readFileSync('data/device-models.json', 'utf8'))
  await importModels(given, shippedModels(file))
  const mqttUrl = `mqtt://127.0.0.1:${mqttPort}`
  const until = firstMorning + 52 * hourMs
  const map = await openDemoTown(townApi(url, operatorKey), { mqttUrl, until })

  const silenced = new Set(
    map.devices.filter(({ gateway }) => gateway === 'gw-12-24').map(({ device }) => device),
  )
  const states = [...sensing.memory.all()].map(({ device, heardAt }) => {
    const isHeard = heardAt !== null && rig.clock.now() - heardAt <= device.heartbeatSeconds * 2_000
    return isHeard || silenced.has(device.device) ? null : device.label
  })
  expect(states.filter((label) => label !== null)).toEqual([])
  expect(states).toHaveLength(map.devices.length)
  // What was said before the consents were heard of is all that is ever refused.
  const { rows } = await given.db.ownerPool.query(
    "select distinct reason from sensing.refusal where reason <> 'no-consent'",
  )
  expect(rows).toEqual([])
})
