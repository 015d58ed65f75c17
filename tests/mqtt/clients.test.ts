import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import mqtt from 'mqtt'
import { expect, test } from 'vitest'
import { programNamed } from './mosquitto.ts'
import { openBroker } from './wire.ts'

const execute = promisify(execFile)
/** Ends by itself: mosquitto_sub would look for its broker for ever. */
const run = (program: string, words: string[]) =>
  execute(program, words, { timeout: 30_000, killSignal: 'SIGKILL' })

test('mqtt.js: a session kept, a will, a copy, QoS 2 in both directions', async () => {
  await using broker = await openBroker()
  const url = `mqtt://127.0.0.1:${broker.port}`
  const hearing = await mqtt.connectAsync(url, { clientId: 'hearing', clean: false })
  const heard: string[] = []
  let wake = () => {}
  hearing.on('message', (topic, payload, { qos, retain }) => {
    heard.push(`${topic} ${String(payload)} ${qos}${retain ? ' kept' : ''}`)
    wake()
  })
  const until = async (count: number) => {
    while (heard.length < count) await new Promise<void>((done) => (wake = done))
  }
  const will = { topic: 'will', payload: Buffer.from('gone'), qos: 2 as const, retain: false }
  const speaking = await mqtt.connectAsync(url, { clientId: 'speaking', will })
  await speaking.publishAsync('copy', 'x', { qos: 2, retain: true })
  await hearing.subscribeAsync('#', { qos: 2 })
  await speaking.publishAsync('now', 'y', { qos: 2 })
  await until(2)
  await hearing.endAsync()
  await speaking.publishAsync('later', 'z', { qos: 1 })
  speaking.stream.destroy()
  await speaking.endAsync(true)
  hearing.reconnect()
  await until(4)
  expect(heard).toEqual(['copy x 2 kept', 'now y 2', 'later z 1', 'will gone 2'])
  await hearing.endAsync()
})

const hasClients = programNamed('mosquitto_pub') && programNamed('mosquitto_sub')

test.for(['0', '1', '2'])(
  'mosquitto_pub is heard by mosquitto_sub, QoS %s',
  async (qos, { skip }) => {
    skip(!hasClients, 'mosquitto_pub or mosquitto_sub is not installed here')
    let asked = () => {}
    const isAsked = new Promise<void>((done) => (asked = done))
    await using broker = await openBroker({
      maySubscribe: () => {
        asked()
        return true
      },
    })
    const common = ['-h', '127.0.0.1', '-p', `${broker.port}`, '-q', qos, '-V', 'mqttv311']
    const hearing = run('mosquitto_sub', [...common, '-t', 'a/+', '-C', '2', '-v'])
    await isAsked
    await run('mosquitto_pub', [...common, '-t', 'a/1', '-m', 'first'])
    await run('mosquitto_pub', [...common, '-t', 'a/2', '-m', 'second', '-r'])
    expect((await hearing).stdout).toBe('a/1 first\na/2 second\n')
    const kept = await run('mosquitto_sub', [...common, '-t', 'a/+', '-C', '1', '-v'])
    expect(kept.stdout).toBe('a/2 second\n')
  },
)
