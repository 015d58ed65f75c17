import { describe, expect, test } from 'vitest'
import { Value } from 'typebox/value'
import { every } from './rig/contracts.ts'
import {
  canaries,
  looking,
  own,
  town,
  task,
  type Looking,
  closedTask,
  offerTask,
  record,
  childs,
} from './rig/every-look.ts'

const looksAt = (whom: 'elder' | 'deputy') =>
  town.owner('select * from privacy.look where person = $1 order by id', [town.a[whom].person])
const looksAtElder = () => looksAt('elder')

test('every endpoint that shows something personal is asked here', () => {
  const asked = [...looking, ...own].map(({ name }) => name)
  const personal = every.filter(({ endpoint }) => endpoint.sees.length > 0).map(({ name }) => name)
  expect([...new Set(asked)].toSorted()).toEqual(personal.toSorted())
})

describe.each(looking)('$name', (one: Looking) => {
  const { name, fields, at = 'elder', matter, by = 'worker', ask } = one
  const { endpoint } = every.find((each) => each.name === name)!

  test('is in the book when its answer is there, with what it showed and why', async () => {
    const before = new Set((await looksAt(at)).map(({ id }) => id))
    // Newer than all before it, so that it stands on the first page of the book.
    town.clock.set({ at: town.clock.now() + 1 })
    const answer = await ask()
    const [look, ...more] = (await looksAt(at)).filter(({ id }) => !before.has(id))
    expect(answer.status).toBe(200)
    expect(more).toEqual([])
    expect(look).toMatchObject({ fields, why: endpoint.why, how: endpoint.how ?? 'page' })
    expect(look.fields.every((field: any) => endpoint.sees.includes(field))).toBe(true)
    expect(look.at.getTime()).toBe(town.clock.now())
    if (by === 'operator') expect(look).toMatchObject({ by_kind: 'operator' })
    else {
      const who = { by_person: town.a[by].person, by_post: town.a.posts[by] }
      const unnamed = expect.any(String)
      const ids = {
        ...{ none: null, closed: closedTask, offer: offerTask, request: record, unnamed },
        child: childs,
      }
      const matter_id = matter ? ids[matter] : task
      expect(look).toMatchObject({ by_kind: 'post', ...who, matter_id })
    }
    if (at !== 'elder') return
    const { looks } = (await town.a.elder.get('/api/privacy/looks')).body
    const shown = looks.find(({ id }: any) => id === look.id)
    expect(shown).toMatchObject({ fields, how: endpoint.how ?? 'page' })
  })

  test('holds what its contract lists and nothing else', async () => {
    const { status, body } = await ask()
    expect(status).toBe(200)
    expect([...Value.Errors(endpoint.output, body)]).toEqual([])
  })

  test('does not leave when the book cannot be written', async () => {
    await town.owner('revoke insert on privacy.look from lilong_app')
    try {
      const answer = await ask()
      expect(answer).toEqual({
        status: 500,
        body: { fault: 'bug', sentence: answer.body.sentence },
      })
      const said = JSON.stringify(answer.body) + town.logged.join('\n')
      for (const canary of canaries) expect(said).not.toContain(canary)
    } finally {
      await town.owner('grant insert on privacy.look to lilong_app')
    }
    expect((await ask()).status).toBe(200)
  })
})

test.each(own)('$name of one’s own is no look', async ({ name, ask }) => {
  const before = await looksAtElder()
  const { status, body } = await ask()
  expect(status).toBe(200)
  expect(await looksAtElder()).toEqual(before)
  const { endpoint } = every.find((each) => each.name === name)!
  expect([...Value.Errors(endpoint.output, body)]).toEqual([])
})

test('a rule that judges somebody stands in the book once a day', async () => {
  const rules = async () => (await looksAtElder()).filter((look) => look.by_kind === 'rule').length
  await town.program.scenarios.tick()
  const before = await rules()
  await town.program.scenarios.tick()
  expect(await rules()).toBe(before)
  town.clock.set({ at: town.clock.now() + 24 * 3_600_000 })
  await town.program.scenarios.tick()
  expect(await rules()).toBe(before + 1)
})

test('what failed in a test above is in the log without a word about anybody', () => {
  expect(town.logged.length).toBeGreaterThan(0)
  for (const canary of [...canaries, town.a.elder.person]) {
    expect(town.logged.join('\n')).not.toContain(canary)
  }
})
