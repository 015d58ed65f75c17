import { expect, test } from 'vitest'
import { hourMs, minuteMs } from '../src/kernel/clock.ts'
import { openTown, type Person, type Town } from '../tests/rig/town.ts'

test('an elder is silent for two days: one worker is asked once, and nobody else can see it', async () => {
  await using town = await openTown()
  await everybodyStirs(town)
  await town.hoursPass(47.5)
  expect(await town.inbox(town.worker)).toEqual([])
  await others(town)
  await town.hoursPass(1)

  expect(await town.inbox(town.worker)).toEqual([visitTo(town)])
  expect(await town.inbox(town.deputy)).toEqual([])
  expect(await town.inbox(town.officer)).toEqual([])

  await town.hoursPass(5)
  expect(await town.inbox(town.worker)).toEqual([visitTo(town)])
})

test('the worker goes and says what was found; the person sees it, and who looked and why', async () => {
  await using town = await openTown()
  await twoSilentDays(town)
  const task = await openVisit(town)
  expect(task.facts.silentMs).toBeGreaterThanOrEqual(48 * hourMs)
  expect(task.facts.silentMs).toBeLessThan(48 * hourMs + 15 * minuteMs)
  expect(task.dueAt - task.openedAt).toBe(2 * hourMs)

  await act(town.worker, task.task, 'acknowledge', 'raised')
  const card = await town.worker.get(`/api/care/card?task=${task.task}`)
  expect(card.name).toBe(town.elder.name)
  await act(town.worker, task.task, 'phoned', 'acknowledged', { words: '没有接' })
  await act(town.worker, task.task, 'set-out', 'acknowledged')
  await act(town.worker, task.task, 'arrive', 'on-the-way')
  const { plan } = await town.elder.get('/api/care/mine')
  expect(plan.visit.state).toBe('at-the-door')
  await act(town.worker, task.task, 'find', 'at-the-door', {
    outcome: 'fine',
    words: '在家，一切都好',
  })
  await town.settled()

  expect(await town.inbox(town.worker)).toEqual([])
  const mine = await town.elder.get('/api/care/mine')
  expect(mine.plan.lastVisit).toMatchObject({ outcome: 'fine', words: '在家，一切都好' })
  const { looks } = await town.elder.get('/api/privacy/looks')
  expect(looks.some((look: any) => look.by === 'rule' && look.rule === 'care-silence')).toBe(true)
  const cardLook = looks.find((look: any) => look.fields.includes('age'))
  expect(cardLook).toMatchObject({
    by: 'post',
    title: '居委社工',
    matter: 'task',
    label: 'care-visit',
  })

  const { rules } = await town.worker.get('/api/scenarios/rules')
  const silence = rules.find((rule: any) => rule.rule === 'care-silence')
  expect(silence.outcomes90).toEqual([{ outcome: 'fine', count: 1 }])

  await others(town)
  await town.hoursPass(40)
  expect(await town.inbox(town.worker)).toEqual([])
})

test('one tap ends it: judging stops, an open visit goes, what was kept is gone', async () => {
  await using town = await openTown()
  await twoSilentDays(town)
  const task = await openVisit(town)
  expect((await town.elder.post('/api/care/end', {})).status).toBe(200)
  await town.settled()

  expect(await town.inbox(town.worker)).toEqual([])
  const card = await town.call(town.worker.token, 'GET', `/api/care/card?task=${task.task}`)
  expect(card).toMatchObject({ status: 403, body: { fault: 'no-open-task' } })
  expect((await town.elder.get('/api/care/mine')).plan).toEqual({ is: 'offered' })
  await others(town)
  await town.hoursPass(30)
  await others(town)
  await town.hoursPass(30)
  expect(await town.inbox(town.worker)).toEqual([])
})

test('whoever says that they are away is not looked for, until the day they named', async () => {
  await using town = await openTown()
  await everybodyStirs(town)
  const until = town.clock.now() + 60 * hourMs
  expect((await town.elder.post('/api/care/away', { until })).status).toBe(200)
  await town.settled()
  await town.hoursPass(30)
  await others(town)
  await town.hoursPass(29)
  await others(town)
  expect((await town.elder.get('/api/care/mine')).plan.judgement).toBe('away')
  expect(await town.inbox(town.worker)).toEqual([])
  await town.hoursPass(40)
  await others(town)
  expect(await town.inbox(town.worker)).toEqual([])
  await town.hoursPass(10)
  expect(await town.inbox(town.worker)).toEqual([visitTo(town)])
})

