import { dayMs, type Instant } from '../../../src/kernel/clock.ts'
import { useNow } from '../../shell/shell.tsx'
import { useDeviceWords, useLanguage } from '../../shell/words.tsx'
import { Card } from '../../ui/card.tsx'
import { formatCount, formatDate, formatInstant } from '../../words/format.ts'

export type Counted = { day: string; reason: string; count: number; lastAt: Instant }

/** What was refused or odd, by reason: how often, what it means and what to do. */
export function CountedReasons(props: {
  counted: readonly Counted[]
  says: (reason: string) => { says: string; toDo: string }
}) {
  const words = useDeviceWords()
  const language = useLanguage()
  const now = useNow()
  const reasons = [...new Set(props.counted.map(({ reason }) => reason))]
  return (
    <div class="stack">
      {reasons.map((reason) => {
        const days = props.counted.filter((one) => one.reason === reason)
        const count = days.reduce((sum, one) => sum + one.count, 0)
        const last = Math.max(...days.map(({ lastAt }) => lastAt))
        const { says, toDo } = props.says(reason)
        return (
          <Card key={reason}>
            <p class="strong">{says}</p>
            <p class="small">
              {words.reasonCount(formatCount(count), formatInstant(last, now, language))}
            </p>
            <p class="note above-1">{toDo}</p>
            {days.length > 1 ? <Days days={days} label={says} /> : null}
          </Card>
        )
      })}
    </div>
  )
}

function Days(props: { days: readonly Counted[]; label: string }) {
  const words = useDeviceWords()
  const language = useLanguage()
  const now = useNow()
  return (
    <details>
      <summary class="button button-quiet out-left">{words.byDay}</summary>
      <table class="ledger">
        <caption class="visually-hidden">{props.label}</caption>
        <thead>
          <tr>
            <th scope="col">{words.day}</th>
            <th scope="col" class="right">
              {words.count}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.days.map((one) => (
            <tr key={one.day}>
              <th scope="row">{formatDate(startOf(one.day), now, language)}</th>
              <td class="right">{formatCount(one.count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

/** The beginning of a day in Shanghai; `YYYY-MM-DD`. */
export function startOf(day: string): Instant {
  return Date.parse(`${day}T00:00:00+08:00`)
}

/** Whole days from one day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((startOf(to) - startOf(from)) / dayMs)
}
