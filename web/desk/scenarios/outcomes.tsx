import type { Outcome } from '../../../src/kernel/event.ts'
import { useScenarioWords } from '../../shell/words.tsx'
import type { Paint } from '../../ui/charts.tsx'
import { formatCount } from '../../words/format.ts'

export type Counted = readonly { outcome: Outcome; count: number }[]

/** What needed somebody first, what misled last. */
export const outcomeOrder: readonly Outcome[] = [
  'needed-help',
  'hazard-real',
  'fine',
  'away',
  'refused',
  'hazard-false',
  'wrong-home',
  'sensor-fault',
]

export const outcomePaint: Readonly<Record<Outcome, Paint>> = {
  'needed-help': 'brick',
  'hazard-real': 'signal',
  fine: 'jade',
  away: 'sand',
  refused: 'none',
  'hazard-false': 'amber',
  'wrong-home': 'amber',
  'sensor-fault': 'ink',
}

/** Above this the page says so and asks for review. */
export const misleadingPercentMax = 5

export function sumOf(counted: Counted): number {
  return counted.reduce((sum, one) => sum + one.count, 0)
}

/** "要帮忙 9，平安 163，外出 31" in the order of what matters. */
export function OutcomesSaid(props: { counted: Counted }) {
  const words = useScenarioWords()
  const said = outcomeOrder.flatMap((outcome) => {
    const count = props.counted.find((one) => one.outcome === outcome)?.count ?? 0
    return count === 0 ? [] : [words.counted(words.outcome(outcome), formatCount(count))]
  })
  return <>{said.length === 0 ? words.noOutcomes : said.join(words.comma)}</>
}

/** "5.1%" */
export function percentSaid(value: number): string {
  return `${Math.round(value * 10) / 10}%`
}
