import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { speak } from '../shell/speak.ts'
import { WordsContext } from '../shell/words.tsx'
import { languages } from '../words/index.ts'
import { Gallery } from './gallery.tsx'
import { Badge } from './badge.tsx'
import { Button } from './button.tsx'
import { Bar, LooksChart } from './charts.tsx'
import { ChoiceGroup } from './choice.tsx'
import { Clock, dueTone, shareSpent } from './clock.tsx'
import { TextField } from './field.tsx'
import { SilenceChart } from './silence-chart.tsx'
import { StairGrid } from './stairs.tsx'

const pages = (['parts', 'phone', 'desk'] as const).flatMap((page) =>
  languages.map((language) => ({ page, language })),
)

test.each(pages)('$page in $language carries no inline style, which the policy forbids', (one) => {
  const html = renderToString(
    <WordsContext.Provider value={speak(one.language)}>
      <Gallery view="normal" page={one.page} />
    </WordsContext.Provider>,
  )
  expect(html.length).toBeGreaterThan(1_000)
  expect(html).not.toMatch(/ style=|<script|javascript:/)
})

test('signal never comes as a colour alone', () => {
  expect(renderToString(<Badge tone="signal">超期</Badge>)).toContain('<svg')
  expect(renderToString(<Badge tone="amber">快到期</Badge>)).not.toContain('<svg')
})

test('a busy button says so and keeps the focus', () => {
  const html = renderToString(<Button busy>发送</Button>)
  expect(html).toContain('aria-busy="true"')
  expect(html).toContain('aria-disabled="true"')
  expect(html).not.toMatch(/ disabled/)
})

test('a wrong field names the sentence that says what is wrong', () => {
  const html = renderToString(
    <TextField label="面积" name="area" problem="最多两位小数" help="平方米" />,
  )
  const [problem, help] = /aria-describedby="([^"]+)"/.exec(html)?.[1]?.split(' ') ?? []
  expect(html).toContain('aria-invalid="true"')
  expect(html).toMatch(new RegExp(`id="${problem}"[^>]*>.*最多两位小数`))
  expect(html).toMatch(new RegExp(`id="${help}"[^>]*>平方米`))
})

test('a sound field says nothing of problems', () => {
  const html = renderToString(<TextField label="面积" name="area" />)
  expect(html).not.toMatch(/aria-invalid|aria-describedby/)
})

test('one of the choices is checked, by its value', () => {
  const options = [
    { value: 'yes', words: '同意' },
    { value: 'no', words: '不同意' },
  ]
  const html = renderToString(
    <ChoiceGroup legend="意见" name="answer" options={options} value="no" />,
  )
  expect(html.match(/<input[^>]*checked[^>]*>/g)).toEqual([expect.stringContaining('value="no"')])
})

test.each([
  [0, null],
  [0.254, '25 100'],
  [0.999, '100 100'],
  [-1, null],
])('a clock of which %d is spent fills its ring by that share', (spent, dash) => {
  const html = renderToString(<Clock words="还剩" spent={spent} />)
  expect(/stroke-dasharray="([^"]+)"/.exec(html)?.[1] ?? null).toBe(dash)
})

test('a clock that is over shows a mark in place of the ring', () => {
  const html = renderToString(<Clock words="超 2 小时" spent={1} tone="signal" />)
  expect(html).not.toContain('clock-ring')
  expect(html).toContain('class="icon icon-small"')
})

test.each([
  [0, 100, 0, 0],
  [0, 100, 35, 0.35],
  [0, 100, 100, 1],
  [0, 100, 200, 1],
  [50, 100, 0, 0],
  [100, 100, 100, 1],
])('from %d to %d, at %d the share spent is %d', (start, due, now, share) => {
  expect(shareSpent(start, due, now)).toBe(share)
})

test.each([
  [0, 'signal'],
  [1, 'amber'],
  [100, 'amber'],
  [101, 'muted'],
])('%d ms before it is due a clock is %s', (left, tone) => {
  expect(dueTone(1_000 + left, 1_000, 100)).toBe(tone)
})

