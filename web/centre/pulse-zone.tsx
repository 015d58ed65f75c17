import { minuteMs } from '../../src/kernel/clock.ts'
import type { Kept } from '../shell/shell.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useCentreWords } from '../shell/words.tsx'
import { formatTime } from '../words/format.ts'
import { Chart } from './chart.tsx'
import { Zone, ZoneHead } from './frame.tsx'
import type { Pulse } from './matters.ts'

/** How much is heard each minute, and what is usual; the same as a table. */
export function PulseZone(props: { pulse: Kept<Pulse>; isWall?: boolean | undefined }) {
  const words = useCentreWords()
  const result = props.pulse.result.value
  const usual = result?.ok ? result.answer.usual : null
  return (
    <Zone label={words.pulseTitle} className="zone-pulse">
      <ZoneHead
        small
        aside={
          <span class="legend">
            <span class="legend-item">
              <span class="swatch key-pulse" />
              {words.pulseToday}
            </span>
            {usual ? (
              <span class="legend-item">
                <span class="swatch key-band" />
                {words.pulseUsual}
              </span>
            ) : null}
          </span>
        }
      >
        {words.pulseTitle}
      </ZoneHead>
      {result?.ok ? (
        <>
          <PulseChart pulse={result.answer} />
          {usual ? null : <p class="note">{words.pulseNoUsual}</p>}
          {props.isWall ? null : <PulseTable pulse={result.answer} />}
        </>
      ) : (
        <Unanswered refusal={result?.refusal} again={props.pulse.again} />
      )}
    </Zone>
  )
}

function PulseChart(props: { pulse: Pulse }) {
  const words = useCentreWords()
  const { minutes, usual } = props.pulse
  const latest = minutes.at(-1)?.heard ?? 0
  const last = usual?.at(-1)
  return (
    <Chart
      className="chart-pulse"
      label={words.pulseLabel(latest, last?.low ?? null, last?.high ?? null)}
      drawn={{
        is: 'pulse',
        labels: minutes.map(({ at }) => formatTime(at)),
        line: minutes.map(({ heard }) => heard),
        low: usual?.map(({ low }) => low) ?? null,
        high: usual?.map(({ high }) => high) ?? null,
        says: { line: words.pulseToday, band: words.pulseUsual },
      }}
    />
  )
}

const quarter = 15

function PulseTable(props: { pulse: Pulse }) {
  const words = useCentreWords()
  const { minutes, usual } = props.pulse
  const rows = Array.from({ length: Math.ceil(minutes.length / quarter) }, (_, index) => {
    const from = index * quarter
    const sum = (counts: readonly number[]) =>
      counts.slice(from, from + quarter).reduce((all, one) => all + one, 0)
    const own = minutes.slice(from, from + quarter)
    return {
      from: own[0]?.at ?? 0,
      to: (own.at(-1)?.at ?? 0) + minuteMs,
      heard: sum(minutes.map(({ heard }) => heard)),
      usual: usual && [sum(usual.map(({ low }) => low)), sum(usual.map(({ high }) => high))],
    }
  }).toReversed()
  return (
    <details class="room-details">
      <summary class="small">{words.pulseTable}</summary>
      <table class="told">
        <thead>
          <tr>
            <th scope="col">{words.pulseQuarter}</th>
            <th scope="col">{words.pulseHeard}</th>
            {usual ? <th scope="col">{words.pulseBetween}</th> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.from}>
              <th scope="row">
                {formatTime(row.from)}–{formatTime(row.to)}
              </th>
              <td>{row.heard}</td>
              {row.usual ? <td>{row.usual.join('–')}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
