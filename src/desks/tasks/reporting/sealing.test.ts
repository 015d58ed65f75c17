import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operatorKey } from '../../../../tests/rig/program.ts'
import { backUp } from '../../../backup.ts'
import { dayMs } from '../../../kernel/clock.ts'
import { readArchive, whole } from '../../../platform/backup/archive.ts'
import { addAccount } from '../../identity/index.ts'
import { digest } from '../../../platform/secrets.ts'
import { canary, openReporting } from '../../../../tests/rig/reporting.ts'

const opened = await openReporting()
const { town, reporter, keeper, officer, shown, page, report } = opened
const { open, name, byToken, taskOf, looksAtReporter } = opened
afterAll(() => town[Symbol.asyncDispose]())

beforeAll(async () => {
  for (const what of ['e-bike-charging', 'fire-way-blocked', 'other']) {
    expect((await report(reporter, { what })).status).toBe(200)
  }
  expect((await report(byToken(town.a.elder), { what: 'other' })).status).toBe(200)
  const { given } = town.program
  const phone = '13512340002'
  const account = await given.db.inStreet({ street: '' }, (tx) => addAccount(given, tx, phone))
  expect((await report(await page({ account }), { what: 'noise' })).status).toBe(200)
})

/** The officer names the second one, once. */
async function named(): Promise<void> {
  expect([200, 409]).toContain((await name(officer, keeper.postId)).status)
}

describe('the one post that opens', () => {
  test('is named by another officer, who has shown anew who they are; of the street itself', async () => {
    const { posts } = town.a
    expect(await name(byToken(town.a.officer), keeper.postId)).toMatchObject({
      body: { fault: 'step-up-needed' },
    })
    expect(await name(officer, posts.officer)).toMatchObject({ body: { fault: 'second-officer' } })
    for (const post of [posts.worker, town.b.posts.officer]) {
      expect(await name(officer, post)).toMatchObject({ status: 404, body: { field: 'post' } })
    }
    await named()
    expect(await name(officer, keeper.postId)).toMatchObject({ body: { fault: 'already-so' } })
    const kept = () =>
      town.owner('select id from duties.post where keeps_reporters and until is null')
    expect(await kept()).toEqual([{ id: keeper.postId }])
    expect((await name(keeper, posts.officer)).status).toBe(200)
    expect(await kept()).toEqual([{ id: posts.officer }])
    expect((await name(officer, keeper.postId)).status).toBe(200)
  })

  test('to everybody else, the operator too, it is one refusal, whether or not there is anybody', async () => {
    await named()
    const { id } = await taskOf('other')
    const missing = '00000000-0000-7000-8000-000000000000'
    const { worker, deputy, elder, others } = town.a
    const answers = []
    for (const task of [id, missing]) {
      answers.push(await open(officer, task))
      for (const who of [worker, deputy, elder, ...others.map(({ actor }) => actor)]) {
        answers.push(await open(byToken(who), task))
      }
      answers.push(
        await town.call(operatorKey, 'POST', '/api/privacy/reporters/open', {
          ...{ task, reason: 'court-order' },
        }),
      )
    }
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1)
    expect(answers[0]).toMatchObject({ status: 403, body: { fault: 'not-allowed' } })
    expect(await open(keeper, missing)).toMatchObject({ status: 404 })
    const abroad = shown(town.b.street, town.b.officer.person)
    expect((await open(abroad, id)).status).toBe(403)
    // The keeper of another street finds nothing here.
    await town.owner('update duties.post set keeps_reporters = true where id = $1', [
      town.b.posts.officer,
    ])
    expect(await open(abroad, id)).toMatchObject({ status: 404, body: { field: 'task' } })
  })

  test('demands a fresh proof of who it is, and a reason of the list', async () => {
    await named()
    const { id } = await taskOf('other')
    expect((await open(keeper, id, 'curiosity')).status).toBe(400)
    const stale = await page({ street: town.a.street, person: keeper.person })
    await town.owner('update identity.session set stepped_up_until = null where person = $1', [
      keeper.person,
    ])
    expect(await open(stale, id)).toMatchObject({ body: { fault: 'step-up-needed' } })
  })

  test('opens; the reporter reads at once in their own book by whom and why', async () => {
    await named()
    const { id } = await taskOf('e-bike-charging')
    const before = (await looksAtReporter()).length
    expect(await open(keeper, id, 'threat-to-life')).toEqual({
      status: 200,
      body: { reporters: [canary] },
    })
    const [look, ...more] = (await looksAtReporter()).slice(before)
    expect(more).toEqual([])
    expect(look).toMatchObject({
      ...{ by_kind: 'post', by_person: keeper.person, by_post: keeper.postId, how: 'page' },
      ...{ fields: ['name', 'phone'], matter_kind: 'task', label: 'reporter-threat-to-life' },
    })
    const { looks } = (await reporter.get('/privacy/looks')).body
    expect(looks[0]).toMatchObject({ title: '接件员', matter: 'task', label: look.label })
  })

  test('and the book alone does not say which report was whose', async () => {
    const tasks = new Set((await town.owner('select id from tasks.task')).map(({ id }) => id))
    for (const look of await looksAtReporter()) {
      if (look.label.startsWith('reporter-')) expect(tasks.has(look.matter_id)).toBe(false)
    }
  })

  test('opens nothing while the book cannot be written', async () => {
    await named()
    const { id } = await taskOf('e-bike-charging')
    await town.owner('revoke insert on privacy.look from lilong_app')
    try {
      const answer = await open(keeper, id)
      expect(answer.status).toBe(500)
      expect(JSON.stringify(answer.body)).not.toContain(canary.name)
    } finally {
      await town.owner('grant insert on privacy.look to lilong_app')
    }
  })

  test('opens a row neither in another matter nor when it was changed', async () => {
    await named()
    const { id } = await taskOf('e-bike-charging')
    const { id: other } = await taskOf('fire-way-blocked')
    const move = (to: string, from: string) =>
      town.owner('update privacy.reporter set matter_id = $1 where matter_id = $2', [to, from])
    const [kept] = await town.owner('select * from privacy.reporter where matter_id = $1', [other])
    await town.owner('delete from privacy.reporter where matter_id = $1', [other])
    await move(other, id)
    expect((await open(keeper, other)).status).toBe(500)
    await move(id, other)
    expect((await open(keeper, id)).status).toBe(200)
    await town.owner(
      'insert into privacy.reporter select * from jsonb_populate_record(null::privacy.reporter, $1)',
      [JSON.stringify({ ...kept, sealed: `\\x${kept.sealed.toString('hex')}` })],
    )
    expect((await open(keeper, other)).status).toBe(200)
  })
})

