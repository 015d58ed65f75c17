import { expect, test } from 'vitest'
import type { PageRequest } from '../shell/pages.ts'
import { pages, render } from '../server.tsx'
import { dayMs, hourMs, minuteMs } from '../../src/kernel/clock.ts'
import { languages, wordsOf, type Language } from '../words/index.ts'
import { workWordsOf } from '../words/work.ts'
import { downFor, gapsOf } from './wording.ts'
import * as devices from './devices/sample.ts'
import * as sample from './sample.ts'
import type { OneTask } from './wording.ts'

const refusal = (fault: string) => ({
  fault,
  sentence: { 'zh-CN': '住户卡只能从…', en: 'A card …' },
})

function draw(path: string, language: Language, more: Partial<PageRequest> = {}) {
  const known: Record<string, unknown> = {
    '/api/identity/me': sample.me,
    '/api/tasks/mine': sample.mine,
    [`/api/tasks/one?task=${sample.careTask}`]: sample.openCare('acknowledged', [
      'set-out',
      'phoned',
      'find',
    ]),
    [`/api/tasks/one?task=${sample.repairTask}`]: sample.openRepair,
    [`/api/sensing/device?device=${sample.deviceId}`]: devices.device,
    [`/api/devices/story?source=${sample.deviceId}`]: devices.steps,
  }
  const [, params] = /^\/desk\/(?:tasks|devices)\/(.+)$/.exec(path) ?? []
  const name = path.startsWith('/desk/devices') ? 'device' : 'task'
  return render({
    path,
    params: params === undefined ? {} : { [name]: params },
    language,
    view: 'normal',
    isDemo: true,
    first: known,
    now: sample.now,
    ...more,
  })
}

const inbox = '/desk'
const careTask = `/desk/tasks/${sample.careTask}`
const repairTask = `/desk/tasks/${sample.repairTask}`

test.each([
  [inbox, ['26号 501室', '超 1 小时', '还剩 5 分', '设备不明', '今天已结 11', '示例街道']],
  [
    careTask,
    ['26号 501室', '48 小时，传感器没有记到动静', '不先问本人', '我去', '先打电话', '2 小时 40 分'],
  ],
  [repairTask, ['24号 网关', 'gw-24-1', '不知道 ≠ 没事', '门磁', '按工作日算']],
  [`/desk/devices/${sample.deviceId}`, ['门磁', '不明', '重复的消息', '1,204', '生物特征']],
  ['/desk/me', ['王晓敏', '居委社工', '退出', 'English']],
])('the desk page %s says in Chinese what it has to', (path, parts) => {
  const { html, front } = draw(path, 'zh-CN')
  expect(front).toBe('desk')
  for (const part of parts) expect(html).toContain(part)
})

test.each([
  [inbox, ['Stair 26, room 501', '1 h late', '5 min left', 'Device unknown', '11 closed today']],
  [careTask, ['For 48 hours the sensors have noted no sign', 'going', 'Phone first', 'neither']],
  [repairTask, ['Stair 24, gateway', 'Unknown ≠ fine', 'Door contact', 'in working days']],
  [`/desk/devices/${sample.deviceId}`, ['Door contact', 'Sent before', '1,204']],
  ['/desk/me', ['Post', 'Sign out', '中文']],
])('the desk page %s says in English what it has to', (path, parts) => {
  const { html } = draw(path, 'en')
  for (const part of parts) expect(html).toContain(part)
})

test.each(languages)('no page of the desk claims a fall or a danger, in %s', (language) => {
  for (const path of [inbox, careTask, repairTask]) {
    expect(draw(path, language).html).not.toMatch(/摔|跌倒|危险|fallen|fell|danger|emergency/i)
  }
})

test('one button of the inbox is filled: that of the most urgent task', () => {
  const { html } = draw(inbox, 'zh-CN')
  expect(html.match(/button-primary/g)).toHaveLength(1)
  expect(html.indexOf('button-primary')).toBeLessThan(html.indexOf('26号 501室'))
})

