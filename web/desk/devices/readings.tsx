import { minuteMs } from '../../../src/kernel/clock.ts'
import { useNow } from '../../shell/shell.tsx'
import { useDeviceWords, useLanguage } from '../../shell/words.tsx'
import type { DeviceWords } from '../../shell/words.tsx'
import { Heading } from '../../ui/card.tsx'
import { LooksChart } from '../../ui/charts.tsx'
import { formatCount, formatDate, formatInstant } from '../../words/format.ts'
import { startOf } from './counted.tsx'
import type { Device } from './device-page.tsx'

/** Judged and gone: no day of them is counted. */
const briefPurposes = new Set<Device['purpose']>(['agreed-care', 'door-security'])

/** How much it said, day by day; and what, only where the answer tells it. */
export function Readings(props: { device: Device }) {
  const { readings, newest, purpose } = props.device
  const words = useDeviceWords()
  const purposes = [...new Set(readings.map((one) => one.purpose))]
  return (
    <section class="stack">
      <Heading line={purpose === 'agreed-care' ? words.neverContents : undefined}>
        {words.readingsTitle}
      </Heading>
      {readings.length === 0 ? (
        <p class="note">{briefPurposes.has(purpose) ? words.readingsGone : words.readingsNone}</p>
      ) : null}
      {purposes.map((one) => (
        <OfPurpose key={one} device={props.device} purpose={one} isOnly={purposes.length === 1} />
      ))}
      {newest.length > 0 ? <Newest device={props.device} /> : null}
    </section>
  )
}

function OfPurpose(props: { device: Device; purpose: Device['purpose']; isOnly: boolean }) {
  const words = useDeviceWords()
  const language = useLanguage()
  const now = useNow()
  const days = props.device.readings
    .filter((one) => one.purpose === props.purpose)
    .toSorted((a, b) => a.day.localeCompare(b.day))
    .map(({ day, count }) => ({ label: formatDate(startOf(day), now, language), count }))
  const total = days.reduce((sum, { count }) => sum + count, 0)
  const { says } = words.purpose(props.purpose)
  return (
    <div class="stack stack-tight">
      <p class="small">
        {props.isOnly ? null : `${says} · `}
        {words.messages(formatCount(total))}
      </p>
      <LooksChart
        days={days}
        label={`${words.readingsTitle} · ${says}`}
        dayWord={words.day}
        countWord={words.count}
      />
    </div>
  )
}

function Newest(props: { device: Device }) {
  const words = useDeviceWords()
  const language = useLanguage()
  const now = useNow()
  return (
    <div class="stack stack-tight">
      <h3 class="strong">{words.newestTitle}</h3>
      <table class="ledger">
        <thead>
          <tr>
            <th scope="col">{words.eventAt}</th>
            <th scope="col">{words.said}</th>
            <th scope="col" class="right">
              {words.arrivedAt}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.device.newest.map((one) => (
            <tr key={`${one.arrivedAt} ${one.state}`}>
              <td>{formatInstant(one.eventAt, now, language)}</td>
              <td>{readingSaid(one, words)}</td>
              <td class="right">
                {one.arrivedAt - one.eventAt < minuteMs
                  ? words.atOnce
                  : formatInstant(one.arrivedAt, now, language)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** A state in a word, or a measure with its unit. */
export function readingSaid(
  reading: { state: string; value: number | null },
  words: DeviceWords,
): string {
  const measure = words.measure(reading.state)
  if (!measure || reading.value === null) return words.readingState(reading.state)
  const amount = reading.value / measure.per
  const said = measure.per === 1 ? formatCount(amount) : amount.toFixed(measure.per === 100 ? 1 : 2)
  return `${measure.name} ${words.measured(said, measure.unit)}`
}
