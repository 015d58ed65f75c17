import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { cameraPicture, keptForLater } from '../rig/no-network.ts'
import { openPages, type Pages } from '../rig/pages.ts'

let town: Pages
let token: string

beforeAll(async () => {
  town = await openPages()
  token = await town.rig.tokenOf(town.worker)
}, 120_000)

afterAll(() => town?.[Symbol.asyncDispose]())

type Task = { task: string; kind: string; state: string; place: { place: string } }
const mine = async (kind: string): Promise<Task> =>
  (await town.rig.ask(token, 'GET', '/api/tasks/mine')).tasks.find((one: Task) => one.kind === kind)
const stateOf = async (task: string): Promise<string> =>
  (await town.rig.ask(token, 'GET', `/api/tasks/one?task=${task}`)).state
const act = (task: string, done: string, from: string) =>
  town.rig.ask(token, 'POST', '/api/tasks/act', { task, act: done, from })

const kept = (page: Page) =>
  page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name)
    if (!names.includes('lilong-desk')) return null
    const db = await new Promise<IDBDatabase>((done) => {
      const asked = indexedDB.open('lilong-desk')
      asked.onsuccess = () => done(asked.result)
    })
    const all = (store: 'keys' | 'locked') =>
      new Promise<any[]>((done) => {
        const asked = db.transaction(store).objectStore(store).getAll()
        asked.onsuccess = () => done(asked.result)
      })
    const locked = await all('locked')
    const keys = await all('keys')
    db.close()
    return {
      names: locked.map(({ name }) => name),
      read: locked.map(({ sealed }) => new TextDecoder().decode(sealed)).join(),
      isGivenOut: keys.some(({ extractable }) => extractable),
    }
  })

describe('without a network', () => {
  test('the list is there as it was, what is pressed waits, and is sent once there is one', async () => {
    const it = await town.open(town.worker)
    const task = await mine('device-repair')
    await it.goto('/desk')
    await keptForLater(it.page)
    const { page } = it
    await page.context().setOffline(true)
    await page.goto(`${town.rig.program.url}/desk`)
    const row = page.locator('.entry', { has: page.locator(`a[href$="${task.task}"]`) })
    await row.locator('.entry-act').click()
    await page.getByText('条等着发出').waitFor()
    expect(await row.textContent()).toContain('还没发出')
    expect(await row.locator('.entry-act').textContent()).toContain('我去')
    expect(await page.locator('header').textContent()).toMatch(/没有网，看到的是 \d\d:\d\d 的内容/)
    expect(await stateOf(task.task)).toBe('raised')
    // it outlives the page
    await page.goto(`${town.rig.program.url}/desk/devices`)
    await page.getByText('这一页要有网才能看').waitFor()
    await row.locator('.entry-act').click()
    await page.getByText('2 条等着发出').waitFor()
    const sent: { act: string; doneAt?: number }[] = []
    page.on('request', (request) => {
      if (request.url().endsWith('/api/tasks/act')) sent.push(request.postDataJSON())
    })
    await page.context().setOffline(false)
    await page.getByText(/条等着发出|正在发/).waitFor({ state: 'detached' })
    expect(sent.slice(-2)).toMatchObject([
      { act: 'acknowledge', doneAt: expect.any(Number) },
      { act: 'set-out', doneAt: expect.any(Number) },
    ])
    expect(await stateOf(task.task)).toBe('on-the-way')
    await it.close()
  }, 60_000)

  test('what moved on meanwhile is shown, with the words that were written', async () => {
    const it = await town.open(town.worker)
    const task = await mine('care-visit')
    await act(task.task, 'acknowledge', 'raised').catch(() => undefined)
    await it.goto(`/desk/tasks/${task.task}`)
    await it.goto('/desk')
    await it.goto(`/desk/tasks/${task.task}`)
    await keptForLater(it.page)
    const { page } = it
    await page.context().setOffline(true)
    await page.getByText('已经问到了？').click()
    await page.getByLabel('平安').check()
    await page.locator('.found input[name=words]').fill('她女儿接的电话')
    await page.getByRole('button', { name: '记下结果' }).click()
    await page.getByText('1 条等着发出').waitFor()
    await act(task.task, 'set-out', 'acknowledged')
    await page.context().setOffline(false)
    await page.getByText('1 条没有办成').click()
    const refused = page.locator('header details')
    expect(await refused.textContent()).toContain('她女儿接的电话')
    expect(await refused.textContent()).toContain('这件事刚刚变了')
    expect(await stateOf(task.task)).toBe('on-the-way')
    await refused.getByRole('button', { name: '知道了' }).click()
    await page.getByText('条没有办成').waitFor({ state: 'detached' })
    await it.close()
  }, 60_000)
})

test('the tag at the door says "arrived" for who has a task there, and nothing of anybody else', async () => {
  const task = await mine('care-visit')
  const { tag } = await town.rig.ask(token, 'POST', '/api/places/tags', {
    place: task.place.place,
  })
  const nobody = await town.open(null)
  await nobody.page.goto(`${town.rig.program.url}/t/${tag}`)
  await nobody.page.getByText('您没有登录，什么也没有记').waitFor()
  expect(await nobody.page.textContent('main')).not.toContain('501')
  await nobody.close()
  const it = await town.open(town.worker)
  await it.page.goto(`${town.rig.program.url}/t/${tag}`)
  await it.page.getByText('到了：').waitFor()
  expect(await stateOf(task.task)).toBe('at-the-door')
  await it.page.getByRole('link', { name: '去填结果' }).click()
  // one hand: the form is the first thing, with one press for each outcome
  await it.page.getByLabel('平安').check()
  await it.page.getByRole('button', { name: '记下结果' }).click()
  await it.page.getByText('已结案：平安').waitFor()
  await it.close()
}, 60_000)

test('a picture is drawn anew before it is sent, and is shown again', async () => {
  const it = await town.open(town.worker)
  const task = await mine('device-repair')
  await it.goto(`/desk/tasks/${task.task}`)
  const { page } = it
  const sent = page.waitForRequest('**/api/tasks/photo')
  await page.setInputFiles('input[type=file]', {
    ...{ name: 'IMG_1.jpg', mimeType: 'image/jpeg' },
    buffer: Buffer.from(await cameraPicture(page), 'base64'),
  })
  await page.getByLabel('照片里是什么').fill('网关的灯不亮')
  await page.getByRole('button', { name: '存进这件任务' }).click()
  const bytes = Buffer.from((await sent).postDataJSON().bytes, 'base64')
  expect(bytes.includes('Exif')).toBe(false)
  await page.getByText('看照片').click()
  await page.waitForFunction(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('figure canvas')
    return canvas !== null && canvas.width === 1600 && canvas.height === 1067
  })
  await it.close()
}, 60_000)

// last: the session ends with it
test('what is kept is sealed, without a person’s card, and gone when somebody signs out', async () => {
  const it = await town.open(town.worker)
  const task = await mine('device-repair')
  await it.goto('/desk')
  await it.goto(`/desk/tasks/${task.task}`)
  await keptForLater(it.page)
  const there = await kept(it.page)
  expect(there).toMatchObject({ names: ['desk'], isGivenOut: false })
  expect(there?.read).not.toContain(task.task)
  await it.page.goto(`${town.rig.program.url}/desk/me`)
  await it.page.getByRole('button', { name: '退出' }).click()
  await it.page.waitForURL('**/sign-in')
  expect(await kept(it.page)).toBeNull()
  await it.close()
}, 60_000)
