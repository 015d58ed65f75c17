/** Who was let in and who was refused stands in the log, and who they are does not. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildWeb } from '../../scripts/build-web.ts'
import { withoutPlay } from '../../src/platform/log.ts'
import { openTelephones, type Telephones } from '../rig/telephones.ts'
import { operatorKey } from '../rig/program.ts'
import { pagesDir } from '../rig/pages.ts'

let it: Telephones
const phone = '13987650001'

beforeAll(async () => {
  await buildWeb({ outDir: pagesDir })
  it = await openTelephones({ distDir: pagesDir })
})
afterAll(() => it[Symbol.asyncDispose]())

const since = async (act: () => Promise<unknown>): Promise<Record<string, unknown>[]> => {
  const before = it.town.logged.length
  await act()
  return it.town.logged.slice(before).map((line) => JSON.parse(line))
}
const tag = expect.stringMatching(/^[0-9a-f]{16}$/)

test('sign-ins, failures, refusals, sign-outs and posts are lines of facts', async () => {
  const jar = it.browser()
  await it.ask(jar, phone)
  const code = await it.codeOf(phone)
  const wrong = code === '000000' ? '000001' : '000000'
  expect(await since(() => it.use(jar, phone, wrong))).toEqual([
    {
      ...{ what: 'access.refused', endpoint: 'identity.useSignInCode', fault: 'code-wrong' },
      ...{ role: 'anyone', from: tag },
    },
  ])
  expect(await since(() => it.use(jar, phone, code))).toEqual([
    { what: 'identity.signed-in', by: 'code', who: tag },
  ])
  expect(await since(() => it.ask(it.browser(), phone))).toMatchObject([
    { what: 'access.refused', endpoint: 'identity.askSignInCode', fault: 'too-many' },
  ])
  expect(await since(() => jar.get('/api/identity/me'))).toMatchObject([
    { what: 'access.refused', endpoint: 'identity.whoAmI', fault: 'level-too-low', who: tag },
  ])
  const { worker, body, posts } = it.town.a
  expect(await since(() => it.town.a.elder.get('/api/tasks/mine'))).toMatchObject([
    { what: 'access.refused', fault: 'not-allowed', role: 'resident', who: tag, from: tag },
  ])
  expect(await since(() => jar.send('POST', '/sign-out'))).toEqual([
    { what: 'identity.signed-out', sessions: 1 },
  ])
  const ended = await since(() =>
    it.town.a.officer.post('/api/duties/posts/end', { post: posts.worker }),
  )
  expect(ended).toEqual([{ what: 'duties.post-ended', post: tag, who: tag }])
  const held = { body, title: '社工', person: worker.person, rank: 1 }
  const filled = await since(() => it.town.a.officer.post('/api/duties/posts', held))
  // The same person has the same tag, whatever is said of them.
  expect(filled).toMatchObject([{ what: 'duties.post-filled', who: ended[0]!.who }])
  expect(await since(() => it.browser().send('POST', `/in/${'x'.repeat(43)}`))).toEqual([
    { what: 'identity.link-refused' },
  ])
  // A page that was left open asks on and on: no line a time.
  expect(await since(() => it.browser().get('/api/identity/me'))).toEqual([])
})

test('the making of an example town, and the programs that play in it, fill no log', () => {
  const said: string[] = []
  let isMaking = true
  const log = withoutPlay({ say: (what) => void said.push(what) }, () => isMaking)
  log.say('duties.post-filled', { post: 'a' })
  log.say('jobs', { error: 'b' })
  isMaking = false
  log.say('identity.signed-in', { by: 'token' })
  log.say('identity.signed-in', { by: 'code' })
  log.say('access.refused')
  expect(said).toEqual(['jobs', 'identity.signed-in', 'access.refused'])
})

test('nothing in it says who: no number, name, id, token or address', async () => {
  const log = it.town.logged.join('\n')
  expect(log).toContain('identity.signed-in')
  const rows = await it.town.owner(
    'select id::text from identity.account union select id::text from identity.session',
  )
  const people = await it.town.owner('select id::text, name from people.person')
  const canaries = [
    ...[phone, operatorKey, '127.0.0.1'],
    ...rows.map(({ id }) => id),
    ...people.flatMap(({ id, name }) => [id, name]),
    ...it.town.a.homes,
  ]
  expect(canaries.length).toBeGreaterThan(15)
  for (const canary of canaries) expect(log).not.toContain(canary)
})
