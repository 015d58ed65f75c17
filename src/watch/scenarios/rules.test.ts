import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  longHeartbeat,
  openStreets,
  type Streets,
  type WiredDevice,
} from '../../../tests/rig/streets.ts'
import { minuteMs } from '../../kernel/clock.ts'
import { settleMs, shippedRules, type Definition } from './index.ts'

let town: Streets
let second: { token: string }
let sequence = 1_000

beforeAll(async () => {
  town = await openStreets(longHeartbeat)
  second = await secondOfficer()
})
afterAll(() => town[Symbol.asyncDispose]())

/** A second post of the street: whoever writes a rule cannot switch it on. */
async function secondOfficer() {
  const { street, officer } = town.a
  const [body] = await town.owner(
    "select id from duties.body where street = $1 and kind = 'street'",
    [street],
  )
  const person = { name: '副值班长甲', bornOn: null, phone: null, home: null, livesAlone: false }
  const added = await officer.post('/api/people', person)
  const post = { body: body.id, title: '副值班长', person: added.body.person, rank: 9 }
  expect((await officer.post('/api/duties/posts', post)).status).toBe(200)
  return { token: await town.tokenOf('副值班长甲') }
}

const asSecond = (path: string, body: object) => town.call(second.token, 'POST', path, body)

async function newDevice(kind: string, place: string): Promise<WiredDevice> {
  const answer = await town.a.officer.post('/api/devices/add', { kind, place })
  expect(answer).toMatchObject({ status: 200 })
  await town.settled()
  return answer.body
}

async function says(device: WiredDevice, state: string): Promise<void> {
  const wire = await town.connect(device)
  await town.says(wire, device, sequence++, state)
  await wire.endAsync()
}

/** A look, and one more when what waited for its order is judged. */
async function look(afterMs = settleMs): Promise<void> {
  await town.program.scenarios.tick()
  town.clock.set({ at: town.clock.now() + afterMs })
  await town.program.scenarios.tick()
  await town.settled()
}

const tasksOf = (rule: string) =>
  town.owner('select id, kind, subject, state, facts from tasks.task where rule = $1', [rule])

const shipped = (rule: string): Definition =>
  shippedRules().find(({ definition }) => definition.rule === rule)!.definition

async function draft(definition: Definition, basedOn: number | null = 1): Promise<number> {
  const text = JSON.stringify(definition)
  const asked = { definition: text, basedOn, reason: '试一试' }
  const { body } = await town.a.officer.post('/api/scenarios/draft', asked)
  expect(body.problems).toEqual([])
  return body.version
}

const act = (who: 'officer' | 'second', rule: string, version: number, done: string) => {
  const asked = { rule, version, act: done, reason: '说明' }
  return who === 'officer'
    ? town.a.officer.post('/api/scenarios/act', asked)
    : asSecond('/api/scenarios/act', asked)
}

/** Written, sent, approved: from now on the street judges by it. */
async function switchOn(definition: Definition, basedOn: number | null = 1): Promise<number> {
  const version = await draft(definition, basedOn)
  expect((await act('officer', definition.rule, version, 'submit')).status).toBe(200)
  expect((await act('second', definition.rule, version, 'approve')).status).toBe(200)
  await town.settled()
  return version
}

const stair = () => town.a.homes[0]!.replace(/-[^-]+$/, '')

describe('an alarm', () => {
  test('is a task at once; a second probe on the stair joins it', async () => {
    const [one, two] = [await newDevice('gas', stair()), await newDevice('gas', stair())]
    await says(one, 'alarm')
    await town.program.scenarios.tick()
    const [task] = await tasksOf('gas')
    expect(task).toMatchObject({ kind: 'hazard', state: 'raised', subject: stair() })
    town.clock.set({ at: town.clock.now() + 2 * minuteMs })
    await says(two, 'alarm')
    await town.program.scenarios.tick()
    const after = await tasksOf('gas')
    expect(after).toHaveLength(1)
    const heard = after[0].facts.signals.map((signal: any) => signal.device)
    expect(heard).toEqual([one.device, two.device])
  })

  test('is scored by what was found there', async () => {
    const [task] = await tasksOf('gas')
    const step = (done: string, from: string, more: object = {}) =>
      town.a.worker.post('/api/tasks/act', { task: task.id, act: done, from, ...more })
    await step('acknowledge', 'raised')
    const unfit = await step('find', 'acknowledged', { outcome: 'fine' })
    expect(unfit).toMatchObject({ status: 400 })
    await step('find', 'acknowledged', { outcome: 'hazard-false' })
    await town.settled()
    const { body } = await town.a.officer.get('/api/scenarios/rules')
    const gas = body.rules.find((rule: any) => rule.rule === 'gas')
    expect(gas).toMatchObject({ misleadingPercent: 100, isFlagged: true })
    expect(gas.outcomes90).toEqual([{ outcome: 'hazard-false', count: 1 }])
  })

  test('lost with the program before it was saved, it is found again', async () => {
    const button = await newDevice('sos-button', town.a.homes[0]!)
    await town.owner('revoke insert on tasks.task from lilong_app')
    await says(button, 'pressed')
    await town.program.scenarios.tick()
    expect(await tasksOf('sos')).toEqual([])
    await town.owner('grant insert on tasks.task to lilong_app')
    await town.restart()
    await look()
    expect(await tasksOf('sos')).toHaveLength(1)
    await town.restart()
    await look()
    expect(await tasksOf('sos')).toHaveLength(1)
  })
})

