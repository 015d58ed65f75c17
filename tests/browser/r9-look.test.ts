import { test } from 'vitest'
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { buildWeb } from '../../scripts/build-web.ts'
import { hourMs } from '../../src/kernel/clock.ts'
import { openDemoTown, townApi } from '../../town/index.ts'
import { browse } from '../rig/pages.ts'
import { firstMorning, openTestProgram, operatorKey } from '../rig/program.ts'
import { faultsOf, untranslatedIn, sidewaysOf } from '../rig/page-checks.ts'

test('look', async () => {
  const out = '/tmp/r9/shots'
  mkdirSync(out, { recursive: true })
  const dir = resolve('.lilong/r9-pages')
  await buildWeb({ outDir: dir })
  const rig = await openTestProgram({ distDir: dir })
  const api = townApi(rig.program.url, operatorKey)
  const map = await openDemoTown(api, {
    committees: 1,
    mqttUrl: `mqtt://127.0.0.1:${rig.program.mqttPort}`,
    until: firstMorning + 52 * hourMs,
  })
  await rig.settled()
  const b = await browse(rig)
  const elder = map.elders.find((one) => one.plan === 'agreed')!
  const token = await rig.tokenOf(elder.name)
  const { doors } = await rig.ask(token, 'GET', '/api/identity/passes')
  const now = rig.clock.now()
  for (const [n, door] of doors.entries())
    await rig.ask(token, 'POST', '/api/identity/passes', {
      door: door.door,
      from: now + n * hourMs,
      hours: 4,
    })
  const made = await rig.ask(token, 'POST', '/api/identity/passes', {
    door: doors[0].door,
    from: now,
    hours: 2,
  })
  const only = process.env.ONLY?.split(',')
  const paths = ['/home', '/visitors', '/helpers', '/my-home', new URL(made.url).pathname + new URL(made.url).hash]
  for (const path of paths) {
    const name = path.split('#')[0]!.slice(1)
    if (only && !only.includes(name)) continue
    for (const [language, view, width] of [
      ['zh-CN', 'normal', 390],
      ['zh-CN', 'elder', 390],
      ['en', 'normal', 390],
      ['en', 'elder', 390],
      ['en', 'normal', 768],
      ['zh-CN', 'normal', 1280],
    ] as const) {
      const it = await b.open(name === 'pass' ? null : elder.name, { language, view, width })
      const status = await it.goto(path)
      await it.quiet()
      await it.page.waitForTimeout(200)
      console.log(path.split('#')[0], language, view, width, status, it.said, await faultsOf(it), language === 'en' ? await untranslatedIn(it) : '')
      await it.page.screenshot({ path: `${out}/${name}-${language}-${view}-${width}.png`, fullPage: true })
      for (const fold of await it.page.locator('summary').all()) await fold.click()
      await it.page.screenshot({ path: `${out}/${name}-${language}-${view}-${width}-open.png`, fullPage: true })
      console.log('open', await faultsOf(it))
      if (width === 390) {
        await it.page.setViewportSize({ width: 195, height: 844 })
        console.log('195', await sidewaysOf(it.page))
      }
      await it.close()
    }
  }
  await b[Symbol.asyncDispose]()
  await rig[Symbol.asyncDispose]()
}, 300_000)