describe('the reporter stays sealed', () => {
  const ids = () => [reporter.person, reporter.person.replaceAll('-', '')]

  test('name, telephone and id stand in no table but the register’s and the book', async () => {
    const holding = async (text: string) => (await town.tablesHolding(text)).toSorted()
    expect(await holding(canary.name)).toEqual(['people.person'])
    expect(await holding(canary.phone)).toEqual([])
    expect(await holding(Buffer.from(canary.phone).toString('hex'))).toEqual([])
    const known = ['identity.session', 'people.person', 'people.number', 'people.residence']
    const allowed = new Set([...known, 'people.household', 'people.search_entry', 'privacy.look'])
    for (const id of ids()) {
      expect((await holding(id)).filter((name) => !allowed.has(name))).toEqual([])
    }
    for (const plain of [...ids(), canary.name, canary.phone]) {
      const hex = Buffer.from(plain).toString('hex')
      expect(await holding(hex)).toEqual([])
    }
  })

  test('nor in an answer to anybody, a log or a backup', async () => {
    const asked = ['/tasks/mine', '/tasks/closed', '/overview/now']
    const { worker, deputy, officer: first, others } = town.a
    const said: string[] = []
    for (const who of [worker, deputy, first, ...others.map(({ actor }) => actor)]) {
      for (const path of asked) said.push(JSON.stringify(await byToken(who).get(path)))
      said.push(JSON.stringify(await byToken(who).post('/tasks/search', { words: '' })))
      for (const { id } of await town.owner('select id from tasks.task')) {
        said.push(JSON.stringify(await byToken(who).get(`/tasks/one?task=${id}`)))
      }
    }
    for (const path of ['/demo/matters', '/demo/status', '/openapi.json', '/metrics']) {
      said.push(JSON.stringify(await town.call(operatorKey, 'GET', `/api${path}`).catch(() => '')))
    }
    const secrets = [canary.name, canary.phone, ...ids()]
    for (const secret of secrets) {
      expect(said.join('\n')).not.toContain(secret)
      expect(town.logged.join('\n')).not.toContain(secret)
    }
    const file = join(tmpdir(), `lilong-reporters-${randomBytes(6).toString('hex')}`)
    await backUp({ ownerUrl: town.ownerUrl, file, version: 'test', clock: town.clock })
    const names: string[] = []
    const holding: string[] = []
    const binary = Buffer.from(reporter.person.replaceAll('-', ''), 'hex')
    for await (const entry of readArchive(file)) {
      const bytes = await whole(entry)
      names.push(entry.name)
      if ([...secrets, binary].some((secret) => bytes.includes(secret))) holding.push(entry.name)
    }
    rmSync(file)
    const known = /people\.|identity\.session|privacy\.look/
    expect(names.some((name) => name.includes('privacy.reporter'))).toBe(true)
    expect(holding.length).toBeGreaterThan(0)
    expect(holding.filter((name) => !known.test(name))).toEqual([])
  })

  test('what is sealed is as long for everybody, and no two reports of one browser are alike', async () => {
    const sealed = await town.owner('select length(sealed) as n from privacy.reporter')
    expect(new Set(sealed.map(({ n }) => n)).size).toBe(1)
    const marks = await town.owner('select mark from tasks.report where mark is not null')
    expect(new Set(marks.map(({ mark }) => mark.toString('hex'))).size).toBe(marks.length)
  })

  test('the database with the register’s keys beside it tells of nobody: not by limits, not by marks', async () => {
    const { seal } = town.program.given
    const keys = await town.owner("select key from identity.attempt where kind = 'report'")
    expect(keys.length).toBeGreaterThan(0)
    for (const plain of [...ids(), canary.phone]) {
      for (const kind of ['attempt', 'report', 'phone']) {
        for (const text of [plain, `report ${plain}`, `reports of ${plain}`]) {
          for (const hash of [...seal.finds(kind, text), digest(text)]) {
            const holding = await town.tablesHolding(hash.toString('hex'))
            expect(holding.filter((name) => name !== 'people.number')).toEqual([])
          }
        }
      }
    }
    const rows = await town.owner('select * from privacy.reporter')
    for (const { street, matter_id, id, sealed, key } of rows) {
      const cell = `privacy.reporter:${street}:task:${matter_id}:${id}`
      expect(() => seal.open(cell, sealed, key)).toThrow()
    }
    town.clock.set({ at: town.clock.now() + dayMs + 1 })
    await town.program.letGo()
    expect(await town.owner("select 1 from identity.attempt where kind = 'report'")).toEqual([])
  })

  test('nobody’s transaction but the keeper’s meets a row, and none changes one', async () => {
    await named()
    const { given } = town.program
    const { street } = town.a
    const seen = (
      scope: { street: string; person?: string },
      text = 'select id from privacy.reporter',
    ) => given.db.inStreet(scope, async (tx) => (await sql.raw(text).execute(tx)).rows.length)
    for (const person of [town.a.officer.person, town.a.worker.person, reporter.person]) {
      expect(await seen({ street, person })).toBe(0)
    }
    expect(await seen({ street })).toBe(0)
    expect(await seen({ street: town.b.street, person: keeper.person })).toBe(0)
    expect(await seen({ street, person: keeper.person })).toBeGreaterThan(0)
    for (const text of ['delete from privacy.reporter', 'update privacy.reporter set key = key']) {
      await expect(seen({ street, person: keeper.person }, text)).rejects.toThrow(
        /permission denied/,
      )
    }
  })
})