test('a dead sensor is a task for its repair, never an alarm about the person', async () => {
  await using town = await openTown()
  await everybodyStirs(town)
  await town.hoursPass(20)
  const [door] = town.devicesOf(town.elder)
  town.dead.add(door!.device)
  await others(town)
  await town.hoursPass(40)
  await others(town)
  const [, , stair, room] = town.elder.home.split('-')
  expect(await town.inbox(town.worker)).toEqual([`device-repair ${stair}-${room}`])
  const { plan } = await town.elder.get('/api/care/mine')
  expect(plan.judgement).toBe('unknown')
  expect(plan.lastSeen).toBeNull()

  town.dead.delete(door!.device)
  await town.hoursPass(1)
  expect(await town.inbox(town.worker)).toEqual([])
  await others(town)
  await town.hoursPass(26)
  expect(await town.inbox(town.worker)).toEqual([])
  await others(town)
  await town.hoursPass(2)
  expect(await town.inbox(town.worker)).toEqual([visitTo(town)])
})

test('a dead gateway is one task that names its devices', async () => {
  await using town = await openTown()
  await everybodyStirs(town)
  const [count, gateway] = town.map.devices
    .map((device) => town.map.devices.filter((each) => each.gateway === device.gateway))
    .map((all) => [all.length, all[0]!.gateway] as const)
    .toSorted((a, b) => b[0] - a[0])[0]!
  for (const device of town.map.devices) {
    if (device.gateway === gateway) town.dead.add(device.device)
  }
  await town.hoursPass(2)
  const { tasks } = await town.worker.get('/api/tasks/mine')
  expect(tasks).toHaveLength(1)
  expect(tasks[0].facts.gateway).toBe(gateway)
  expect(tasks[0].facts.devices).toHaveLength(count)
})

test('who spoke just before a restart is not taken for lost, and what was down does not count', async () => {
  await using town = await openTown()
  await everybodyStirs(town)
  await town.hoursPass(1)
  town.clock.set({ at: town.clock.now() + 20 * minuteMs })
  for (const device of town.map.devices) await town.says(device, 'heartbeat')
  await town.restart()
  town.clock.set({ at: town.clock.now() + 20 * minuteMs })
  await town.program.scenarios.tick()
  expect(await town.inbox(town.worker)).toEqual([])
  expect((await town.elder.get('/api/care/mine')).plan.judgement).toBe('seen')

  town.clock.set({ at: town.clock.now() + 11 * minuteMs })
  await town.program.scenarios.tick()
  expect((await town.elder.get('/api/care/mine')).plan.judgement).toBe('unknown')
})

/** Every elder but nobody in particular moves about at home. */
async function others(town: Town): Promise<void> {
  for (const elder of town.map.elders) {
    if (elder.plan !== 'agreed' || elder.name === town.elder.name) continue
    const [device] = town.devicesOf(elder)
    if (device && !town.dead.has(device.device)) await town.says(device, stateOf(device.kind))
  }
}

/** Everybody stirs at first, after that all but the elder. */
async function twoSilentDays(town: Town): Promise<void> {
  await everybodyStirs(town)
  await town.hoursPass(47.5)
  await others(town)
  await town.hoursPass(1)
}

async function everybodyStirs(town: Town): Promise<void> {
  await others(town)
  const [device] = town.devicesOf(town.elder)
  await town.says(device!, stateOf(device!.kind))
}

function stateOf(kind: string): string {
  return { 'door-access': 'granted', 'door-contact': 'open', motion: 'occupied' }[kind] ?? ''
}

function visitTo(town: Town): string {
  const [, , stair, room] = town.elder.home.split('-')
  return `care-visit ${stair}-${room}`
}

async function openVisit(town: Town): Promise<any> {
  const { tasks } = await town.worker.get('/api/tasks/mine')
  return tasks.find((task: any) => task.kind === 'care-visit')
}

async function act(who: Person, task: string, done: string, from: string, more: object = {}) {
  const answer = await who.post('/api/tasks/act', { task, act: done, from, ...more })
  expect(answer).toMatchObject({ status: 200 })
}

test('who opens the page of a sensor at home is in the book; another committee cannot', async () => {
  await using town = await openTown()
  const [door] = town.devicesOf(town.elder)
  await town.worker.get(`/api/sensing/device?device=${door!.device}`)
  const { looks } = await town.elder.get('/api/privacy/looks')
  const look = looks.find((each: any) => each.label === 'device-page')
  expect(look).toMatchObject({ by: 'post', fields: ['address'] })

  const [, elsewhere] = (await town.officer.get(`/api/places/divisions?under=${town.map.street}`))
    .divisions
  const body = await town.officer.post('/api/duties/bodies', {
    ...{ committee: elsewhere.code, phone: '021-5550-0199', opensAt: '08:30', closesAt: '17:30' },
  })
  const name = '别处社工'
  const someone = { name, bornOn: null, phone: null, home: null, livesAlone: false }
  const { person } = (await town.officer.post('/api/people', someone)).body
  const post = { body: body.body.body, title: '居委社工', person, rank: 1 }
  expect((await town.officer.post('/api/duties/posts', post)).status).toBe(200)
  const { token } = await town.person(name)
  const answer = await town.call(token, 'GET', `/api/sensing/device?device=${door!.device}`)
  expect(answer).toMatchObject({ status: 404, body: { fault: 'not-found' } })
})
