import { afterAll, beforeAll, expect, test } from 'vitest'
import { keptForLater } from '../rig/no-network.ts'
import { openStage, streetOf, type Stage } from '../rig/stage.ts'
import { languages } from '../../web/words/index.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage()
}, 120_000)
afterAll(() => stage?.[Symbol.asyncDispose]())

test.each(languages)(
  'a visit whose agreement has ended leaves the worker’s list, and what the device has put by (%s)',
  async (language) => {
    const { town } = stage
    const street = streetOf(town, language)
    await town.agrees(street.elder)
    await town.silent(street, 49)
    await stage.look()
    const worker = await stage.open(street.worker, '/desk', { language })
    const visits = worker.locator('.entry')
    await expect.poll(() => visits.count()).toBe(1)
    await visits.first().locator('a').first().click()
    await worker.waitForURL(/\/desk\/tasks\//)
    await worker.goto(`${town.program.url}/desk`)
    await keptForLater(worker)

    // Without a network the list is there as it was.
    await worker.context().setOffline(true)
    await worker.goto(`${town.program.url}/desk`)
    await expect.poll(() => visits.count()).toBe(1)
    await worker.context().setOffline(false)
    await worker.goto(`${town.program.url}/desk`)
    await expect.poll(() => visits.count()).toBe(1)

    const ended = await street.elder.post('/api/privacy/consents/end', { purpose: 'agreed-care' })
    expect(ended.status).toBe(200)
    // The page is told; nobody touches it.
    await expect.poll(() => visits.count()).toBe(0)

    await worker.context().setOffline(true)
    await worker.goto(`${town.program.url}/desk`)
    await worker.locator('h1').first().waitFor()
    expect(await visits.count()).toBe(0)
    await worker.context().setOffline(false)
    await town.settled()
  },
  120_000,
)
