import { useId } from 'preact/hooks'
import { minuteMs, type Instant } from '../../../src/kernel/clock.ts'
import { useNow } from '../../shell/shell.tsx'
import { useDeviceWords, useLanguage } from '../../shell/words.tsx'
import { Heading } from '../../ui/card.tsx'
import { Hatch, Legend, percent } from '../../ui/charts.tsx'
import { formatDate, formatDuration } from '../../words/format.ts'
import { daysOf, stretchesOf, stripStart, type Interval, type Stretch } from './coverage.ts'
import type { Device } from './device-page.tsx'

const faces: Readonly<Record<Stretch['is'], string>> = {
  working: 'paint-jade',
  unknown: 'coverage-unknown',
  'not-yet': 'coverage-not-yet',
}

type Known = { coverage: readonly Interval[]; installedAt: Instant }

/** When it worked in the last fourteen days; what is not green is hatched, for nobody knows. */
export function Coverage(props: { device: Device }) {
  const { device } = props
  const { homeCoverage, installedAt } = device
  const words = useDeviceWords()
  const label = useLabel(device)
  const isNew = installedAt > stripStart(useNow())
  return (
    <section class="stack">
      <Heading line={label}>{words.coverageTitle}</Heading>
      <Strip known={device} label={label} />
      {homeCoverage === null ? null : <HomeStrip known={{ coverage: homeCoverage, installedAt }} />}
      <Legend
        items={[
          { paint: 'jade', words: words.working },
          { paint: 'unknown', words: words.nothingKnown },
          ...(isNew ? [{ paint: 'none' as const, words: words.notYet }] : []),
        ]}
      />
      <Table known={device} />
    </section>
  )
}

/** All sensors of the home together: only then does silence count. */
function HomeStrip(props: { known: Known }) {
  const words = useDeviceWords()
  const label = useLabel(props.known)
  return (
    <div class="stack stack-tight">
      <h3 class="strong">{words.homeTitle}</h3>
      <p class="note">
        {words.homeLine} {label}
      </p>
      <Strip known={props.known} label={label} />
    </div>
  )
}

function Strip(props: { known: Known; label: string }) {
  const { coverage, installedAt } = props.known
  const language = useLanguage()
  const now = useNow()
  const hatch = useId()
  return (
    <figure>
      <svg class="chart coverage" role="img" aria-label={props.label}>
        <defs>
          <Hatch id={hatch} />
        </defs>
        {stretchesOf(coverage, installedAt, now).map((stretch) => (
          <rect
            key={stretch.from}
            class={faces[stretch.is]}
            {...(stretch.is === 'unknown' ? { fill: `url(#${hatch})` } : {})}
            x={percent(stretch.from)}
            width={percent(stretch.to - stretch.from)}
            y="1"
            height="30"
          />
        ))}
        <line class="axis" x1="0" x2="100%" y1="31.5" y2="31.5" />
      </svg>
      <div class="chart-labels" aria-hidden="true">
        <span>{formatDate(stripStart(now), now, language)}</span>
        <span>{formatDate(now, now, language)}</span>
      </div>
    </figure>
  )
}

/** The strip in one sentence. */
function useLabel({ coverage, installedAt }: Known): string {
  const words = useDeviceWords()
  const language = useLanguage()
  const days = daysOf(coverage, installedAt, useNow())
  const workingMs = days.reduce((sum, day) => sum + day.workingMs, 0)
  const unknownMs = days.reduce((sum, day) => sum + day.unknownMs, 0)
  if (workingMs === 0) return words.coverageNone
  // below a minute it is the way between two heartbeats, and no gap
  if (unknownMs < minuteMs) return words.coverageFull
  // rounded down: it is never said to have worked more than it did
  const share = Math.floor((workingMs / (workingMs + unknownMs)) * 1_000) / 10
  return words.coverageSays(`${share}%`, formatDuration(unknownMs, language))
}

function Table(props: { known: Known }) {
  const { coverage, installedAt } = props.known
  const words = useDeviceWords()
  const language = useLanguage()
  const now = useNow()
  const long = (ms: number) => (ms === 0 ? '–' : formatDuration(ms, language))
  return (
    <details>
      <summary class="button button-quiet out-left">{words.showTable}</summary>
      <table class="ledger">
        <caption class="visually-hidden">{words.coverageTitle}</caption>
        <thead>
          <tr>
            <th scope="col">{words.day}</th>
            <th scope="col" class="right">
              {words.workingFor}
            </th>
            <th scope="col" class="right">
              {words.unknownFor}
            </th>
          </tr>
        </thead>
        <tbody>
          {daysOf(coverage, installedAt, now).map((day) => (
            <tr key={day.day}>
              <th scope="row">{formatDate(day.at, now, language)}</th>
              <td class="right">{long(day.workingMs)}</td>
              <td class="right">{long(day.unknownMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
