import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { browse, pagesDir } from '../rig/pages.ts'
import { openStreets } from '../rig/streets.ts'

let town: any, browsing: any
beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  town = await openStreets({ distDir: pagesDir })
  browsing = await browse(town)
  mkdirSync('/tmp/pshots', { recursive: true })
}, 200_000)
afterAll(async () => {
  await browsing[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})
test('pictures', async () => {
  const { elder, officer, neighbour } = town.a
  await town.agrees(elder)
  await elder.post('/api/care/wandering', { agrees: { textVersion: 2, by: 'guardian' } })
  await elder.post('/api/privacy/consents/end', { purpose: 'wandering-guard' })
  await town.owner('update privacy.consent set text_version = 1 where ended_at is null')
  await neighbour.post('/api/care/refuse', {})
  await officer.post('/api/privacy/purposes/switch', { purpose: 'crowding-check', isOn: false, impact: null })
  await town.settled()
  const shots: [string, any, string, any][] = []
  for (const language of ['zh-CN', 'en']) {
    shots.push([`consents-${language}`, elder, '/consents', { language, size: [390, 844] }])
    shots.push([`purposes-${language}`, officer, '/desk/register/purposes', { language, size: [1440, 900] }])
  }
  shots.push(['consents-elder', elder, '/consents', { language: 'zh-CN', view: 'elder', size: [390, 844] }])
  shots.push(['refused', neighbour, '/consents', { language: 'zh-CN', size: [390, 844] }])
  shots.push(['purposes-phone', officer, '/desk/register/purposes', { language: 'zh-CN', size: [390, 844] }])
  for (const [name, who, path, { size, ...look }] of shots) {
    const it = await browsing.open(who.name, { language: look.language, view: look.view })
    await it.page.setViewportSize({ width: size[0], height: size[1] })
    console.log(name, await it.goto(path), it.said)
    await it.page.waitForTimeout(800)
    await it.page.screenshot({ path: `/tmp/pshots/${name}.png`, fullPage: true })
    if (name === 'consents-zh-CN') {
      await it.page.getByRole('button', { name: '停止关爱提醒' }).click()
      await it.page.waitForTimeout(300)
      await it.page.screenshot({ path: `/tmp/pshots/${name}-end.png` })
    }
    if (name === 'purposes-zh-CN') {
      await it.page.getByRole('button', { name: /^停用 · 本人/ }).click()
      await it.page.waitForTimeout(300)
      await it.page.screenshot({ path: `/tmp/pshots/${name}-off.png` })
      await it.page.keyboard.press('Escape')
      await it.page.getByRole('button', { name: /写/ }).first().click()
      await it.page.waitForTimeout(300)
      await it.page.screenshot({ path: `/tmp/pshots/${name}-write.png` })
    }
    await it.close()
  }
}, 200_000)