test('a lower stair stands on the same ground as its neighbour', () => {
  const html = renderToString(
    <StairGrid
      label="楼层图"
      floorNames={['2层', '1层']}
      stairs={[
        { name: '1号', floors: [[{ home: '201' }], [{ home: '101' }]] },
        { name: '2号', floors: [[{ home: '102' }]] },
      ]}
    />,
  )
  const rows = html.match(/<tr>.*?<\/tr>/g) ?? []
  expect(rows[1]).toContain('201')
  expect(rows[1]).not.toContain('102')
  expect(rows[2]).toContain('101')
  expect(rows[2]).toContain('102')
})

test('a home that is not lit is neither a link nor a colour', () => {
  const html = renderToString(
    <StairGrid
      label="楼层图"
      floorNames={['1层']}
      stairs={[{ name: '26号', floors: [[{ home: '101' }]] }]}
    />,
  )
  expect(html).toContain('<span class="cell">101')
  expect(html).not.toContain('<a ')
})

test('a stair that is lit says what in its head, and its homes say nothing', () => {
  const lit = { words: '燃气报警', tone: 'signal', href: '/desk/tasks/1', current: true } as const
  const html = renderToString(
    <StairGrid
      label="楼层图"
      floorNames={['1层']}
      stairs={[
        { name: '25号', floors: [[{ home: '101' }]] },
        { name: '26号', lit, floors: [[{ home: '102' }]] },
      ]}
    />,
  )
  expect(html).toMatch(/<a class="stairs-lit-head cell-signal"[^>]*aria-current="true"[^>]*>26号/)
  expect(html).toMatch(/<td class="stairs-first stairs-lit-signal"><span class="cell">102/)
  expect(html).toMatch(/<td class="stairs-first"><span class="cell">101/)
})

test('shares of a bar are drawn in order and unknown is hatched', () => {
  const html = renderToString(
    <Bar
      label="六成在线"
      parts={[
        { share: 0.6, paint: 'jade' },
        { share: 0.4, paint: 'unknown' },
      ]}
    />,
  )
  const hatch = /<pattern id="([^"]+)"/.exec(html)?.[1]
  expect(html).toMatch(/paint-jade" x="0%"[^>]*width="60%"/)
  expect(html).toMatch(new RegExp(`fill="url\\(#${hatch}\\)" x="60%"`))
})

const silenceWords = {
  sentence: '四小时没有动静，其中一小时不算',
  lastSign: '最后一次',
  silent: '3 小时',
  gap: '断网 1 小时，不算在内',
  now: '现在',
  from: '从',
  to: '到',
  counts: '算',
  countsNot: '不算',
  at: (at: number) => `第${at}分`,
}

test('the picture of a silence says the same to those who only hear it', () => {
  const html = renderToString(
    <SilenceChart
      lastSeenAt={0}
      now={240}
      gaps={[{ from: 60, to: 120 }]}
      tone="amber"
      words={silenceWords}
    />,
  )
  const cells = [...html.matchAll(/<td>([^<]*)<\/td>/g)].map((cell) => cell[1])
  expect(cells).toEqual([
    ...['第0分', '第60分', '算'],
    ...['第60分', '第120分', '不算'],
    ...['第120分', '第240分', '算'],
  ])
  expect(html).toContain(`<caption>${silenceWords.sentence}</caption>`)
})

test('nothing before the last sign of life is drawn or said', () => {
  const html = renderToString(
    <SilenceChart
      lastSeenAt={100}
      now={240}
      gaps={[{ from: 20, to: 60 }]}
      tone="jade"
      words={silenceWords}
    />,
  )
  expect(html).not.toMatch(/第(20|60)分|x="-/)
})

test('a month of looks lists only the days on which somebody looked', () => {
  const days = Array.from({ length: 30 }, (_, at) => ({
    label: `第${at}天`,
    count: at % 10 ? 0 : 2,
  }))
  const html = renderToString(
    <LooksChart days={days} label="被看 6 次" dayWord="日期" countWord="次数" />,
  )
  expect(html.match(/<rect/g)).toHaveLength(30)
  expect(html.match(/scope="row"/g)).toHaveLength(3)
})
