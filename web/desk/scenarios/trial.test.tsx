import { renderToString } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { makeShell, ShellProvider } from '../../shell/shell.tsx'
import { speak } from '../../shell/speak.ts'
import { languages, type Language } from '../../words/index.ts'
import { scenarioWordsOf } from '../../words/scenarios.ts'
import { now } from '../sample.ts'
import * as sample from './sample.ts'
import { axisOf, shortNumber } from '../../ui/axis.ts'
import { committeesOf, daysOf, weeksOf, type Trial } from './trial-sums.ts'
import { TrialPanel } from './trial.tsx'

const day = (at: number, committee: string, draft: number, inForce: number) => ({
  day: `2026-07-${String(at).padStart(2, '0')}`,
  ...{ committee, draft, inForce },
  source: at === 1 ? ('simulated' as const) : ('stored' as const),
})

test('days are summed over the street, weeks are whole, hours are visits by their length', () => {
  const days = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((at) => [day(at, 'b', 1, 0), day(at, 'a', 2, 1)])
  const sums = daysOf({ days: days.toReversed() })
  expect(sums).toHaveLength(8)
  expect(sums[0]).toEqual({ day: '2026-07-01', draft: 3, inForce: 1, isSimulated: true })
  expect(sums[1]?.isSimulated).toBe(false)
  const mixed = [day(1, 'a', 1, 1), { ...day(1, 'b', 1, 1), source: 'stored' as const }]
  for (const days of [mixed, mixed.toReversed()]) {
    expect(daysOf({ days })[0]?.isSimulated).toBe(true)
  }
  expect(weeksOf(sums, { draft: 30, inForce: 60 })).toEqual([{ week: 1, draft: 10.5, inForce: 7 }])
  expect(committeesOf({ days })).toEqual([
    { committee: 'a', draft: 16, inForce: 8 },
    { committee: 'b', draft: 8, inForce: 0 },
  ])
})

test.each([
  [0, 2, [0, 1, 2]],
  [5, 5, [0, 1, 2, 3, 4, 5]],
  [12, 12, [0, 3, 6, 9, 12]],
  [28, 30, [0, 10, 20, 30]],
  [100_000, 100_000, [0, 20_000, 40_000, 60_000, 80_000, 100_000]],
])('an axis up to %j ends at %j', (most, top, marks) => {
  expect(axisOf(most)).toEqual({ top, marks })
})

test.each([
  [5.12, '5.1'],
  [24, '24'],
  [0.04, '0'],
])('%j is written %j', (value, text) => expect(shortNumber(value)).toBe(text))

function draw(trial: Trial | null, language: Language = 'zh-CN'): string {
  const request = { path: '/', params: {}, language, view: 'normal' as const, isDemo: true }
  return renderToString(
    <ShellProvider
      spoken={{ ...speak(language), scenarios: scenarioWordsOf(language) }}
      shell={makeShell({ ...request, first: {}, now })}
    >
      <TrialPanel
        rule={sample.careSilence}
        isWrong={false}
        nameOf={(place) => place}
        first={trial ? { rule: sample.careSilence, trial } : undefined}
      />
    </ShellProvider>,
  )
}

test('a trial says what of it is simulated, what nobody knows, and where people do not suffice', () => {
  const html = draw(sample.trial)
  for (const part of [
    '输入 97% 是模拟',
    '没人去过，不知道 247',
    '不能算平安，也不能算有事',
    '人手不够：24 天超过上限',
    '次，每千户每周，模拟的数',
  ]) {
    expect(html).toContain(part)
  }
  expect(html.match(/<details/g)?.length).toBe(4)
  expect(html.match(/role="img"/g)?.length).toBeGreaterThanOrEqual(4)
})

test('somebody in need who would be missed is said before everything else', () => {
  const html = draw({ ...sample.trial, draft: { ...sample.trial.draft, missed: 2 } })
  expect(html).toContain('会漏掉 2 次要帮忙的')
  expect(html).not.toContain('人手不够')
})

test.each(languages)('before a trial there is an invitation and no number, in %s', (language) => {
  const html = draw(null, language)
  expect(html).toContain(scenarioWordsOf(language).trialEmpty)
  expect(html).not.toContain('trial-number')
})