test('an overdue care visit is marked with signal and an icon, a late device stays hatched', () => {
  const { html } = draw(inbox, 'zh-CN')
  expect(html).toMatch(/badge badge-signal"><svg/)
  expect(html).toMatch(/badge badge-unknown">设备不明/)
})

test('what was found can be said only when the server allows it', () => {
  const at = (state: 'raised' | 'at-the-door', next: ('acknowledge' | 'find' | 'phoned')[]) =>
    draw(careTask, 'zh-CN', {
      first: { [`/api/tasks/one?task=${sample.careTask}`]: sample.openCare(state, next) },
    }).html
  expect(at('raised', ['acknowledge'])).toMatch(/disabled[^>]*name="outcome-later"|outcome-later/)
  expect(at('raised', ['acknowledge'])).not.toContain('name="outcome"')
  expect(at('at-the-door', ['find', 'phoned'])).toContain('name="outcome"')
})

test('a closed task asks for no card and offers no act', () => {
  const { html } = draw(careTask, 'zh-CN', {
    first: { [`/api/tasks/one?task=${sample.careTask}`]: sample.openCare('closed', []) },
  })
  expect(html).toContain('已结案：平安')
  expect(html).not.toContain('task-acts')
  // list and house are still on their way, a card is not
  expect(html.match(/aria-busy/g)).toHaveLength(3)
})

test('the page of one task does not ask for the list: that is a look at every home in it', () => {
  const page = pages.find((one) => one.path === '/desk/tasks/:task')
  expect(page?.needs({ task: 'x' }, 0)).toEqual(['/api/tasks/one?task=x'])
})

test.each(languages)('a refusal and an empty inbox are pages of their own, in %s', (language) => {
  const refused = draw(careTask, language, {
    first: { [`/api/tasks/one?task=${sample.careTask}`]: refusal('no-open-task') },
  })
  expect(refused.html).toContain(refusal('').sentence[language])
  const empty = draw(inbox, language, {
    first: { '/api/tasks/mine': { tasks: [], closedToday: 0, now: sample.now } },
  })
  expect(empty.html).toContain(language === 'en' ? 'No task in hand' : '手上没有任务')
})

test.each([
  ['sign-in', '六位数字', 'six digits'],
  ['enter', '只能用一次', 'works once'],
  ['link-used', '再要一个', 'ask whoever gave it'],
  ['not-found', '没有这一页', 'no such page'],
  ['not-allowed', '别的岗位', 'another post'],
  ['failed', '已经记下', 'noted it'],
] as const)('the open page %s says what to do, in both languages', (status, chinese, english) => {
  const at = (language: Language) =>
    draw('/in/abc', language, { status, params: { token: 'abc' }, first: {} })
  expect(at('zh-CN')).toMatchObject({ front: 'open', html: expect.stringContaining(chinese) })
  expect(at('en').html.toLowerCase()).toContain(english.toLowerCase())
})

test('a sign-in link is used by a press of a form that needs no script', () => {
  const { html } = draw('/in/abc', 'zh-CN', { params: { token: 'abc' }, first: {} })
  expect(html).toContain('<form method="post" action="/in/abc">')
})

test('no page carries an inline style, which the policy would refuse', () => {
  for (const path of [inbox, careTask, repairTask, '/desk/me', '/sign-in']) {
    expect(draw(path, 'zh-CN').html).not.toContain('style=')
  }
})

test('a silent gateway stands under its stair and lights no home; a single device lights its own', () => {
  const stairs = { [`/api/places/stairs?place=${sample.openRepair.place?.place}`]: sample.grid }
  const known = { [`/api/tasks/one?task=${sample.repairTask}`]: sample.openRepair, ...stairs }
  const gateway = draw(repairTask, 'zh-CN', { first: known }).html
  expect(gateway).toContain('断线 3 时')
  expect(gateway).toContain('24号网关断线：是“不知道”，不是“没事”。')
  expect(gateway).not.toMatch(/class="cell cell-/)

  const facts = { ...sample.openRepair.facts, gateway: null }
  const one = {
    ...known,
    [`/api/tasks/one?task=${sample.repairTask}`]: { ...sample.openRepair, facts },
  }
  const single = draw(repairTask, 'zh-CN', { first: one }).html
  expect(single).not.toContain('断线 3 时')
  expect(single).toMatch(/class="cell cell-unknown"/)
})

test.each([
  [0, '断线 0 分'],
  [59 * minuteMs, '断线 59 分'],
  [hourMs, '断线 1 时'],
  [71 * hourMs, '断线 71 时'],
  [3 * dayMs, '断线 3 天'],
  [null, '没报到过'],
])('a gateway heard %s ms ago reads %s', (ms, says) => {
  const facts = { ...sample.openRepair.facts, heardAt: ms === null ? null : sample.now - ms }
  expect(downFor(facts, sample.now, { ...wordsOf('zh-CN'), ...workWordsOf('zh-CN') })).toBe(says)
})

test('gaps below a minute in all are noise, from a minute on they are said', () => {
  const gap = (gapMs: number) => ({
    ...sample.openRepair.facts,
    gapMs,
    gaps: [{ from: 0, to: gapMs }],
  })
  expect(gapsOf(gap(minuteMs - 1))).toEqual({ gaps: [], gapMs: 0 })
  expect(gapsOf(gap(minuteMs))).toEqual({ gaps: [{ from: 0, to: minuteMs }], gapMs: minuteMs })
  const task = sample.openCare('raised', ['acknowledge'])
  const noisy = { ...task, facts: { ...task.facts, gapMs: 48, gaps: [{ from: 0, to: 48 }] } }
  const first = { [`/api/tasks/one?task=${sample.careTask}`]: noisy }
  expect(draw(careTask, 'zh-CN', { first }).html).not.toContain('不算')
})

test('eighteen silent devices stand behind one press, below what to do', () => {
  const [device] = sample.openRepair.facts.devices
  const facts = { ...sample.openRepair.facts, devices: Array.from({ length: 18 }, () => device!) }
  const first = { [`/api/tasks/one?task=${sample.repairTask}`]: { ...sample.openRepair, facts } }
  const { html } = draw(repairTask, 'zh-CN', { first })
  expect(html).toContain('门磁 18 个')
  expect(html.indexOf('我去')).toBeLessThan(html.indexOf('看全部 18 个'))
})

test.each([
  ['device-battery-low', '电量低', '带同样的电池去换'],
  ['device-tampered', '设备被动过', '装回原处'],
  ['device-copied', '凭证可疑', '换新凭证'],
  ['device-clock-wrong', '时钟不准', '按收到的时间算'],
])(
  'a task of the rule %s says %s and what to do, and not that nothing is heard',
  (rule, badge, toDo) => {
    const task = {
      ...sample.openRepair,
      rule,
      facts: { ...sample.openRepair.facts, gateway: null },
    }
    const list = { ...sample.mine, tasks: [task] }
    const first = { [`/api/tasks/one?task=${sample.repairTask}`]: task }
    const { html } = draw(repairTask, 'zh-CN', { first })
    expect(html).toContain(toDo)
    expect(html).not.toContain('不知道 ≠ 没事')
    const inboxHtml = draw(inbox, 'zh-CN', { first: { '/api/tasks/mine': list } }).html
    expect(inboxHtml).toContain(badge)
    expect(inboxHtml).not.toContain('断线')
  },
)

/** The open task at another place, with what the grid answers of it. */
function drawAt(place: object, grid: object, language: Language = 'zh-CN', task = openGas) {
  const at = { ...sample.openHazard.place, room: null, floor: null, ...place } as { place: string }
  const first = {
    [`/api/tasks/one?task=${sample.repairTask}`]: { ...task, place: at },
    [`/api/places/stairs?place=${at.place}`]: grid,
  }
  return draw(repairTask, language, { first }).html
}
const openGas = { ...sample.openHazard, rule: 'gas' }
const stair24 = { place: '310104011013-01-24', stair: '24' }
const compound = { place: '310104011013-01', stair: null, building: null }
const counted = {
  ...{ compound: sample.grid.compound, building: null },
  stairs: sample.grid.stairs.map((stair) => ({ ...stair, homes: [] })),
}

test.each(languages)(
  'a matter of a stair lights the whole stair and none of its homes, in %s',
  (language) => {
    const html = drawAt(stair24, sample.grid, language)
    const { tasks } = workWordsOf(language)
    const { places } = wordsOf(language)
    expect(html).toContain(places.spot({ ...sample.place('24', 1, '101'), room: null }))
    const head = /<a class="stairs-lit-head cell-signal"[^>]*>.*?<\/a>/.exec(html)?.[0]
    expect(head).toContain(tasks.badge('gas', 'hazard'))
    expect(head).toContain('aria-current')
    // drawn twice: beside the task, and below it where there is no room beside
    expect(html.match(/stairs-lit-signal/g)).toHaveLength(2 * 12)
    expect(html).not.toMatch(/class="cell cell-|null/)
  },
)

test.each(languages)(
  'a matter of a compound shows its stairs, of which nothing but the number of homes is said, in %s',
  (language) => {
    const html = drawAt(compound, counted, language)
    const { tasks } = workWordsOf(language)
    const { places } = wordsOf(language)
    expect(html).toContain(places.wholeCompound(tasks.badge('gas', 'hazard')))
    expect(html.match(new RegExp(places.homes(12), 'g'))).toHaveLength(2 * 5)
    expect(html).not.toMatch(/class="cell cell-|class="stairs"|null/)
  },
)

test('in a compound only stairs with a matter of mine are lit', () => {
  const list = {
    ...sample.mine,
    tasks: [{ ...openGas, place: { ...openGas.place, ...compound } }, ...sample.mine.tasks],
  }
  const first = { '/api/tasks/mine': list, '/api/places/stairs?place=310104011013-01': counted }
  const { html } = draw(inbox, 'zh-CN', { first })
  const lit = [...html.matchAll(/class="cell cell-(\w+)"[^>]*>(\d+)号 <span[^>]*>([^<]*)/g)]
  expect(lit.map(([, tone, stair, says]) => `${stair} ${tone} ${says}`)).toEqual([
    '23 signal 超时 · 12 户',
    '24 unknown 设备 · 12 户',
    '26 amber 关爱 · 12 户',
  ])
})

test('a matter of the whole neighbourhood says why there is no house to see', () => {
  const html = drawAt({ place: '310104011013', compound: null, building: null, stair: null }, {})
  expect(html).toContain(wordsOf('zh-CN').places.gridNowhere)
})

test('once it is found the page says what, and no longer whom to ask first', () => {
  const task = { ...sample.openCare('found', ['close']), outcome: 'needed-help' }
  const first = { [`/api/tasks/one?task=${sample.careTask}`]: task }
  const { html } = draw(careTask, 'zh-CN', { first })
  expect(html).toContain('填了结果 · 要帮忙')
  expect(html).not.toContain('这条规则不先问')
  expect(draw(careTask, 'zh-CN').html).not.toContain('填了结果')
})

/** Draws one task, alone and in the inbox. */
function both(task: OneTask, language: Language = 'zh-CN') {
  const first = { [`/api/tasks/one?task=${task.task}`]: task }
  const list = { '/api/tasks/mine': { ...sample.mine, tasks: [task] } }
  return {
    page: draw(`/desk/tasks/${task.task}`, language, { first }).html,
    list: draw(inbox, language, { first: list }).html,
  }
}

test('a hazard says what was heard where, that a second sensor joined, and whom to call first', () => {
  const { page, list } = both(sample.openHazard)
  for (const said of [
    '烟感报警',
    '第二个探头也响了',
    '打 119',
    '并入这件任务',
    '虚惊',
    '确有其事',
  ]) {
    expect(page).toContain(said)
  }
  for (const number of ['119', '120', '110']) expect(page).toContain(`href="tel:${number}"`)
  expect(page).toContain(`href="/desk/devices/${sample.deviceId}"`)
  expect(page).not.toContain('平安')
  // what to do stands above the list of all that was heard
  expect(page.indexOf('我到了')).toBeLessThan(page.indexOf('听到了什么'))
  expect(list).toMatch(/badge badge-signal">.*烟感报警/)
  expect(list).not.toContain('没有消息')
  const english = both(sample.openHazard, 'en')
  for (const said of ['The smoke sensor raised an alarm', 'A second sensor', 'False alarm']) {
    expect(english.page).toContain(said)
  }
})

test('one sensor is one sensor, however often it spoke', () => {
  const [signal] = sample.openHazard.facts.signals ?? []
  const signals = [signal!, { ...signal!, at: signal!.at + minuteMs }]
  const { page } = both({ ...sample.openHazard, facts: { ...sample.openHazard.facts, signals } })
  expect(page).not.toContain('探头也响了')
})

test.each(['door-forced', 'door-refused', 'door-tailgate', 'door-revoked-pass', 'door-held-open'])(
  '%s is about the door and names nobody',
  (rule) => {
    for (const language of languages) {
      const { page } = both({ ...sample.openHazard, rule }, language)
      expect(page).toContain(workWordsOf(language).tasks.doorOnly)
    }
  },
)

test('a lead is no finding: two go, the occupant decides, and a refusal is only noted', () => {
  const { page, list } = both(sample.openCheck)
  for (const said of ['14 天里有 12 天', '只是线索', '住户同意才进门', '没让进', '自动作废']) {
    expect(page).toContain(said)
  }
  // even at the door: that the occupant decides is read before the form
  expect(page.indexOf('住户同意才进门')).toBeLessThan(page.indexOf('name="outcome"'))
  expect(page).not.toMatch(/tel:|住户卡|住户看得到/)
  expect(page).not.toMatch(/罚|违法|嫌疑/)
  expect(list).toContain('14 天里 12 天高于同楼')
  const english = both(sample.openCheck, 'en').page
  for (const said of ['On 12 of 14 days', 'lead and no finding', 'Nobody enters without']) {
    expect(english).toContain(said)
  }
})

test('a visit of the guard says what the door said, and asks the family first', () => {
  const { page, list } = both(sample.openGuard)
  for (const said of ['门开了', '本人或监护人约好的', '先打电话']) expect(page).toContain(said)
  expect(page).not.toContain('小时没有动静')
  expect(list).toContain('防走失 · 夜里出门')
})
