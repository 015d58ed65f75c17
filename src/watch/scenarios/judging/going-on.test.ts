/** Judging goes on: whatever fails, changes or waits meanwhile, nothing that was found is lost. */
import { describe, expect, test } from 'vitest'
import {
  askAtTheDoor,
  doorOpens,
  living,
  shipped,
  visitAtTheDoor,
} from '../../../../tests/rig/living.ts'
import { longHeartbeat, openStreets, type Streets } from '../../../../tests/rig/streets.ts'
import { openWorkshop } from '../../../../tests/rig/workshop.ts'
import { hourMs, minuteMs } from '../../../kernel/clock.ts'
import type { Definition } from '../index.ts'

describe('what fails', () => {
  test('a position that could not be saved is saved at the next look, and alarms are heard', async () => {
    await using town = await openStreets(longHeartbeat)
    const { device, says, look, tasksOf } = living(town)
    const button = await device('sos-button', town.a.homes[0]!)
    await town.owner('alter table scenarios.progress rename to progress_away')
    await says(button, {})
    await look()
    expect(town.logged.join()).toContain('scenarios.save-failed')
    await town.owner('alter table scenarios.progress_away rename to progress')
    await says(button, { state: 'pressed' })
    await look()
    expect(await tasksOf('sos')).toHaveLength(1)
    const [{ n }] = await town.owner('select judged_position as n from scenarios.progress')
    expect(Number(n)).toBeGreaterThan(0)
  })

  test('a street that cannot be judged holds up no other, nor what its own people tell', async () => {
    await using town = await openStreets(longHeartbeat)
    const { device, says, look, tasksOf } = living(town)
    const button = await device('sos-button', town.a.homes[0]!)
    const { kernel } = town.program.scenarios.memory.streetOf(town.b.street)
    kernel.advance = () => {
      throw new Error('a broken kernel')
    }
    await says(button, { state: 'pressed' })
    await look()
    expect(town.logged.join()).toContain('scenarios.judge-failed')
    expect(await tasksOf('sos')).toHaveLength(1)
    await expect(town.program.scenarios.settle(town.a.street)).resolves.toBeUndefined()
    await expect(town.program.scenarios.settle(town.b.street)).rejects.toThrow('could not be saved')
  })
})

test('a battery that is low for the second time is asked for, also after a restart', async () => {
  await using town = await openStreets(longHeartbeat)
  const { says, look, tasksOf } = living(town)
  for (const battery of [5, 90, 5]) {
    await says(town.a.neighbourDoor, { battery })
    await look()
  }
  const states = async () => (await tasksOf('device-battery-low')).map(({ state }) => state)
  expect(await states()).toEqual(['closed', 'raised'])
  await town.restart()
  await look()
  expect(await states()).toEqual(['closed', 'raised'])
  await says(town.a.neighbourDoor, { battery: 90 })
  await look()
  expect(await states()).toEqual(['closed', 'closed'])
})

test('what nobody is responsible for never stands in the way of what somebody is', async () => {
  await using town = await openStreets(longHeartbeat)
  const { look } = living(town)
  const { street, committee, posts } = town.a
  await town.owner('update duties.post set until = $1 where id = $2', [
    new Date(town.clock.now()),
    posts.officer,
  ])
  const nothing = { since: null, silentMs: null, gapMs: null, gaps: [], devices: [] }
  const facts = { ...nothing, gateway: null, heardAt: null }
  const asked = { kind: 'hazard', rule: 'gas', ruleVersion: 1, person: null, facts }
  const add = (place: string, from: number, count: number) =>
    town.owner(
      `insert into scenarios.finding
         (street, id, rule, rule_version, subject, place, found_at, facts)
       select $1, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'gas', 1,
         $2 || '-' || n, $2, now(), $5::jsonb || jsonb_build_object('subject', $2 || '-' || n)
       from generate_series($3::int, $3 + $4 - 1) as n`,
      [street, place, from, count, JSON.stringify({ ...asked, place })],
    )
  // A neighbourhood without anybody in a post, and then one with a worker.
  await add(`${street}099`, 1, 230)
  await add(committee, 900, 1)
  for (let looks = 0; looks < 2; looks++) await look()
  const answered = await town.owner(
    'select place, count(*)::int as n, count(task)::int as tasks from scenarios.finding group by 1 order by 1',
  )
  expect(answered).toEqual([
    { place: committee, n: 1, tasks: 1 },
    { place: `${street}099`, n: 230, tasks: 0 },
  ])
})

