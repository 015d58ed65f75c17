import { connect as connectTls } from 'node:tls'
import mqtt from 'mqtt'
import { expect, test } from 'vitest'
import { openMqtt, openRoom } from '../../src/platform/mqtt/index.ts'
import { selfSigned } from './certificate.ts'
import { connecting, dial } from './wire.ts'

async function openBoth(tls = selfSigned()) {
  const bind = '127.0.0.1'
  const opened = await openMqtt(
    [
      { bind, port: 0, tls: null },
      { bind, port: 0, tls },
    ],
    openRoom(),
  )
  const [plain = 0, secure = 0] = opened.ports
  return { ...opened, plain, secure, tls, [Symbol.asyncDispose]: opened.close }
}

/** The serial number of the certificate that is shown, or the code of the failure. */
function shown(port: number, options: object = {}): Promise<string> {
  return new Promise((resolve) => {
    const socket = connectTls({ port, rejectUnauthorized: false, ...options }, () => {
      resolve(socket.getPeerCertificate().serialNumber)
      socket.destroy()
    })
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })
}

test('the same broker on two ports: what is said over TLS is heard without', async () => {
  await using both = await openBoth()
  const plain = await mqtt.connectAsync(`mqtt://127.0.0.1:${both.plain}`)
  const secure = await mqtt.connectAsync(`mqtts://localhost:${both.secure}`, { ca: both.tls.cert })
  await plain.subscribeAsync('a', { qos: 1 })
  const heard = new Promise<string>((resolve) =>
    plain.once('message', (_topic, payload) => resolve(String(payload))),
  )
  await secure.publishAsync('a', 'over TLS', { qos: 1 })
  expect(await heard).toBe('over TLS')
  expect(both.connected()).toBe(2)
  await Promise.all([plain.endAsync(), secure.endAsync()])
})

test('TLS 1.1 is refused, TLS 1.2 is not', async () => {
  await using both = await openBoth()
  const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' }
  expect(await shown(both.secure, old)).toMatch(/PROTOCOL|ECONNRESET/)
  expect(await shown(both.secure, { maxVersion: 'TLSv1.2' })).toMatch(/^[0-9A-F]+$/)
})

test('a new certificate is shown to who comes, and whoever is connected stays', async () => {
  await using both = await openBoth()
  const before = await shown(both.secure)
  const staying = await mqtt.connectAsync(`mqtts://localhost:${both.secure}`, {
    ca: both.tls.cert,
    reconnectPeriod: 0,
  })
  both.renewTls(selfSigned())
  expect(await shown(both.secure)).not.toBe(before)
  await staying.publishAsync('a', 'still here', { qos: 1 })
  await staying.endAsync()
})

test('who speaks without TLS to the TLS port is closed, and the broker lives on', async () => {
  await using both = await openBoth()
  using wire = await dial(both.secure)
  wire.say(connecting())
  await wire.closed
  expect(await shown(both.secure)).toMatch(/^[0-9A-F]+$/)
})

test('a port that is taken fails the opening, and leaves no other port open', async () => {
  await using both = await openBoth()
  const bind = '127.0.0.1'
  const taken = { bind, port: both.plain, tls: null }
  await expect(openMqtt([{ bind, port: 0, tls: null }, taken], openRoom())).rejects.toMatchObject({
    code: 'EADDRINUSE',
  })
})
