import { toString as drawCode } from 'qrcode'
import { expect, test } from 'vitest'
import { dayMs, hourMs } from '../../../src/kernel/clock.ts'
import { refusals, remarks, conditions, deviceStates } from '../../../src/watch/sensing/types.ts'
import {
  deviceKinds,
  devicePurposes,
  formats,
  measures,
  readingStates,
  stepActs,
} from '../../../src/watch/devices/types.ts'
import { pages, render } from '../../server.tsx'
import { findPage } from '../../shell/pages.ts'
import { deviceWordsOf } from '../../words/devices.ts'
import { languages, wordsOf, type Language } from '../../words/index.ts'
import { workWordsOf } from '../../words/work.ts'
import { deviceId, me, now, officer } from '../sample.ts'
import { daysOf, stretchesOf, stripStart } from './coverage.ts'
import {
  countIn,
  filterIn,
  filterOf,
  isNumbered,
  pathOf,
  shortNumber,
  sumOf,
  type Filter,
} from './filter.ts'
import { placeCode, placeLevel } from './place-field.tsx'
import { codeOf } from '../../ui/qr.tsx'
import { readingSaid } from './readings.tsx'
import * as sample from './sample.ts'

const devicePage = `/desk/devices/${deviceId}`

function draw(
  path: string,
  language: Language = 'zh-CN',
  more: Record<string, unknown> = {},
  who: unknown = me,
): string {
  const found = findPage(pages, path)
  if (!found) throw new Error(`no page has the path ${path}`)
  const known: Record<string, unknown> = {
    '/api/sensing/devices?state=unknown': sample.listOf('unknown', who === me),
    [`/api/sensing/device?device=${deviceId}`]: sample.device,
    [`/api/devices/story?source=${deviceId}`]: sample.steps,
    '/api/sensing/gateways': sample.gateways,
  }
  const first = Object.fromEntries(
    ['/api/identity/me', ...found.page.needs(found.params, 0)].map((url) => [
      url,
      url === '/api/identity/me' ? who : (more[url] ?? known[url]),
    ]),
  )
  const look = { language, view: 'normal' as const, isDemo: true, now }
  return render({ path, params: found.params, first, ...look }).html
}

test('the street sees neighbourhood × kind; what is unknown is hatched and nowhere green', () => {
  const html = draw('/desk/devices', 'zh-CN', {}, officer)
  for (const part of ['居委 × 种类', '小安桥居委会', '不明', '不等于没事', '3F9-A21']) {
    expect(html).toContain(part)
  }
  const cells = [...html.matchAll(/<a class="cell([^"]*)"[^>]*aria-label="([^"]*)"/g)]
  expect(cells.length).toBeGreaterThan(100)
  const unknown = cells.filter(([, face, says]) => face && says?.includes('不明'))
  expect(unknown.length).toBeGreaterThan(0)
  for (const [, face] of unknown) expect(face).toBe(' cell-unknown')
})

test('a worker sees the kinds of one neighbourhood, no matrix and no way to add', () => {
  const html = draw('/desk/devices')
  expect(html).toContain('田林十二村居委会')
  expect(html).toContain('按种类')
  expect(html).not.toContain('居委 × 种类')
  expect(html).not.toContain('href="/desk/devices/add"')
  expect(draw('/desk/devices/add')).toContain('值班长')
})

test('devices in homes are counted and not listed', () => {
  const list = sample.listOf('unknown', true)
  const counted = sumOf(list.counts).unknown
  const one = { ...list, devices: list.devices.slice(0, 1), total: 1 }
  const html = draw('/desk/devices', 'zh-CN', { '/api/sensing/devices?state=unknown': one })
  expect(html).toContain(`另有 ${counted - 1} 个装在住户家里`)
})

test.each([
  [
    'zh-CN',
    [
      '电量低',
      '带同样的电池去换',
      '过了 3 天',
      '92.3%',
      '报得太频繁，已限量',
      '1,204',
      '看这件任务',
    ],
  ],
  ['en', ['Battery low', '3 days overdue', '92.3%', 'Reports too often', '1,204', 'See its task']],
] as const)('a device’s page says in %s what is wrong and what to do', (language, parts) => {
  const html = draw(devicePage, language)
  for (const part of parts) expect(html).toContain(part)
})

