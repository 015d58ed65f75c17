import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { openPages, type Pages } from '../rig/pages.ts'

let town: Pages
let silent: string
let offered: string

beforeAll(async () => {
  town = await openPages()
  silent = town.map.planted.silent[0]!.name
  offered = town.map.elders.find((elder) => elder.plan === 'offered')!.name
}, 120_000)

afterAll(() => town?.[Symbol.asyncDispose]())

test('a sign-in link works once and says so afterwards; who signs out is out', async () => {
  const link = await town.linkOf(offered)
  const { page, close } = await town.open(null)
  await page.goto(link)
  await page.getByRole('button', { name: '进入' }).click()
  await page.waitForURL('**/home')

  const other = await town.open(null)
  const answer = await other.page.goto(link)
  expect(answer?.status()).toBe(410)
  expect(await other.page.locator('h1').textContent()).toBe('这个链接不能再用了')
  await other.close()

  await page.getByRole('button', { name: '退出' }).click()
  await page.waitForURL('**/sign-in')
  const back = await page.goto(new URL('/care', link).href)
  expect(back?.status()).toBe(401)
  await close()
})

test.each([
  { who: 'worker', path: '/desk' },
  { who: 'elder', path: '/care' },
  { who: null, path: '/sign-in' },
])('a script written into $path does not run', async ({ who, path }) => {
  const it = await town.open(who === null ? null : who === 'worker' ? town.worker : silent)
  await it.page.route(`**${path}`, async (route) => {
    const answer = await route.fetch()
    const body = (await answer.text()).replace(
      '</body>',
      '<script>document.title="taken"</script></body>',
    )
    await route.fulfill({ response: answer, body })
  })
  await it.goto(path)
  expect(await it.page.content()).toContain('document.title="taken"')
  expect(await it.page.title()).not.toBe('taken')
  expect(it.said.join()).toContain('Content Security Policy')
  const written = it.page.evaluate(() => {
    document.body.innerHTML = '<img src="x" onerror="document.title=1">'
  })
  await expect(written).rejects.toThrow('TrustedHTML')
  await it.close()
})

test.each([
  { who: 'worker', path: '/desk' },
  { who: 'elder', path: '/care' },
  { who: 'elder', path: '/care/looks' },
  { who: 'elder', path: '/home' },
  { who: 'elder', path: '/visitors' },
  { who: 'elder', path: '/helpers' },
  { who: 'elder', path: '/my-home' },
])('$path wakes up on the very elements that the server drew', async ({ who, path }) => {
  const it = await town.open(who === 'worker' ? town.worker : silent)
  const letCome = await holdScripts(it.page)
  await it.page.goto(town.rig.program.url + path, { waitUntil: 'commit' })
  await it.page.locator('#first').waitFor({ state: 'attached' })
  const drawn = await it.page.evaluateHandle(() => [
    ...document.querySelectorAll('main :is(h1, h2, summary, li, button, a)'),
  ])
  const live = it.page.waitForRequest(/\/live(\?|$)/)
  letCome()
  await live
  await it.quiet()
  const lost = await it.page.evaluate(
    (nodes) => nodes.filter((node) => !node.isConnected).map((node) => node.outerHTML),
    drawn,
  )
  expect(await it.page.evaluate((nodes) => nodes.length, drawn)).toBeGreaterThan(3)
  expect(lost).toEqual([])
  expect(it.said).toEqual([])
  await it.close()
})

test('before a page lives its fields are shut, and no form would put them into the address', async () => {
  for (const name of [offered, silent]) {
    const it = await town.open(name)
    await it.page.route('**/*.js', (route) => route.abort())
    await it.page.goto(`${town.rig.program.url}/care`)
    const fields = it.page.locator('input, textarea')
    expect(await fields.count()).toBeGreaterThan(0)
    for (const field of await fields.all()) expect(await field.isDisabled()).toBe(true)
    for (const form of await it.page.locator('form').all()) {
      expect(await form.getAttribute('method')).toBe('post')
    }
    await it.close()
  }
})