describe('a version', () => {
  const quickBins = { ...shipped('bins'), reason: '夏天要快' }

  test('is refused field by field, and a visit below the floor never is one', async () => {
    const wrong = { ...shipped('care-silence'), when: { is: 'silence', signs: null, minutes: 600 } }
    const asked = { definition: JSON.stringify(wrong), basedOn: 1, reason: '快一点' }
    const { body } = await town.a.officer.post('/api/scenarios/draft', asked)
    expect(body.version).toBeNull()
    expect(body.problems).toContainEqual(expect.objectContaining({ because: 'below-floor' }))
    const odd = { definition: '{"rule": 1, "rule": 2}', basedOn: null, reason: '重复' }
    const refused = await town.a.officer.post('/api/scenarios/draft', odd)
    expect(refused.body.problems).toEqual([{ field: '', because: 'repeated' }])
  })

  test('in shadow judges, is counted, and raises nothing', async () => {
    const camera = await newDevice('camera-event', town.a.committee)
    const version = await draft(quickBins)
    expect((await act('officer', 'bins', version, 'shadow')).status).toBe(200)
    await town.settled()
    await says(camera, 'bin-overflowing')
    await look()
    await look(2 * 60 * minuteMs)
    expect(await tasksOf('bins')).toEqual([])
    const { body } = await town.a.officer.get('/api/scenarios/rule?rule=bins')
    const ours = body.versions.find((one: any) => one.version === version)
    expect(ours).toMatchObject({ state: 'shadow', shadowFindings: 1, findings: 0 })
  })

  test('is switched on by a second person only; then it raises, and its history says who', async () => {
    const mine = await draft(quickBins)
    expect((await act('officer', 'bins', mine, 'submit')).status).toBe(200)
    const own = await act('officer', 'bins', mine, 'approve')
    expect(own).toMatchObject({ status: 409, body: { fault: 'second-person' } })
    expect((await act('second', 'bins', mine, 'approve')).status).toBe(200)
    await town.settled()
    const camera = await newDevice('camera-event', town.a.committee)
    await says(camera, 'bin-overflowing')
    await look()
    await look(2 * 60 * minuteMs)
    expect(await tasksOf('bins')).toMatchObject([{ kind: 'hazard', state: 'raised' }])
    const { body } = await town.a.officer.get('/api/scenarios/rule?rule=bins')
    const ours = body.versions.find((one: any) => one.version === mine)
    expect(ours).toMatchObject({
      state: 'in-force',
      reviewedBy: { title: '副值班长' },
      findings: 1,
    })
    expect(ours.steps.map((step: any) => step.act)).toEqual(['made', 'submit', 'approve'])
    expect(ours.changes).toContainEqual(expect.objectContaining({ field: 'reason' }))
  })

  test('of one street is nobody else’s', async () => {
    const theirs = (await town.b.officer.get('/api/scenarios/rule?rule=bins')).body
    expect(theirs.versions.map((one: any) => one.version)).toEqual([1])
    const foreign = { rule: 'bins', version: 2, act: 'retire', reason: '试' }
    const answer = await town.b.officer.post('/api/scenarios/act', foreign)
    expect(answer).toMatchObject({ status: 404, body: { fault: 'not-found' } })
  })

  test('that replaces the silence of life goes on with its clock', async () => {
    await town.agrees(town.a.elder)
    await town.silent(town.a, 47)
    const silence = shipped('care-silence')
    await switchOn({ ...silence, workMinutes: silence.workMinutes + 5 })
    expect(await tasksOf('care-silence')).toEqual([])
    await town.silent(town.a, 2)
    const tasks = await tasksOf('care-silence')
    expect(tasks).toHaveLength(1)
    expect(tasks[0].facts.silentMs).toBeGreaterThanOrEqual(48 * 60 * minuteMs)
  })
})

test('in quiet hours nobody is sent; the matter waits for their end', async () => {
  const at = Date.parse(new Date(town.clock.now() + 86_400_000).toISOString().slice(0, 10))
  // 23:00 in Shanghai.
  town.clock.set({ at: at + 15 * 60 * minuteMs })
  const manhole = { ...shipped('manhole'), isEmergency: false }
  await switchOn({ ...manhole, quiet: { from: '22:00', to: '07:00' } })
  const cover = await newDevice('ground', town.a.committee)
  await says(cover, 'tilted')
  await look()
  expect(await tasksOf('manhole')).toEqual([])
  await look(7 * 60 * minuteMs)
  expect(await tasksOf('manhole')).toEqual([])
  await look(60 * minuteMs + minuteMs)
  expect(await tasksOf('manhole')).toHaveLength(1)
})
