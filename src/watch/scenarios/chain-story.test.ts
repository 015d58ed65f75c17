/** The chain of agreed care: the person, their contacts, a neighbour, a worker, until an answer. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildWeb } from '../../../scripts/build-web.ts'
import { pagesDir } from '../../../tests/rig/pages.ts'
import { openHome, pageOf, type Home } from '../../../tests/rig/quiet-home.ts'
import type { Actor } from '../../../tests/rig/streets.ts'
import { minuteMs } from '../../kernel/clock.ts'
import { shippedRules, type Definition } from './index.ts'

const daughter = { name: '女儿甲', relation: '女儿', phone: '13955550001', callsMe: '阿妈' }
const son = { name: '儿子甲', relation: '儿子', phone: '13955550002' }

const shipped = (rule: string) =>
  shippedRules().find((one) => one.definition.rule === rule)!.definition

/** Two days without a sign, and then one after the other. */
const chain: Definition = {
  ...shipped('care-silence'),
  clearsAfterMinutes: 0,
  steps: [
    { tell: 'person', withinMinutes: 60 },
    { tell: 'contact', withinMinutes: 40 },
    { tell: 'volunteer', withinMinutes: 30 },
    { tell: 'worker', withinMinutes: 120 },
  ],
}

beforeAll(() => buildWeb({ outDir: pagesDir }), 120_000)

/** Two days without a sign; the person is asked. */
async function asked(contacts: object[] = [daughter, son]): Promise<Home> {
  const home = await openHome({ distDir: pagesDir, contacts })
  await home.workshop.switchOn('care-silence', await home.workshop.draft(chain))
  await home.moves()
  await home.town.silent(home.town.a, 49)
  await home.look()
  expect(await home.mine()).toMatchObject({ question: { asks: 'person' }, visit: null })
  return home
}

/** Nobody answered for themselves: the first contact is asked. */
async function askedAfter(contacts?: object[]): Promise<Home> {
  const home = await asked(contacts)
  await home.wait(60 * minuteMs)
  // The event is heard, and the message goes out.
  await home.look()
  return home
}

const linksTo = (home: Home) =>
  home.sent().flatMap(({ says, link }) => (says === 'contact-asked' && link ? link : []))

const volunteerOf = ({ town }: Home): Actor =>
  town.a.others.find(({ role }) => role === 'volunteer')!.actor

async function opened(link: string) {
  const answer = await fetch(link)
  return { status: answer.status, html: await answer.text() }
}

