import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWaker, type Waker } from '../../../tests/rig/waker.ts'
import { openStreets, type Actor, type Streets } from '../../../tests/rig/streets.ts'

let town: Streets
let service: Waker

beforeAll(async () => {
  service = await openWaker()
  town = await openStreets({
    ways: {
      ...{ pushSecret: randomBytes(32).toString('base64url'), isPushRehearsed: true },
      ...{ pushContact: 'mailto:street@lilong.example', sms: null, wecom: null, voice: null },
      ...{ outboxFile: '/dev/null', quiet: null },
    },
  })
})
afterAll(async () => {
  await town[Symbol.asyncDispose]()
  await service[Symbol.asyncDispose]()
})

async function wake(who: Actor) {
  const { key } = (await who.get('/api/delivery/push')).body
  const browser = service.browser(key)
  const asked = { ...browser.subscription, language: 'en' }
  expect((await who.post('/api/delivery/wake', asked)).status).toBe(200)
  return browser
}

describe('a browser', () => {
  const count = async (who: Actor) => (await who.get('/api/delivery/push')).body.browsers

  test('is one, however often it asks; of more than five the oldest goes', async () => {
    await town.owner('delete from delivery.subscription')
    const { worker } = town.a
    const first = await wake(worker)
    await worker.post('/api/delivery/wake', { ...first.subscription, language: 'zh-CN' })
    expect(await count(worker)).toBe(1)
    for (let more = 0; more < 5; more++) {
      town.clock.set({ at: town.clock.now() + 1 })
      await wake(worker)
    }
    expect(await count(worker)).toBe(5)
    const left = await town.owner('select endpoint from delivery.subscription')
    expect(left.map(({ endpoint }) => endpoint)).not.toContain(first.subscription.endpoint)
  })

  test('belongs to whoever uses it last, of whatever street', async () => {
    await town.owner('delete from delivery.subscription')
    const { subscription } = await wake(town.a.worker)
    const asked = { ...subscription, language: 'zh-CN' }
    expect((await town.b.worker.post('/api/delivery/wake', asked)).body).toEqual({ browsers: 1 })
    expect(await count(town.a.worker)).toBe(0)
  })

  test('is let sleep by its own person alone', async () => {
    const { worker, deputy } = town.a
    const { endpoint } = (await wake(worker)).subscription
    await deputy.post('/api/delivery/let-sleep', { endpoint })
    expect(await count(worker)).toBe(1)
    expect((await worker.post('/api/delivery/let-sleep', { endpoint })).body.browsers).toBe(0)
  })

  test.each(['https://10.0.0.1/push', 'https://push.example/1', 'http://169.254.169.254/latest'])(
    'cannot make us call %s',
    async (endpoint) => {
      const { p256dh, auth } = service.browser('').subscription
      const asked = { endpoint, p256dh, auth, language: 'en' }
      const answer = await town.a.worker.post('/api/delivery/wake', asked)
      expect(answer).toMatchObject({ status: 400, body: { fault: 'bad-input', field: 'endpoint' } })
    },
  )
})