test('a desk that has lost its network says so and asks again when it is back', async () => {
  const it = await town.open(town.worker)
  await it.goto('/desk')
  const strip = it.page.getByText(/^没有网，看到的是 \d\d:\d\d 的内容 ·/)
  expect(await strip.count()).toBe(0)
  await it.page.context().setOffline(true)
  await strip.waitFor()
  const asked = it.page.waitForResponse('**/api/tasks/mine')
  await it.page.context().setOffline(false)
  expect((await asked).status()).toBe(200)
  await strip.waitFor({ state: 'detached' })
  await it.close()
})

test('looks that read alike are one row that opens its times; the count stays that of looks', async () => {
  const token = await town.rig.tokenOf(town.worker)
  for (let time = 0; time < 3; time++) await town.rig.ask(token, 'GET', '/api/tasks/mine')
  const it = await town.open(silent)
  await it.goto('/care/looks')
  const count = async () => Number(await it.page.locator('.stat-number').textContent())
  const row = it.page.locator('.looks-rows li', { hasText: '名单里列出：门牌、最后一次动静的时间' })
  const times = row.locator('summary')
  const listed = Number(/\d+/.exec((await times.textContent()) ?? '')?.[0])
  const looks = await count()
  expect(await row.count()).toBe(1)
  expect(listed).toBeGreaterThanOrEqual(3)
  expect(looks).toBeGreaterThanOrEqual(listed)

  await times.click()
  await row.getByText(`12:00（${listed} 次）`).waitFor()
  await town.rig.ask(token, 'GET', '/api/tasks/mine')
  await it.page.reload()
  await it.page.getByText(`共 ${listed + 1} 次`).waitFor()
  expect(await count()).toBe(looks + 1)
  await it.close()
})

test('a silent gateway lights its stair and no home', async () => {
  const it = await town.open(town.worker, { width: 1440 })
  await it.goto('/desk')
  const foot = it.page.getByRole('link', { name: '24号 断线 3 时' })
  const visit = it.page.locator('.entry', { hasText: '关爱' }).locator('a')
  const lit = await it.page
    .locator('.stairs tbody a')
    .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('href')))
  expect(lit).toEqual([await visit.getAttribute('href')])
  await foot.click()
  await it.page.getByRole('heading', { name: '24号 网关' }).waitFor()
  await it.close()
})

test('two taps from alarm to on my way; the elder’s page and another desk follow by themselves', async () => {
  const phone = await town.open(town.worker)
  const wide = await town.open(town.worker, { width: 1440, language: 'en' })
  const elder = await town.open(silent)
  await phone.goto('/desk')
  const row = phone.page.locator('.entry', { hasText: '关爱' })
  await wide.goto(new URL((await row.locator('a').getAttribute('href'))!, 'http://x').pathname)
  await elder.goto('/care')
  await elder.page.getByText('已经派出，等社工接下').waitFor()

  await row.getByRole('button', { name: '收到' }).click()
  await elder.page.getByText('社工接下了').waitFor()
  await row.getByRole('button', { name: '我去' }).click()
  await elder.page.getByText('社工在路上').waitFor()
  await wide.page.getByRole('button', { name: 'I’m here', exact: true }).waitFor()

  await row.locator('a').click()
  await phone.page.getByRole('button', { name: '我到了' }).click()
  await phone.page.getByRole('button', { name: '记下结果' }).click()
  await phone.page.getByText('请先选一个结果').waitFor()
  await phone.page.getByRole('radio', { name: '平安' }).check()
  await phone.page.getByRole('textbox').fill('在家，一切都好')
  await phone.page.getByRole('button', { name: '记下结果' }).click()
  await phone.page.getByText('已结案：平安').waitFor()
  await elder.page.getByText('您一切都好').waitFor()
  await wide.page.getByText('Closed: Fine').waitFor()
  for (const it of [phone, wide, elder]) {
    expect(it.said).toEqual([])
    await it.close()
  }
})

async function holdScripts(page: Page): Promise<() => void> {
  let letCome = () => {}
  const mayCome = new Promise<void>((resolve) => (letCome = resolve))
  await page.route('**/*.js', async (route) => {
    await mayCome
    await route.continue()
  })
  return letCome
}
