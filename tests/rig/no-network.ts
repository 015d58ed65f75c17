import { expect } from 'vitest'
import type { Page } from 'playwright-core'

/** The page has put by what it needs without a network. */
export async function keptForLater(page: Page): Promise<void> {
  const isReady = () =>
    page.evaluate(async () => {
      const shelf = await caches.open('lilong-desk')
      const there = (await shelf.keys()).map(({ url }) => new URL(url).pathname)
      const hasWords = there.some((path) => path.startsWith('/assets/desk-'))
      // who came while the worker woke up is not held by it, but the next page will be
      const isAwake = (await navigator.serviceWorker.getRegistration())?.active?.state
      return isAwake === 'activated' && hasWords && there.includes('/desk/offline')
    })
  await expect.poll(isReady, { timeout: 20_000 }).toBe(true)
}

/** 3000 × 2000, with an Exif segment as a camera writes it. */
export async function cameraPicture(page: Page): Promise<string> {
  const plain = await page.evaluate(async () => {
    const canvas = document.createElement('canvas')
    canvas.width = 3000
    canvas.height = 2000
    canvas.getContext('2d')?.fillRect(100, 100, 500, 500)
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg'))
    return [...new Uint8Array(await blob!.arrayBuffer())]
  })
  const exif = Buffer.from('Exif\0\0MM\0*\0\0\0\u0008\0\0\0\0', 'latin1')
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2])
  const jpeg = Buffer.from(plain)
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]).toString('base64')
}
