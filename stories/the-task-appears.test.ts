import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { buildWeb } from '../scripts/build-web.ts'
import { openBrowser } from '../tests/rig/browser.ts'
import { operatorKey } from '../tests/rig/program.ts'
import { openTown, type Town } from '../tests/rig/town.ts'

const distDir = '.lilong/test-pages'
const phone = { width: 390, height: 844 }

test('a due silence appears on the worker’s open page, is gone to, and the elder sees each step', async () => {
  await buildWeb({ outDir: distDir })
  await using town = await openTown({ distDir: resolve(distDir) })
  const browser = await openBrowser()
  try {
    await stir(town, 'everybody')
    await town.hoursPass(47.8)
    await stir(town, 'the others')
    const worker = await pageOf(town, browser, town.worker.name)
    const elder = await pageOf(town, browser, town.elder.name)
    await elder.goto(new URL('/care', elder.url()).href)
    await markLive(worker)
    await markLive(elder)
    expect(await worker.getByText(place(town)).count()).toBe(0)

    await town.hoursPass(0.5)
    const button = (name: string) => worker.getByRole('button', { name })
    await button(`收到：${place(town)}`).click()
    await elder.getByText('已请社工联系您').first().waitFor()
    await button(`我去：${place(town)}`).click()
    await elder.getByText('社工在路上').first().waitFor()
    await worker.locator('a[href^="/desk/tasks/"]').first().click()
    await button('我到了').click()
    await worker.getByText('平安').click()
    await worker.locator('form.found button[type=submit]').click()
    await elder.getByText('上次上门').first().waitFor()

    expect(await isStillLive(worker)).toBe(true)
    expect(await isStillLive(elder)).toBe(true)
  } finally {
    await browser.close()
  }
})

async function pageOf(town: Town, browser: Browser, name: string): Promise<Page> {
  const made = await town.ask(operatorKey, 'POST', '/api/identity/links', { name })
  const context = await browser.newContext({ viewport: phone })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(made.url)
  const live = page.waitForRequest(/\/live(\?|$)/)
  await page.getByRole('button', { name: '进入' }).click()
  await live
  return page
}

/** A mark that a reload would wipe. */
async function markLive(page: Page): Promise<void> {
  await page.evaluate(() => void Object.assign(window, { isSamePage: true }))
}

function isStillLive(page: Page): Promise<boolean> {
  return page.evaluate(() => 'isSamePage' in window)
}

function place(town: Town): string {
  const [, , stair, room] = town.elder.home.split('-')
  return `${stair}号 ${room}室`
}

async function stir(town: Town, who: 'everybody' | 'the others'): Promise<void> {
  const states: Record<string, string> = {
    'door-access': 'granted',
    'door-contact': 'open',
    motion: 'occupied',
  }
  for (const elder of town.map.elders.filter((each) => each.plan === 'agreed')) {
    if (who === 'the others' && elder.name === town.elder.name) continue
    const [device] = town.devicesOf(elder)
    await town.says(device!, states[device!.kind]!)
  }
}