test('what can be done with a device is the street’s alone, and nothing with a revoked one', () => {
  const acts = ['换地方', '停用', '换新凭证', '打印标签']
  const street = draw(devicePage, 'zh-CN', {}, officer)
  for (const act of acts) expect(street).toContain(act)
  for (const act of acts.slice(2)) expect(draw(devicePage)).not.toContain(act)
  const url = `/api/sensing/device?device=${deviceId}`
  const revoked = { [url]: { ...sample.device, state: 'revoked', revokedAt: now - hourMs } }
  expect(draw(devicePage, 'zh-CN', revoked, officer)).not.toContain('换地方')
})

test('a sensor of agreed care tells how much it said, a meter also what', () => {
  expect(draw(devicePage)).toContain('没有它感应到什么')
  const url = `/api/sensing/device?device=${deviceId}`
  const html = draw(devicePage, 'zh-CN', { [url]: sample.meter })
  expect(html).toContain('48,213 升')
  expect(html).not.toContain('没有它感应到什么')
})

test('readings that go once they are judged are not said to be missing', () => {
  const url = `/api/sensing/device?device=${deviceId}`
  expect(draw(devicePage, 'zh-CN', { [url]: { ...sample.device, readings: [] } })).toContain(
    '判断完就删，不按天记数',
  )
  expect(draw(devicePage, 'zh-CN', { [url]: { ...sample.meter, readings: [] } })).toContain(
    '最近 14 天没有读数',
  )
})

