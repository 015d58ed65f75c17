import { describe, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { StartRefusal } from './platform/start-refusal.ts'

const withTls = { LILONG_TLS_CERT: 'c.pem', LILONG_TLS_KEY: 'k.pem' }

test('nothing said: this machine alone, without TLS, with a database of its own', () => {
  expect(readConfig({})).toMatchObject({
    ...{ httpPort: 8080, mqttPort: 1883, mqttsPort: 8883, bindAddress: '127.0.0.1' },
    ...{ town: 'demo', tls: null, publicUrl: null, databaseUrl: null, mqttUrl: null },
  })
})

test('what one address may hold open is a count', () => {
  expect(readConfig({}).connectionsPerAddressMax).toBe(500)
  const given = (count: string) => readConfig({ LILONG_CONNECTIONS_PER_ADDRESS: count })
  expect(given('2000').connectionsPerAddressMax).toBe(2_000)
  for (const none of ['0', '-1', 'many', '1e9', '1.5']) {
    expect(() => given(none)).toThrow(StartRefusal)
  }
})

describe('an address beyond this machine', () => {
  const behind = { LILONG_BIND: '0.0.0.0', LILONG_TLS_PROXY: '10.0.0.5, fd00::5' }
  const LILONG_PUBLIC_URL = 'https://lilong.example'

  test.each(['0.0.0.0', '::', '192.168.1.5', 'lilong.example'])(
    '%s is refused in plain',
    (bind) => {
      for (const env of [{}, { LILONG_PUBLIC_URL }]) {
        expect(refused({ ...env, LILONG_BIND: bind }).sentence.en).toMatch(/no certificate/)
      }
      expect(readConfig({ ...withTls, LILONG_BIND: bind }).bindAddress).toBe(bind)
    },
  )

  test.each(['127.0.0.1', '127.0.0.2', '::1', 'localhost', ''])('%s is none', (bind) => {
    expect(readConfig({ LILONG_BIND: bind }).bindAddress).toBe(bind || '127.0.0.1')
  })

  test('a proxy that ends TLS elsewhere is named, with the address that people see', () => {
    expect(readConfig({ ...behind, LILONG_PUBLIC_URL }).tlsProxies).toEqual(['10.0.0.5', 'fd00::5'])
    expect(refused(behind).sentence.en).toMatch(/LILONG_PUBLIC_URL too/)
    const named = { ...behind, LILONG_PUBLIC_URL, LILONG_TLS_PROXY: 'yes' }
    expect(refused(named).sentence.en).toMatch(/IP address/)
  })
})

describe('the public address', () => {
  test.each([
    ['https://lilong.example', 'https://lilong.example'],
    ['https://lilong.example/', 'https://lilong.example'],
    ['https://LILONG.example:8443', 'https://lilong.example:8443'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['http://localhost', 'http://localhost'],
    ['', null],
  ])('%s is taken', (given, taken) => {
    expect(readConfig({ LILONG_PUBLIC_URL: given }).publicUrl).toBe(taken)
  })

  test.each([
    ['lilong.example', /no address of a site/],
    ['ftp://lilong.example', /no address of a site/],
    ['https://lilong.example/town', /no address of a site/],
    ['https://lilong.example?x', /no address of a site/],
    ['https://me:geheim@lilong.example', /no address of a site/],
    ['http://lilong.example', /must be https/],
    ['http://192.168.1.5:8080', /must be https/],
    ['http://localhost.example', /must be https/],
  ])('%s is refused', (given, sentence) => {
    const refusal = refused({ LILONG_PUBLIC_URL: given })
    expect(refusal.sentence.en).toMatch(sentence)
    expect(refusal.message).not.toContain('geheim')
  })

  test('http beside a certificate is refused', () => {
    const env = { ...withTls, LILONG_PUBLIC_URL: 'http://localhost:8080' }
    expect(refused(env).sentence.en).toMatch(/the port speaks HTTPS/)
  })
})

test('a certificate without its key, or a key without its certificate, is one sentence', () => {
  expect(refused({ LILONG_TLS_CERT: 'c.pem' }).sentence.en).toMatch(/LILONG_TLS_KEY is missing/)
  expect(refused({ LILONG_TLS_KEY: 'k.pem' }).sentence.en).toMatch(/LILONG_TLS_CERT is missing/)
  expect(readConfig(withTls).tls?.certFile).toMatch(/\/c\.pem$/)
})

describe('the address of a database', () => {
  test.each([
    ['postgres://a:b@db:5432/town', 'postgres://a:b@db:5432/town'],
    ['postgresql://a@db/town?sslmode=require', 'postgresql://a@db/town?sslmode=require'],
    ['postgres:///town?host=/run/pg', 'postgres://localhost/town?host=/run/pg'],
    ['postgres://a:b@/town', 'postgres://a:b@localhost/town'],
  ])('%s is taken', (given, taken) => {
    expect(readConfig({ LILONG_DATABASE_URL: given }).databaseUrl).toBe(taken)
  })

  test.each([
    'mysql://a:geheim@db/x',
    'postgres://a:geheim@db',
    'db:5432',
    'postgres://a:g#h@db/x',
  ])('%s is refused, and its password not said', (given) => {
    const { message } = refused({ LILONG_DATABASE_URL: given })
    expect(message).toMatch(/no address of a database/)
    expect(message).not.toContain('geheim')
  })
})

test('the address of a broker', () => {
  const mqttUrl = 'mqtts://a:b@broker:8883'
  expect(readConfig({ LILONG_MQTT_URL: mqttUrl }).mqttUrl).toBe(mqttUrl)
  expect(refused({ LILONG_MQTT_URL: 'http://a:geheim@broker' }).message).not.toContain('geheim')
})

describe('messages to telephones', () => {
  const ways = (env: NodeJS.ProcessEnv) => readConfig(env).ways

  test('go into a file, and keep quiet at night, where nobody says more', () => {
    const nobody = { sms: null, wecom: null, voice: null, pushContact: null }
    const quiet = { from: '21:00', to: '07:00' }
    expect(ways({})).toEqual({ ...nobody, isPushRehearsed: false, quiet })
    expect(ways({ LILONG_QUIET: 'none' }).quiet).toBeNull()
    const night = { from: '22:30', to: '06:00' }
    expect(ways({ LILONG_QUIET: '22:30-06:00' }).quiet).toEqual(night)
  })

  test.each(['SMS', 'WECOM', 'VOICE'])('%s needs an address and its secret', (name) => {
    const url = `https://${name.toLowerCase()}.example/send`
    const both = { [`LILONG_${name}_URL`]: url, [`LILONG_${name}_SECRET`]: 'geheim' }
    const key = name.toLowerCase() as 'sms' | 'wecom' | 'voice'
    expect(ways(both)[key]).toEqual({ url, secret: 'geheim' })
    expect(refused({ [`LILONG_${name}_URL`]: url }).message).toContain(`LILONG_${name}_SECRET`)
    const { message } = refused({ ...both, [`LILONG_${name}_URL`]: 'http://out.example/?geheim' })
    expect(message).toMatch(/https/)
    expect(message).not.toContain('geheim')
  })

  test.each([
    { LILONG_QUIET: '21-07' },
    { LILONG_QUIET: '24:00-07:00' },
    { LILONG_QUIET: '21:00-21:00' },
    { LILONG_PUSH_CONTACT: 'somebody' },
    { LILONG_PUSH_CONTACT: 'http://lilong.example' },
  ])('%o is refused', (env) => {
    const [name = ''] = Object.keys(env)
    expect(refused(env).message).toContain(name)
  })
})

function refused(env: NodeJS.ProcessEnv): StartRefusal {
  try {
    readConfig(env)
  } catch (why) {
    if (why instanceof StartRefusal) return why
    throw why
  }
  throw new Error('was taken')
}

describe('the organisation that staff sign in with', () => {
  const all = {
    LILONG_OIDC_URL: 'https://login.example/realms/street',
    LILONG_OIDC_ID: 'lilong',
    LILONG_OIDC_SECRET: 'geheim',
  }

  test('three belong together; its name is the host where nothing is said', () => {
    expect(readConfig({}).organisation).toBe(null)
    expect(readConfig(all).organisation).toEqual({
      ...{ url: all.LILONG_OIDC_URL, id: 'lilong', secret: 'geheim', name: 'login.example' },
    })
    const named = readConfig({ ...all, LILONG_OIDC_NAME: '示例单位' })
    expect(named.organisation?.name).toBe('示例单位')
    for (const missing of Object.keys(all)) {
      expect(refused({ ...all, [missing]: '' }).sentence.en).toContain(`${missing} is missing`)
    }
  })

  test.each([
    ['http://login.example'],
    ['http://192.168.1.5'],
    ['http://127.0.0.1:4000'],
    ['http://localhost:4000'],
    ['https://169.254.169.254/'],
    ['https://me:geheim@login.example'],
    ['https://login.example?x=geheim'],
    ['file:///etc/passwd'],
    ['login.example'],
  ])('%s is refused, and nothing of it is repeated', (LILONG_OIDC_URL) => {
    const { sentence, message } = refused({ ...all, LILONG_OIDC_URL })
    expect(sentence.en).toMatch(/LILONG_OIDC_URL cannot be used/)
    expect(message + sentence.zh).not.toContain('geheim')
  })

  test('one inside the own network is somebody’s choice', () => {
    const url = 'https://10.1.2.3/realms/street'
    expect(readConfig({ ...all, LILONG_OIDC_URL: url }).organisation?.url).toBe(url)
  })
})
