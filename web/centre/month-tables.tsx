import { useCentreWords, useLanguage, useWorkWords } from '../shell/words.tsx'
import { joined } from '../ui/icon.tsx'
import { formatDuration, formatList } from '../words/format.ts'
import { Chart } from './chart.tsx'
import { Scroll } from './frame.tsx'
import { openedPath } from './lists.ts'
import { Hood } from './name.tsx'
import type { Month } from './month-page.tsx'

type Row = Month['rows'][number]
type Took = Row['answered']

/** How fast, by kind of matter. Small numbers stand as they are: they count matters, not people. */
export function KindTable(props: {
  rows: readonly Row[]
  month: string
  committee: string | undefined
}) {
  const words = useCentreWords()
  const { month, committee } = props
  return (
    <Scroll label={words.byKind}>
      <table class="sheet sheet-month">
        <thead>
          <tr>
            <th scope="col">{words.columns.what}</th>
            <th scope="col" class="right">
              {words.matters}
            </th>
            <th scope="col" class="right">
              {words.late}
            </th>
            <th scope="col">
              {words.answered}
              <TookHead />
            </th>
            <th scope="col">
              {words.reached}
              <TookHead />
            </th>
            <th scope="col">
              {words.closedIn}
              <TookHead />
            </th>
            <th scope="col" class="right">
              {words.climbed}
            </th>
            <th scope="col">{words.outcomes}</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <KindRow
              key={`${row.kind} ${row.rule}`}
              row={row}
              month={month}
              committee={committee}
            />
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function TookHead() {
  const words = useCentreWords()
  return (
    <span class="note took-head">
      {words.half} · {words.nineOfTen}
    </span>
  )
}

function KindRow(props: { row: Row; month: string; committee: string | undefined }) {
  const words = useCentreWords()
  const { tasks } = useWorkWords()
  const language = useLanguage()
  const { row, month, committee } = props
  return (
    <tr>
      <th scope="row">
        <a class="sheet-door" href={openedPath(month, { ...row, committee })}>
          {tasks.badge(row.rule, row.kind)}
        </a>
      </th>
      <td class="right bold">{row.matters}</td>
      <td class={joined('right', row.late > 0 && 'is-signal', row.late > 0 && 'bold')}>
        {row.late}
      </td>
      <TookCell took={row.answered} of={row.matters} />
      <TookCell took={row.reached} of={row.matters} />
      <TookCell took={row.closed} of={row.matters} />
      <td class="right">{row.climbed}</td>
      <td class="small">
        {formatList(
          row.outcomes.map(({ outcome, count }) =>
            words.outcomeCount(tasks.outcome(row.kind, outcome), count),
          ),
          language,
        )}
      </td>
    </tr>
  )
}

function TookCell(props: { took: Took; of: number }) {
  const words = useCentreWords()
  const language = useLanguage()
  const { count, half, nineOfTen } = props.took
  if (half === null || nineOfTen === null) return <td class="muted">{words.tookNone}</td>
  return (
    <td>
      {formatDuration(half, language)} · {formatDuration(nineOfTen, language)}
      {count < props.of ? <span class="note took-count"> ({words.tookCount(count)})</span> : null}
    </td>
  )
}

export function CommitteeTable(props: { committees: Month['committees']; month: string }) {
  const words = useCentreWords()
  const { month } = props
  const sum = (count: (one: Month['committees'][number]) => number) =>
    props.committees.reduce((all, one) => all + count(one), 0)
  return (
    <Scroll label={words.byCommittee}>
      <table class="sheet">
        <thead>
          <tr>
            <th scope="col">{words.columns.where}</th>
            <th scope="col" class="right">
              {words.matters}
            </th>
            <th scope="col" class="right">
              {words.late}
            </th>
          </tr>
        </thead>
        <tbody>
          {props.committees.map((one) => (
            <tr key={one.committee}>
              <th scope="row">
                <a class="sheet-door" href={openedPath(month, { committee: one.committee })}>
                  <Hood name={one.name} />
                </a>
              </th>
              <td class="right">{one.matters}</td>
              <td class={joined('right', one.late > 0 && 'is-signal')}>{one.late}</td>
            </tr>
          ))}
          <tr class="bold">
            <th scope="row">{words.whole}</th>
            <td class="right">{sum(({ matters }) => matters)}</td>
            <td class="right">{sum(({ late }) => late)}</td>
          </tr>
        </tbody>
      </table>
    </Scroll>
  )
}

function sizeOf(rows: number): 'few' | 'some' | 'many' {
  if (rows <= 4) return 'few'
  return rows <= 12 ? 'some' : 'many'
}

/** The same figures as a picture: how many were late. */
export function LateChart(props: { rows: readonly Row[] }) {
  const words = useCentreWords()
  const { tasks } = useWorkWords()
  const { rows } = props
  const sum = (count: (row: Row) => number) => rows.reduce((all, row) => all + count(row), 0)
  return (
    <>
      <ul class="legend">
        <li class="legend-item">
          <span class="swatch swatch-signal" />
          {words.late}
        </li>
        <li class="legend-item">
          <span class="swatch swatch-jade" />
          {words.inTime}
        </li>
      </ul>
      <Chart
        className={`chart-late chart-${sizeOf(rows.length)}`}
        label={words.monthChartLabel(
          rows.length,
          sum(({ matters }) => matters),
          sum(({ late }) => late),
        )}
        drawn={{
          is: 'late',
          labels: rows.map(({ rule, kind }) => tasks.badge(rule, kind)),
          late: rows.map(({ late }) => late),
          inTime: rows.map(({ matters, late }) => matters - late),
          says: { late: words.late, inTime: words.inTime },
        }}
      />
    </>
  )
}