test('a gateway that is connected while none of its devices is heard is not green', () => {
  const [, well] = sample.gateways.gateways
  const silent = { ...sample.gateways, gateways: [{ ...well, heard: 0 }] }
  const html = draw('/desk/gateways', 'zh-CN', { '/api/sensing/gateways': silent })
  expect(html).toMatch(/badge-unknown">连着，没有声音/)
  expect(html).not.toContain('badge-jade')
})

test('gateways say how many of their devices are heard; a copied one comes first', () => {
  const html = draw('/desk/gateways', 'zh-CN', {}, officer)
  for (const part of ['17 台设备里 17 台有声音', '17 台设备里 0 台有声音', '从两个地方在用']) {
    expect(html).toContain(part)
  }
  expect(html.indexOf('lora-tl')).toBeLessThan(html.indexOf('gw-24-1'))
  expect(draw('/desk/gateways')).not.toContain('加一个网关')
})

test.each(languages)(
  'in %s every kind, state, reason and step has words of its own',
  (language) => {
    const words = deviceWordsOf(language)
    const { sensing } = workWordsOf(language)
    const said = [
      ...deviceKinds.flatMap((kind) => [sensing.kind(kind), words.shortKind(kind)]),
      ...deviceStates.flatMap((state) => [words.state(state), words.stateLine(state)]),
      ...conditions.flatMap((one) => Object.values(words.condition(one))),
      ...refusals.flatMap((one) => Object.values(words.refusal(one))),
      ...remarks.flatMap((one) => Object.values(words.remark(one))),
      ...devicePurposes.flatMap((one) => Object.values(words.purpose(one))),
      ...formats.flatMap((one) => Object.values(words.format(one))),
      ...stepActs.map(words.step),
      ...Object.keys(measures).map((one) => words.measure(one)?.name),
    ]
    for (const one of said) expect(one).toMatch(/\S/)
    const states = new Set(Object.values(readingStates).flat())
    const bare = [...states].filter((state) => words.readingState(state) === state)
    if (language === 'zh-CN') expect(bare).toEqual([])
    else for (const one of states) expect(words.readingState(one)).not.toMatch(/\p{Script=Han}/u)
  },
)

test('the strip is whole: each stretch begins where the last ended, and hatches what nobody knows', () => {
  const installed = stripStart(now) + 2 * dayMs
  const coverage = [
    { from: installed + dayMs, to: installed + 3 * dayMs },
    { from: installed + 2 * dayMs, to: installed + 4 * dayMs },
  ]
  const stretches = stretchesOf(coverage, installed, now)
  expect(stretches.map(({ is }) => is)).toEqual([
    'not-yet',
    'unknown',
    'working',
    'working',
    'unknown',
  ])
  stretches.slice(1).forEach((one, at) => expect(one.from).toBe(stretches[at]?.to))
  expect([stretches[0]?.from, stretches.at(-1)?.to]).toEqual([0, 1])
})

test('a day counts what worked; before the device was there nothing is unknown', () => {
  const installed = stripStart(now) + dayMs + 6 * hourMs
  const days = daysOf([{ from: installed, to: installed + 6 * hourMs }], installed, now)
  expect(days).toHaveLength(14)
  expect(days.at(-1)).toMatchObject({ workingMs: 0, unknownMs: 0 })
  expect(days.at(-2)).toMatchObject({ workingMs: 6 * hourMs, unknownMs: 12 * hourMs })
  // the day that has not ended yet
  expect(days[0]?.unknownMs).toBe(9 * hourMs + 42 * 60_000)
})

test('a filter is its address, and an address its filter', () => {
  const filters = [
    { committee: null, kind: null, state: 'unknown' },
    { committee: '310104011013', kind: 'smoke', state: null },
    { committee: null, kind: 'gas', state: 'quiet' },
  ] as Filter[]
  for (const filter of filters) {
    const found = findPage(pages, pathOf(filter))
    expect(filterOf(found?.params ?? {})).toEqual(filter)
    expect(filterIn(pathOf(filter))).toEqual(filter)
  }
  expect(findPage(pages, '/desk/devices/add')?.params).toEqual({})
})

test('sums are those of the squares they stand for', () => {
  const whole = sumOf(sample.counts)
  const smoke = sumOf(sample.counts, { kind: 'smoke' })
  const rest = sumOf(sample.counts.filter(({ kind }) => kind !== 'smoke'))
  expect(whole.all).toBe(smoke.all + rest.all)
  expect(countIn(whole, null)).toBe(
    whole.alive + whole.quiet + countIn(whole, 'unknown') + countIn(whole, 'never-reported'),
  )
})

test.each([
  ['3f9a21', true],
  ['3F9-A21', true],
  ['3f 9a 21', true],
  ['9a2', true],
  ['0197e9c0-0000-7000-8000-0000003f9a21', true],
  ['0197e9', false],
])('the number %s finds the device that ends in it: %s', (asked, isFound) => {
  const device = '0197e9c0-0000-7000-8000-0000003f9a21'
  expect(shortNumber(device)).toBe('3F9-A21')
  expect(isNumbered(device, asked)).toBe(isFound)
})

test.each([
  ['310104011013', 1],
  ['310104011013-01', 2],
  [' 310104011013—01—26 ', 3],
  ['310104011013-01-26-501', 4],
  ['31010401101', 0],
  ['26号', 0],
])('the place %s is read at level %i', (written, level) => {
  expect(placeLevel(placeCode(written))).toBe(level)
})

test('a code is drawn from its path alone: nothing else of what the server sends gets into the page', async () => {
  const svg = await drawCode('https://lilong.example/desk/device/1', { type: 'svg' })
  const code = codeOf(svg)
  expect(code?.viewBox).toMatch(/^0 0 \d+ \d+$/)
  expect(code?.path.length).toBeGreaterThan(500)
  expect(svg).toContain(code?.path)
  expect(codeOf('<svg viewBox="0 0 9 9"><script>x</script></svg>')).toBe(null)
  expect(codeOf('<svg viewBox="0 0 9 9"><path d="url(x)"/></svg>')).toBe(null)
})

test.each([
  [{ state: 'temperature-centi-c', value: 2_350 }, '温度 23.5 ℃'],
  [{ state: 'energy-wh', value: 1_234 }, '电量 1.23 度'],
  [{ state: 'fire-lane-blocked', value: null }, '消防通道被占'],
])('%o reads %s', (reading, says) => {
  expect(readingSaid(reading, deviceWordsOf('zh-CN'))).toBe(says)
})

test('no device page carries an inline style, which the policy would refuse', () => {
  for (const path of ['/desk/devices', devicePage, '/desk/gateways', '/desk/devices/add']) {
    expect(draw(path, 'zh-CN', {}, officer)).not.toContain('style=')
  }
})

test('no resident’s page needs the words of the device pages', () => {
  expect(Object.keys(wordsOf('zh-CN'))).not.toContain('devices')
})