describe('what changes', () => {
  const found = (town: Streets) =>
    town.owner("select step, task, ended_at from scenarios.finding where rule = 'care-habit'")

  test('who was asked is not visited because the rule sends somebody by now', async () => {
    await using town = await openStreets(longHeartbeat)
    const life = living(town)
    const { device, says, look, tasksOf } = life
    const { draft, switchOn } = await openWorkshop(town)
    await town.agrees(town.a.elder)
    await switchOn('care-habit', await draft(askAtTheDoor))
    await doorOpens(town, life)
    await look()
    expect(await town.owner('select rule from care.question')).toEqual([{ rule: 'care-habit' }])
    await switchOn('care-habit', await draft(visitAtTheDoor))
    town.logged.splice(0)
    await look(31 * minuteMs)
    const button = await device('sos-button', town.a.homes[0]!)
    await says(button, { state: 'pressed' })
    await look(2 * hourMs)
    expect(town.logged).toEqual([])
    expect(await tasksOf('sos')).toHaveLength(1)
    expect(await tasksOf('care-habit')).toEqual([])
    expect(await found(town)).toEqual([{ step: 1, task: null, ended_at: expect.any(Date) }])
  })

  test('in quiet hours nobody is asked either: the question waits for their end', async () => {
    await using town = await openStreets(longHeartbeat)
    const life = living(town)
    const { look } = life
    const { draft, switchOn } = await openWorkshop(town)
    await town.agrees(town.a.elder)
    const quiet = { from: '21:00', to: '08:00' }
    await switchOn('care-habit', await draft({ ...askAtTheDoor, quiet }))
    town.clock.set({ at: Date.parse('2026-07-07T23:00:00+08:00') })
    await doorOpens(town, life)
    const asked = () => town.owner('select rule, until from care.question')
    await look(8 * hourMs)
    expect(await asked()).toEqual([])
    await look(hourMs)
    const until = new Date(town.clock.now() + 30 * minuteMs)
    expect(await asked()).toEqual([{ rule: 'care-habit', until }])
    await look(29 * minuteMs)
    expect(await asked()).toHaveLength(1)
  })

  test('a device that was lost while its rule was off is found when it is on again', async () => {
    await using town = await openStreets()
    const { says, look, tasksOf } = living(town)
    const { act } = await openWorkshop(town)
    const { door } = town.a
    await says(door, {})
    await look()
    expect((await act('officer', 'device-silence', 1, 'retire')).status).toBe(200)
    await town.settled()
    await look(2 * hourMs)
    expect(await tasksOf('device-silence')).toEqual([])
    expect((await act('officer', 'device-silence', 1, 'roll-back')).status).toBe(200)
    await town.settled()
    await look(hourMs)
    const ours = (await tasksOf('device-silence')).filter(({ subject }) => subject === door.device)
    expect(ours).toMatchObject([{ kind: 'device-repair', state: 'raised' }])
  })

  test('a calendar that comes while the town runs is known to the rules', async () => {
    // The rig brings it after the start, as a first start does.
    await using town = await openStreets(longHeartbeat)
    const { device, says, look, tasksOf } = living(town)
    const { draft, switchOn } = await openWorkshop(town)
    const only = { hours: null, days: 'working-days', season: null } as const
    await switchOn('bins', await draft({ ...shipped('bins'), only }))
    const camera = await device('camera-event', town.a.committee)
    await says(camera, { state: 'bin-overflowing' })
    await look(2 * hourMs)
    expect(await tasksOf('bins')).toHaveLength(1)
  })
})

describe('a street’s own rule about the health of devices', () => {
  const { reason, ...low } = shipped('device-battery-low')
  const worn: Definition = {
    ...{ ...low, reason: `${reason}（本街道）`, rule: 'device-worn', clearsAfterMinutes: 0 },
    when: {
      is: 'any',
      of: [
        { is: 'health', condition: 'battery-low' },
        { is: 'health', condition: 'tampered' },
      ],
    },
  }

  test('hears what begins, what was so before it came, and what ended before a crash', async () => {
    await using town = await openStreets(longHeartbeat)
    const { says, look, tasksOf } = living(town)
    const { switchOn } = await openWorkshop(town)
    const { door, motion, officer } = town.a
    await says(door, { battery: 5 })
    await look()
    const asked = { definition: JSON.stringify(worn), basedOn: null, reason: '一起修' }
    const made = await town.ask(officer.token, 'POST', '/api/scenarios/draft', asked)
    expect(made.problems).toEqual([])
    await switchOn('device-worn', made.version)
    await look()
    await says(motion, { tampered: true })
    await look()
    const open = async () => {
      const tasks = await tasksOf('device-worn')
      return tasks.filter(({ state }) => state !== 'closed').map(({ subject }) => subject)
    }
    expect(new Set(await open())).toEqual(new Set([door.device, motion.device]))
    await says(motion, { tampered: false })
    await look()
    expect(await open()).toEqual([door.device])
    // Stored by sensing, and the program ends before the rules have heard of it.
    await says(door, { battery: 90 })
    await town.restart()
    await look()
    await look()
    expect(await open()).toEqual([])
  })
})
