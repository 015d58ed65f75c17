import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { unpackBrowser } from '../../tests/rig/shelf.ts'
import type { Device } from '../pages/devices.ts'
import type { Scene } from '../pages/scene.ts'

/**
 * The same on the page itself: from the moment a button sends to the moment the list on a real
 * browser's screen has a row more. In ms, one for each button.
 */
export async function seenInBrowser(scene: Scene, buttons: readonly Device[]): Promise<number[]> {
  const shelf = await unpackBrowser()
  const browser = await chromium.launch({
    executablePath: join(shelf, 'chromium'),
    args: ['--no-sandbox'],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(shelf, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(shelf, 'fonts.conf'),
    },
  })
  try {
    const { url, operatorKey, call, officer } = scene
    const { name } = officer
    const page = await (await browser.newContext()).newPage()
    const link = await call<{ url: string }>(operatorKey, 'POST', '/api/identity/links', { name })
    await page.goto(link.url)
    await Promise.all([page.waitForURL('**/desk'), page.locator('form button').click()])
    const live = page.waitForResponse(/\/live(\?|$)/)
    await page.goto(`${url}/desk`)
    await live
    const rows = () => page.locator('main a[href^="/desk/tasks/"]').count()
    const waits: number[] = []
    for (const button of buttons) {
      const before = await rows()
      const grown = page.evaluate(
        (count) =>
          new Promise<number>((done) => {
            const isGrown = () =>
              document.querySelectorAll('main a[href^="/desk/tasks/"]').length > count
            const watcher = new MutationObserver(() => {
              if (!isGrown()) return
              watcher.disconnect()
              // Once it is painted.
              requestAnimationFrame(() =>
                setTimeout(() => done(performance.timeOrigin + performance.now())),
              )
            })
            watcher.observe(document.body, { childList: true, subtree: true })
          }),
        before,
      )
      const pressed = performance.timeOrigin + performance.now()
      button.say('pressed')
      waits.push((await grown) - pressed)
    }
    return waits
  } finally {
    await browser.close()
  }
}
