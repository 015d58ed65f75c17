import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { openBrowser } from './browser.ts'

test('Chinese is seen, and looks otherwise than an unknown letter', async () => {
  await using browser = await openBrowser()
  const page = await browser.newPage()
  const picture = async (text: string) => {
    await page.setContent(`<body style="font: 40px sans-serif">${text}</body>`)
    return (await page.screenshot({ clip: { x: 0, y: 0, width: 120, height: 80 } })).toString('hex')
  }
  const seen = await picture('里弄')
  expect(seen).not.toBe(await picture('弄里'))
  expect(seen).not.toBe(await picture(''))
})

test('one page cannot read what another site holds', async () => {
  await using browser = await openBrowser()
  await using one = await site('<p>one</p>')
  await using two = await site('private')
  const page = await browser.newPage()
  await page.goto(one.url)
  const read = (url: string) => fetch(url).then((answer) => answer.text())
  await expect(page.evaluate(read, two.url)).rejects.toThrow(/Failed to fetch/)
  expect(await page.evaluate(read, one.url)).toBe('<p>one</p>')
})

async function site(body: string): Promise<AsyncDisposable & { url: string }> {
  const server = createServer((_, answer) =>
    answer.setHeader('content-type', 'text/html').end(body),
  )
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/`, [Symbol.asyncDispose]: () => closed(server) }
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