async function says(home: Home, link: string, said: 'fine' | 'help' | 'unreached') {
  const answer = await fetch(`${link}/${said}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  await home.town.settled()
  await home.look()
  return { status: answer.status, html: await answer.text() }
}

describe('the silent elder whose contact answers', () => {
  let home: Home
  beforeAll(async () => {
    home = await askedAfter()
  })
  afterAll(() => home[Symbol.asyncDispose]())

  test('is asked about by a link that says how they are called, and nothing else of them', async () => {
    const [link, ...more] = linksTo(home)
    expect(more).toEqual([])
    expect(home.sent().find((one) => one.says === 'contact-asked')?.channel).toBe('sms')
    const { status, html } = await opened(link!)
    expect(status).toBe(200)
    for (const said of ['阿妈', '联系上了，没事', '需要帮助', '联系不上'])
      expect(html).toContain(said)
    const { a } = home.town
    for (const secret of [a.elder.name, a.homes[0]!, '新村', '动静', daughter.phone]) {
      expect(html).not.toContain(secret)
    }
    // Opening it has changed nothing.
    expect((await opened(link!)).status).toBe(200)
    expect(await home.tasks()).toEqual([])
  })

  test('keeps of a link only its digest', async () => {
    const token = linksTo(home)[0]!.split('/').at(-1)!
    expect(await home.town.tablesHolding(token)).toEqual([])
    const [{ n }] = await home.town.owner('select count(*)::int as n from care.contact_link')
    expect(n).toBe(1)
  })

  test('sees at once that the contact was asked, when and by which rule, and in the book', async () => {
    const plan = await home.mine()
    expect(plan).toMatchObject({ question: { asks: 'contact' }, visit: null })
    expect(plan.contactsAsked).toEqual([
      {
        ...{ name: daughter.name, relation: '女儿', answer: null, rule: 'care-silence' },
        ...{ ruleVersion: expect.any(Number), askedAt: expect.any(Number) },
      },
    ])
    const { looks } = (await home.elder.get('/api/privacy/looks')).body
    expect(looks).toContainEqual(
      expect.objectContaining({
        ...{ by: 'contact', title: '女儿', rule: 'care-silence', fields: ['name'] },
        ...{ matter: 'agreement', label: 'agreed-care', how: 'push' },
      }),
    )
    const html = await pageOf(home, '/care')
    for (const said of ['正在问您的联系人', '我很好', '我需要帮助', '女儿甲']) {
      expect(html).toContain(said)
    }
    expect(await pageOf(home, '/care/looks')).toContain('您选的联系人（女儿）')
  })

  test('is well, says the contact: nobody is sent, and the two days begin anew', async () => {
    const [link] = linksTo(home)
    const { status, html } = await says(home, link!, 'fine')
    expect(status).toBe(200)
    expect(html).toContain('谢谢，记下了')
    expect(await home.mine()).toMatchObject({
      ...{ question: null, visit: null, judgement: 'seen' },
      contactsAsked: [{ answer: 'fine' }],
    })
    await home.wait(180 * minuteMs)
    expect(await home.tasks()).toEqual([])
    expect(await home.open('scenarios.finding')).toEqual([])
    expect(linksTo(home)).toHaveLength(1)
  })

  test('cannot be answered for twice by the same link', async () => {
    const [link] = linksTo(home)
    expect((await opened(link!)).status).toBe(410)
    expect(await says(home, link!, 'help')).toMatchObject({ status: 410 })
    expect(await home.tasks()).toEqual([])
  })
})

test('whom nobody answers for is asked about in turn: contacts, a neighbour, a worker', async () => {
  await using home = await askedAfter()
  const first = linksTo(home)
  expect(first).toHaveLength(1)
  await home.wait(19 * minuteMs)
  expect(linksTo(home)).toHaveLength(1)
  // The second contact, at half of the time; the first may still answer.
  await home.wait(2 * minuteMs)
  await home.look()
  expect(new Set(linksTo(home)).size).toBe(2)
  expect((await opened(first[0]!)).status).toBe(200)
  expect((await home.mine()).contactsAsked).toMatchObject([{ name: '女儿甲' }, { name: '儿子甲' }])
  expect(await home.tasks()).toEqual([])

  await home.wait(20 * minuteMs)
  const volunteer = volunteerOf(home)
  const [task] = await home.inbox(volunteer)
  expect(task).toMatchObject({ state: 'raised', part: 'responsible', urgency: 'usual', tier: 1 })
  expect(await home.inbox()).toEqual([])
  expect((await opened(first[0]!)).status).toBe(410)
  expect(await home.mine()).toMatchObject({ question: null, visit: { title: '志愿者' } })

  // Nobody else is a volunteer here: after the answer's time the worker, long before half an hour.
  await home.wait(16 * minuteMs)
  expect(await home.inbox()).toMatchObject([{ task: task.task, part: 'responsible', tier: 2 }])
  expect(await home.inbox(volunteer)).toMatchObject([{ part: 'told' }])
})

test('who has no contact is not waited for: the next step is at once', async () => {
  await using home = await askedAfter([])
  expect(linksTo(home)).toEqual([])
  expect(await home.inbox(volunteerOf(home))).toMatchObject([{ rule: 'care-silence' }])
})

describe('a contact', () => {
  test('who needs help for them has a worker asked at once, and the officer beside', async () => {
    await using home = await askedAfter()
    await says(home, linksTo(home)[0]!, 'help')
    const [task] = await home.inbox()
    expect(task).toMatchObject({ urgency: 'emergency', part: 'responsible', state: 'raised' })
    expect(task.dueAt - task.openedAt).toBe(30 * minuteMs)
    expect(await home.inbox(home.town.a.officer)).toMatchObject([{ part: 'told' }])
    expect(await home.inbox(volunteerOf(home))).toEqual([])
    // It does not end because somebody says that all is well.
    expect((await home.well()).status).toBe(409)
    expect(await home.inbox()).toHaveLength(1)
  })

  test('who cannot reach them has the next one asked at once', async () => {
    await using home = await askedAfter()
    const said = await says(home, linksTo(home)[0]!, 'unreached')
    expect(said.html).toContain('往下找人')
    expect(await home.inbox(volunteerOf(home))).toMatchObject([{ urgency: 'usual', tier: 1 }])
    expect(linksTo(home)).toHaveLength(1)
  })

  test('who answers too late finds nothing, nor does whoever guesses', async () => {
    await using home = await askedAfter()
    const [link] = linksTo(home)
    await home.wait(41 * minuteMs)
    expect((await opened(link!)).status).toBe(410)
    expect(await says(home, link!, 'fine')).toMatchObject({ status: 410 })
    expect(await home.inbox(volunteerOf(home))).toHaveLength(1)
    const guess = `${home.town.program.url}/answer/${'A'.repeat(43)}`
    const tried = await opened(guess)
    expect(tried.status).toBe(410)
    expect(tried.html).toContain('这个链接不能再用了')
    const all = await Promise.all(Array.from({ length: 40 }, () => fetch(guess)))
    expect(all.filter(({ status }) => status === 429).length).toBeGreaterThan(0)
  })

  test('answers once, though the link is pressed many times at once', async () => {
    await using home = await askedAfter()
    const [link] = linksTo(home)
    const all = await Promise.all(
      ['help', 'fine', 'help', 'unreached', 'help'].map(
        async (said) => (await fetch(`${link}/${said}`, { method: 'POST' })).status,
      ),
    )
    expect(all.toSorted((a, b) => a - b)).toEqual([200, 410, 410, 410, 410])
    await home.look()
    expect((await home.tasks()).length).toBeLessThanOrEqual(1)
  })

  test('whom the person takes off the list is not asked any more', async () => {
    await using home = await askedAfter()
    const [link] = linksTo(home)
    await home.elder.post('/api/care/contacts', { contacts: [son] })
    expect((await opened(link!)).status).toBe(410)
    expect((await home.mine()).contactsAsked).toEqual([])
    expect(await home.town.tablesHolding(daughter.phone)).toEqual([])
    await home.wait()
    expect(linksTo(home)).toHaveLength(2)
  })
})

describe('the person', () => {
  test('who is well says so while their contacts are asked: the links end, nobody is sent', async () => {
    await using home = await askedAfter()
    expect((await home.well()).status).toBe(200)
    expect((await opened(linksTo(home)[0]!)).status).toBe(410)
    await home.wait(180 * minuteMs)
    expect(await home.tasks()).toEqual([])
    expect(linksTo(home)).toHaveLength(1)
  })

  test('who is well says so while somebody is asked to come: taken back before they set out', async () => {
    await using home = await askedAfter([])
    const volunteer = volunteerOf(home)
    const [{ task }] = await home.inbox(volunteer)
    const act = { task, act: 'acknowledge', from: 'raised' }
    expect((await volunteer.post('/api/tasks/act', act)).status).toBe(200)
    expect((await home.mine()).visit).toMatchObject({ isTakenBackByWell: true })
    expect(await pageOf(home, '/care')).toContain('我很好，不用来了')
    expect((await home.well()).status).toBe(200)
    expect(await home.inbox(volunteer)).toEqual([])
    await home.wait(180 * minuteMs)
    expect(await home.mine()).toMatchObject({ question: null, visit: null, judgement: 'seen' })
    expect(await home.inbox(volunteer)).toEqual([])
  })

  test('who is well while somebody is on the way is visited all the same', async () => {
    await using home = await askedAfter([])
    const volunteer = volunteerOf(home)
    const [{ task }] = await home.inbox(volunteer)
    const act = (done: string, from: string) =>
      volunteer.post('/api/tasks/act', { task, act: done, from })
    await act('acknowledge', 'raised')
    await act('set-out', 'acknowledged')
    expect((await home.well()).status).toBe(409)
    expect(await home.inbox(volunteer)).toMatchObject([{ state: 'on-the-way' }])
  })

  test('who needs help says so at the first question: a worker is asked before the answer', async () => {
    await using home = await asked()
    expect((await home.elder.post('/api/care/help', {})).status).toBe(200)
    expect(await home.inbox()).toMatchObject([{ urgency: 'emergency', part: 'responsible' }])
    await home.wait(120 * minuteMs)
    expect(linksTo(home)).toEqual([])
    expect(await home.tasks()).toHaveLength(1)
    expect(await home.town.a.neighbour.post('/api/care/help', {})).toMatchObject({ status: 403 })
  })

  test('who is away ends it at any step', async () => {
    await using home = await askedAfter()
    const until = home.town.clock.now() + 3 * 24 * 60 * minuteMs
    expect((await home.elder.post('/api/care/away', { until })).status).toBe(200)
    expect((await opened(linksTo(home)[0]!)).status).toBe(410)
    expect(await home.mine()).toMatchObject({ question: null })
    await home.wait(180 * minuteMs)
    expect(await home.tasks()).toEqual([])
  })

  test('who ends the agreement ends all of it in that moment, and nothing is kept', async () => {
    await using home = await askedAfter()
    const [link] = linksTo(home)
    expect((await home.elder.post('/api/care/end', {})).status).toBe(200)
    // Before anybody has heard of it.
    for (const table of ['care.question', 'care.asked_contact', 'care.contact_link']) {
      expect(await home.town.owner(`select 1 from ${table}`)).toEqual([])
    }
    expect(
      await home.town.owner("select 1 from scenarios.finding where rule like 'care-%'"),
    ).toEqual([])
    expect((await opened(link!)).status).toBe(410)
    await home.town.settled()
    await home.wait(180 * minuteMs)
    expect(await home.tasks()).toEqual([])
    expect(await home.town.tablesHolding(daughter.phone)).toEqual([])
  })

  test('who ends it while a neighbour is asked takes the task away in that moment', async () => {
    await using home = await askedAfter([])
    const volunteer = volunteerOf(home)
    expect(await home.inbox(volunteer)).toHaveLength(1)
    expect((await home.elder.post('/api/care/end', {})).status).toBe(200)
    expect(await home.inbox(volunteer)).toEqual([])
  })
})

test('a contact is written to, though the person’s time is written down as over after that', async () => {
  await using home = await asked([daughter])
  const { town } = home
  town.clock.set({ at: town.clock.now() + 60 * minuteMs })
  // the rule goes on and is heard before the round that ends questions comes by
  await town.program.scenarios.tick()
  await town.settled()
  expect((await home.mine()).contactsAsked).toHaveLength(1)
  await home.look()
  await home.look()
  expect(linksTo(home)).toHaveLength(1)
})

test('a contact who cannot be written to is not waited for', async () => {
  await using home = await askedAfter([{ ...daughter, phone: '13955550009' }, son])
  await home.town.owner(
    "update delivery.note set attempted_at = null, ended_at = now() where says = 'contact-asked'",
  )
  await home.wait()
  await home.look()
  expect((await home.mine()).contactsAsked).toMatchObject([{ name: '女儿甲' }, { name: '儿子甲' }])
})

test('the chain goes on where it was, though the program is lost meanwhile', async () => {
  await using home = await askedAfter()
  await home.town.restart()
  await home.wait(19 * minuteMs)
  expect((await home.mine()).contactsAsked).toHaveLength(1)
  expect((await home.mine()).question).toMatchObject({ asks: 'contact' })
  await home.wait(25 * minuteMs)
  expect(await home.inbox(volunteerOf(home))).toHaveLength(1)
})
