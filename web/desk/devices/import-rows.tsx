import type { Output } from '../../../src/kernel/endpoint.ts'
import type { importDryRun } from '../../../src/watch/devices/api.ts'
import { useDeviceWords, useLanguage, useWorkWords } from '../../shell/words.tsx'
import { Badge } from '../../ui/badge.tsx'
import { formatCount } from '../../words/format.ts'

type ImportRow = Output<typeof importDryRun>['rows'][number]

/** More of them than this help nobody: these are mended first. */
const shownMax = 100

/** What has to be mended, row by row, in the words of the file; the others behind one press. */
export function ImportRows(props: { rows: readonly ImportRow[] }) {
  const words = useDeviceWords()
  const bad = props.rows.filter(({ errors }) => errors.length > 0)
  const good = props.rows.filter(({ errors }) => errors.length === 0)
  return (
    <>
      {bad.length > 0 ? <Rows rows={bad} label={words.wrong} /> : null}
      {good.length > 0 ? (
        <details>
          <summary class="button button-quiet out-left">
            {words.goodRows(formatCount(good.length))}
          </summary>
          <Rows rows={good} label={words.fine} />
        </details>
      ) : null}
    </>
  )
}

function Rows(props: { rows: readonly ImportRow[]; label: string }) {
  const words = useDeviceWords()
  const left = props.rows.length - shownMax
  return (
    <div class="stack">
      <ul class="import-rows" aria-label={props.label}>
        {props.rows.slice(0, shownMax).map((row) => (
          <OneRow key={row.row} row={row} />
        ))}
      </ul>
      {left > 0 ? <p class="note">{words.moreRows(formatCount(left))}</p> : null}
    </div>
  )
}

function OneRow(props: { row: ImportRow }) {
  const { row } = props
  const words = useDeviceWords()
  const { sensing } = useWorkWords()
  const language = useLanguage()
  const parts = [sensing.kind(row.kind), row.place, row.gateway, row.nameAtGateway, row.model]
  return (
    <li class="import-row">
      <p class="small">
        <Badge tone={row.errors.length > 0 ? 'amber' : 'plain'}>{words.row(row.row)}</Badge>{' '}
        {parts.filter((part) => part !== '').join(' · ')}
      </p>
      {row.errors.map((error) => (
        <p key={error.column} class="small-strong is-signal">
          {error.column}: {error[language]}
        </p>
      ))}
    </li>
  )
}
