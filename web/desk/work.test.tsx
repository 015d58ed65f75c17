import { expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../../src/kernel/clock.ts'
import type { PostId, TaskId } from '../../src/kernel/ids.ts'
import { pages, render } from '../server.tsx'
import { languages, type Language } from '../words/index.ts'
import { asPressed, canWait, type WaitingStep } from './outbox.ts'
import * as sample from './sample.ts'
import { inOrder, usualOf } from './usual.ts'
import type { OneTask, Row } from './wording.ts'

const [late, care] = sample.mine.tasks as [Row, Row]
const colleague = { title: '居委社工', unit: '田林十二村居委会', name: '刘颖' }
const gas: Row = {
  ...care,
  ...{ task: '0197e9c0-0000-7000-8000-0000000000f1' as TaskId, kind: 'hazard', rule: 'gas' },
  ...{ urgency: 'emergency', dueAt: sample.now + 20 * minuteMs },
  ...{ nextAt: sample.now + 42_000, responsible: colleague, part: 'told' },
  ...{ next: [], may: ['set-out', 'take', 'help', 'decline'] },
}
const mine = { ...gas, part: 'responsible', next: ['acknowledge'], may: ['hand-over'] } as Row

function draw(path: string, first: Record<string, unknown>, language: Language = 'zh-CN') {
  const [, task] = /^\/desk\/tasks\/(.+)$/.exec(path) ?? []
  return render({
    ...{ path, language, view: 'normal', isDemo: true, now: sample.now },
    params: task === undefined ? {} : { task },
    first: { '/api/identity/me': sample.me, ...first },
  }).html
}
const inbox = (tasks: Row[], language?: Language) =>
  draw('/desk', { '/api/tasks/mine': { ...sample.mine, tasks } }, language)
const open = (task: Row, more: Partial<OneTask> = {}, language?: Language) => {
  const one = { ...sample.openHazard, ...task, ...more }
  return draw(`/desk/tasks/${task.task}`, { [`/api/tasks/one?task=${task.task}`]: one }, language)
}

test('an emergency is one press: seen and on the way; everything else is seen first', () => {
  expect(usualOf(mine)).toBe('go-now')
  expect(usualOf(gas)).toBe('set-out')
  expect(usualOf(care)).toBe('acknowledge')
  expect(inbox([mine])).toMatch(/button-primary[^>]*aria-label="我去：26号 501室"/)
})

test('what is offered is accepted, who is asked comes, and what others are on has no button', () => {
  const offer = { isMine: true, until: sample.now + minuteMs, reason: null }
  expect(usualOf({ ...gas, part: 'asked', offer })).toBe('accept')
  expect(usualOf({ ...gas, part: 'asked', state: 'acknowledged' })).toBe('help')
  expect(usualOf({ ...gas, urgency: 'usual' })).toBe('take')
  expect(usualOf({ ...gas, state: 'on-the-way' })).toBeNull()
})

test('what nobody has answered and cannot wait stands above all, whoever was asked first', () => {
  const { mine: first, told } = inOrder([late, care, gas, { ...gas, state: 'on-the-way' }])
  expect(first.map(({ task }) => task)).toEqual([gas.task, late.task, care.task])
  expect(told.map(({ state }) => state)).toEqual(['on-the-way'])
})

test.each(languages)('a row says who is on it, and when the next is asked, in %s', (language) => {
  const html = inbox([gas, { ...gas, task: care.task, state: 'on-the-way' }], language)
  const english = language === 'en'
  expect(html).toContain(english ? 'next asked in 42 s' : '42 秒后问下一位')
  expect(html).toContain(english ? '刘颖 · 居委社工 is on the way' : '刘颖 · 居委社工 已出发')
  expect(html).toContain(english ? 'Others are on it' : '别人在办，我知道的 1')
})

test('the open task says who is on it, after whom, who else knows, and what comes next', () => {
  const others = [{ ...colleague, name: '周敏', part: 'helping' as const }]
  const html = open({ ...gas, tier: 2, tiers: 3 }, { others })
  for (const says of ['刘颖 · 居委社工 还没应', '前面 1 级没人应', '第 2 级，一共 3 级']) {
    expect(html).toContain(says)
  }
  expect(html).toContain('周敏 · 居委社工 · 去帮忙')
  expect(html).toContain('今天 09:42 还没应，就问下一位')
})

test('an offer says until when and why, and how it is declined: with a reason', () => {
  const offer = { isMine: true, until: sample.now + 5 * minuteMs, reason: '要去医院' }
  const may = ['accept', 'return', 'set-out', 'take', 'help', 'decline'] as const
  const html = open({ ...gas, part: 'asked', offer, may: [...may] })
  expect(html).toContain('请在 今天 09:47 前接下或退回')
  expect(html).toContain('原因：要去医院')
  expect(html).toMatch(/button-primary[^>]*>.*?接下/)
  expect(html).toContain('退回')
  expect(html).not.toContain('接不了')
})

test('nobody is offered to help where nobody has begun', () => {
  expect(open(gas)).not.toContain('我去帮忙')
  expect(open({ ...gas, state: 'acknowledged' })).toContain('我去帮忙')
})

test('of an emergency the numbers of police, fire and ambulance are one press away', () => {
  for (const kind of ['hazard', 'care-visit'] as const) {
    const html = open({ ...mine, kind, rule: kind === 'hazard' ? 'gas' : 'sos' })
    for (const number of ['110', '119', '120']) expect(html).toContain(`href="tel:${number}"`)
  }
})

test.each(languages)(
  'what was done without a network says when, and when it was heard, %s',
  (one) => {
    const [raised, ...more] = sample.openCare('acknowledged', ['set-out']).log
    const log = [raised!, { ...more[0]!, at: sample.now, doneAt: sample.now - 40 * minuteMs }]
    const html = open({ ...care, state: 'acknowledged', next: ['set-out'] }, { log }, one)
    expect(html).toContain(
      one === 'en'
        ? 'Today 09:02 (no network: sent Today 09:42)'
        : '今天 09:02（没有网，今天 09:42 才送到）',
    )
  },
)

test('what was pressed without a network leads on, and what was refused does not', () => {
  const waiting = (
    act: WaitingStep['step']['act'],
    from: Row['state'],
    refused = false,
  ): WaitingStep => ({
    ...{ key: `${act} ${from}`, task: care.task, step: { act, from }, at: sample.now, place: '' },
    kind: care.kind,
    refused: refused ? { 'zh-CN': '变了', en: 'changed' } : null,
  })
  const seen = (...all: WaitingStep[]) => asPressed(care, all)
  expect(seen(waiting('acknowledge', 'raised'))).toMatchObject({
    ...{ state: 'acknowledged', next: ['set-out', 'phoned', 'find'] },
  })
  expect(seen(waiting('acknowledge', 'raised'), waiting('set-out', 'acknowledged')).state).toBe(
    'on-the-way',
  )
  expect(seen(waiting('acknowledge', 'raised', true)).state).toBe('raised')
  // done meanwhile: the server is further than what was pressed
  expect(seen(waiting('set-out', 'acknowledged')).state).toBe('raised')
  expect(asPressed(late, [waiting('acknowledge', 'raised')])).toBe(late)
})

test('what one did oneself can wait for a network; who is to do it cannot', () => {
  const waits = (act: WaitingStep['step']['act']) => canWait({ act, from: 'raised' })
  expect(['acknowledge', 'phoned', 'set-out', 'arrive', 'find', 'close'].every(waits as any)).toBe(
    true,
  )
  for (const act of ['take', 'hand-over', 'ask-help', 'decline', 'reopen'] as const) {
    expect(waits(act)).toBe(false)
  }
  expect(canWait({ act: 'set-out', from: 'raised', anyway: true })).toBe(false)
})

test('the page that a device keeps for when there is no network asks for nobody’s data', () => {
  const shell = pages.find(({ path }) => path === '/desk/offline')
  expect(shell).toMatchObject({ front: 'desk', isShell: true })
  expect(shell?.needs({}, sample.now)).toEqual([])
  expect(pages.filter(({ isShell }) => isShell)).toHaveLength(1)
})

const post = (name: string) => ({
  ...{ post: `0197e9c0-0000-7000-8000-${name.padStart(12, '0')}` as PostId },
  ...{ title: '居委社工', unit: '田林十二村居委会', name: `社工${name}` },
})
const shift = {
  ...{ shift: 's1', ...post('1'), from: sample.now - hourMs, to: sample.now + 8 * hourMs },
  ...{ takenOverAt: null, handedOverAt: null },
}
const myShift = {
  ...{ title: '居委社工', unit: '田林十二村居委会', body: 'b', hasRoster: true, mayArrange: false },
  ...{ onDuty: true, standsInFor: null, shift, next: null, leave: null, now: sample.now },
  relief: { ...post('2'), from: shift.to },
  notes: [
    { note: 'n1', ...post('3'), at: sample.now - dayMs, words: '钥匙在\n抽屉里', readAt: null },
  ],
}

test.each(languages)('my shift: until when, who relieves me, what was left, in %s', (language) => {
  const html = draw('/desk/shift', { '/api/duties/my-shift': myShift }, language)
  expect(html).toContain(language === 'en' ? 'Today 08:42–17:42' : '今天 08:42–17:42')
  expect(html).toContain('社工2 · 居委社工')
  expect(html).toContain('钥匙在\n抽屉里')
  expect(html).toContain(language === 'en' ? 'I take over' : '我来接班')
})

test('a shift that nobody takes over after me is said plainly', () => {
  const html = draw('/desk/shift', { '/api/duties/my-shift': { ...myShift, relief: null } })
  expect(html).toContain('后面还没有排人')
})

const monday = Date.parse('2026-07-06T00:00:00+08:00')
const week = {
  ...{ body: 'b', name: '田林十二村居委会', mayArrange: true, now: sample.now },
  days: [6, 7, 8, 9, 10, 11, 12].map((day) => ({
    day: `2026-07-${String(day).padStart(2, '0')}`,
    kind: day > 10 ? 'off' : 'working',
  })),
  covers: [{ days: 'working', from: '08:30', to: '17:30', people: 1 }],
  posts: [{ ...post('1'), rank: 1 }],
  shifts: [{ ...shift, from: monday + 8.5 * hourMs, to: monday + 17.5 * hourMs }],
  leaves: [],
  gaps: [{ from: monday + 4 * dayMs, to: monday + 4 * dayMs + hourMs, missing: 1 }],
  unknownYear: null,
}

test('a week has seven days, its gaps, and only who may arrange it can', () => {
  const html = draw('/desk/roster', { '/api/duties/roster': week })
  expect(html.match(/<th scope="row">/g)).toHaveLength(7)
  expect(html).toContain('<b>08:30–17:30</b> 社工1 · 居委社工')
  expect(html).toContain('缺 1 人')
  expect(html).toContain('排班')
  const read = draw('/desk/roster', { '/api/duties/roster': { ...week, mayArrange: false } })
  expect(read).not.toContain('name="weeks"')
})

test('on paper nothing is to be pressed but the print button', () => {
  const html = render({
    ...{ path: '/desk/roster/paper/b/2026-07-06', params: { body: 'b', day: '2026-07-06' } },
    ...{ language: 'zh-CN', view: 'normal', isDemo: false, now: sample.now },
    first: { '/api/duties/roster/paper?body=b&day=2026-07-06': week },
  }).html
  expect(html).toContain('田林十二村居委会 值班表')
  expect(html.match(/<button/g)).toHaveLength(1)
})

const closedTask = {
  ...{ task: care.task, kind: 'care-visit', urgency: 'usual', state: 'closed', outcome: 'fine' },
  ...{ part: 'responsible', openedAt: sample.now - dayMs, closedAt: sample.now - hourMs },
  ...{ place: care.place, may: ['reopen'] },
}

test('what was closed can be opened again; what has left me has no address and no link', () => {
  const left = { ...closedTask, task: late.task, part: 'declined', place: null, may: [] }
  const html = draw('/desk/closed', { '/api/tasks/closed': { tasks: [closedTask, left] } })
  expect(html).toContain('重新打开')
  expect(html).toContain('已不归您，地址不再显示')
  expect(html.match(/href="\/desk\/tasks\//g)).toHaveLength(1)
})

test('of colleagues the kind and the step are said, and no place', () => {
  const one = { ...colleague, isMe: false, isOnDuty: true, isThere: true, open: 2 }
  const posts = [{ ...one, now: { kind: 'care-visit', state: 'on-the-way' } }]
  const html = draw('/desk/colleagues', { '/api/tasks/colleagues': { posts } })
  expect(html).toContain('关爱，已出发')
  expect(html).toContain('手上 2 件')
})

test('the tag at a door says to everybody what it is, before anything is noted', () => {
  const { html, front } = render({
    ...{ path: '/t/abc', params: { token: 'abc' }, language: 'zh-CN', view: 'normal' },
    ...{ isDemo: false, first: {}, now: sample.now },
  })
  expect(front).toBe('open')
  expect(html).toContain('它不定位，不跟人，也不记谁路过')
})
