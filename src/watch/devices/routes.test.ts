import { afterAll, beforeAll, expect, test } from 'vitest'
import { operatorKey } from '../../../tests/rig/program.ts'
import { openStreets, type Streets } from '../../../tests/rig/streets.ts'

let town: Streets
beforeAll(async () => {
  town = await openStreets()
})
afterAll(() => town[Symbol.asyncDispose]())

const door = () => ({ kind: 'door-contact', place: town.a.homes[0] })
const refused = (kind: string) => ({ body: { fault: kind } })

test('the street registers; a neighbourhood’s worker and a resident read at most', async () => {
  const { officer, worker, elder } = town.a
  expect(await worker.post('/api/devices/add', door())).toMatchObject(refused('not-allowed'))
  expect(await elder.post('/api/devices/add', door())).toMatchObject(refused('not-allowed'))
  const made = await officer.post('/api/devices/add', door())
  expect(made.status).toBe(200)
  const { device } = made.body
  expect(await worker.post('/api/devices/revoke', { device })).toMatchObject(refused('not-allowed'))
  expect((await worker.get(`/api/devices/story?source=${device}`)).status).toBe(200)
  expect(await elder.get(`/api/devices/story?source=${device}`)).toMatchObject(
    refused('not-allowed'),
  )
})

test('another street’s officer neither adds nor sees nor ends', async () => {
  const { officer } = town.b
  const { body } = await town.a.officer.post('/api/devices/add', door())
  const { device } = body
  expect(await officer.post('/api/devices/add', door())).toMatchObject(refused('not-found'))
  for (const act of ['revoke', 'replace']) {
    const answer = await officer.post(`/api/devices/${act}`, { device })
    expect(answer).toMatchObject(refused('not-found'))
  }
  const labels = await officer.post('/api/devices/labels', { devices: [device] })
  expect(labels).toMatchObject(refused('not-found'))
  expect(await officer.get(`/api/devices/story?source=${device}`)).toMatchObject(
    refused('not-found'),
  )
})

test('the password that was told signs in; after renewal only the new one, after revoking none', async () => {
  const made = await town.ask(operatorKey, 'POST', '/api/devices/add', door())
  await town.settled()
  const first = await town.connect(made)
  await first.publishAsync(made.topic, made.example, { qos: 1 })
  const { device: source } = made
  const renewed = await town.ask(operatorKey, 'POST', '/api/devices/credential', { source })
  await town.settled()
  await expect(town.connect(made)).rejects.toThrow()
  await (await town.connect(renewed)).endAsync()
  await town.ask(operatorKey, 'POST', '/api/devices/revoke', { device: source })
  await town.settled()
  await expect(town.connect(renewed)).rejects.toThrow()
})

test('a gateway signs in, and is told where the broker is', async () => {
  const input = { name: 'box', format: 'zigbee2mqtt', place: town.a.committee }
  const gateway = await town.ask(town.a.officer.token, 'POST', '/api/devices/gateways', input)
  expect(gateway.settings).toContain(`server: mqtt://127.0.0.1:${town.program.mqttPort}\n`)
  await town.settled()
  const wire = await town.connect(gateway)
  await wire.publishAsync(`${gateway.topic}/bridge/state`, '{"state":"online"}', { qos: 1 })
})
