import { useState } from 'preact/hooks'
import { ChevronLeft } from 'lucide'
import type { listMatters, streetNow } from '../../src/outlook/overview/api.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { CommitteeCode } from '../../src/kernel/ids.ts'
import type { Params } from '../shell/pages.ts'
import { useFirst, useShell } from '../shell/shell.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useCentreWords, useLanguage, useWorkWords } from '../shell/words.tsx'
import { Icon } from '../ui/icon.tsx'
import { State } from '../ui/state.tsx'
import { formatCount, formatInstant, formatTime } from '../words/format.ts'
import { Centre, Scroll, Zone } from './frame.tsx'
import { belongsTo, inputOf, isList, isNamed } from './lists.ts'
import { useStreet } from './live.ts'
import { MatterClock, nameOf } from './matter-list.tsx'
import { byUrgency, iconOf, toneOf, type StreetNow } from './matters.ts'
import { Hood, Name } from './name.tsx'
import { formatMonth } from './months.ts'

type Listed = Output<typeof listMatters>['matters'][number]

/** What stands behind a number: the matters it counts, by neighbourhood, never by home. */
export function ListPage(props: { params: Params }) {
  const words = useCentreWords()
  const { params } = props
  const street = useFirst<typeof streetNow>('/overview/street', {})
  // the day is that of the page's first moment, as the server asked with
  const [input] = useState(isList(params) ? inputOf(params, useShell().now.peek()) : null)
  const list = useFirst<typeof listMatters>('/overview/matters', input)
  useStreet(() => Promise.all([list.again(), street.again()]))
  const result = list.result.value
  const known = street.result.value
  if (!result?.ok || !known?.ok) {
    const refused = [result, known].find((one) => one?.ok === false)
    return (
      <Centre at="/centre/list" className="room-plain" title={words.title}>
        <Unanswered
          refusal={refused?.ok === false ? refused.refusal : undefined}
          again={async () => {
            await Promise.all([list.again(), street.again()])
          }}
        />
      </Centre>
    )
  }
  const { what } = params
  const now = result.answer.now
  const matters = isNamed(what)
    ? result.answer.matters.filter((one) => belongsTo(what, one, now))
    : result.answer.matters
  return (
    <Centre at="/centre/list" className="room-plain" title={words.titleOf(known.answer.name)}>
      <TheList params={params} matters={matters} street={known.answer} now={now} />
    </Centre>
  )
}

function TheList(props: {
  params: Params
  matters: readonly Listed[]
  street: StreetNow
  now: number
}) {
  const words = useCentreWords()
  const { params, matters, street, now } = props
  const { month } = params
  const title = useTitle(params, street)
  const rows =
    month === undefined && params.what !== 'closed-today'
      ? (byUrgency(matters, now) as Listed[])
      : matters
  return (
    <Zone label={title} className="zone-sheet">
      <p class="no-print">
        <a class="room-link" href={month === undefined ? '/centre' : `/centre/month/${month}`}>
          <Icon of={ChevronLeft} small />
          {month === undefined ? words.backToCentre : words.backToMonth}
        </a>
      </p>
      <h2 class="head">
        {title} <span class="muted plain">{formatCount(rows.length)}</span>
      </h2>
      {params.what === 'unowned' ? <ProofLines street={street} /> : null}
      {rows.length === 0 ? (
        <State kind="empty" title={words.listEmpty} />
      ) : (
        <Table label={title} rows={rows} street={street} now={now} />
      )}
      {rows.length >= 500 ? <p class="note">{words.listMost}</p> : null}
    </Zone>
  )
}

function useTitle(params: Params, street: StreetNow): string {
  const words = useCentreWords()
  const { tasks } = useWorkWords()
  const language = useLanguage()
  const { what, committee, month, kind, rule } = params
  if (isNamed(what)) return words.listOf[what]
  const where =
    committee === undefined ? '' : nameOf({ committee: committee as CommitteeCode }, street)
  if (month === undefined) return words.listIn(where)
  const when = formatMonth(month, language)
  if (kind === undefined) return `${where} · ${words.listAll(when)}`
  const named = tasks.badge(decodeURIComponent(rule ?? ''), kind as Listed['kind'])
  return [words.listOpened(when, named), where].filter(Boolean).join(' · ')
}

/** The look of the newest minute, in a sentence. */
function ProofLines(props: { street: StreetNow }) {
  const words = useCentreWords()
  const { proof } = props.street
  if (!proof) return <p>{words.unownedNotLooked}</p>
  return (
    <p>
      {proof.unescalated > 0
        ? words.listUnescalatedLine(proof.unescalated)
        : proof.unowned === 0
          ? words.listUnownedLine(formatTime(proof.at))
          : words.lookedAt(formatTime(proof.at))}
    </p>
  )
}

function Table(props: { label: string; rows: readonly Listed[]; street: StreetNow; now: number }) {
  const { columns } = useCentreWords()
  return (
    <Scroll label={props.label}>
      <table class="sheet sheet-list">
        <thead>
          <tr>
            <th scope="col">{columns.what}</th>
            <th scope="col">{columns.where}</th>
            <th scope="col">{columns.who}</th>
            <th scope="col">{columns.state}</th>
            <th scope="col">{columns.opened}</th>
            <th scope="col">{columns.due}</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((one) => (
            <ListRow key={one.task} one={one} {...props} />
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

function ListRow(props: { one: Listed; street: StreetNow; now: number }) {
  const words = useCentreWords()
  const { tasks } = useWorkWords()
  const language = useLanguage()
  const { one, now } = props
  const isLate = (one.closedAt ?? now) > one.deadline
  const outcome = one.outcome === null ? '' : ` · ${tasks.outcome(one.kind, one.outcome)}`
  return (
    <tr>
      <th scope="row">
        <a class="sheet-door" href={`/centre/matters/${one.task}`}>
          <Icon
            of={iconOf(one)}
            className={one.state === 'closed' ? 'is-muted' : `is-${toneOf(one, now)}`}
          />
          {tasks.badge(one.rule, one.kind)}
        </a>
      </th>
      <td>
        <Hood name={nameOf(one, props.street)} />
      </td>
      <td>{one.post.title === '' ? '—' : <Name of={`${one.post.unit} ${one.post.title}`} />}</td>
      <td>
        {words.state(one.state)}
        {outcome}
      </td>
      <td>{formatInstant(one.openedAt, now, language)}</td>
      <td>
        {one.closedAt === null ? (
          <MatterClock matter={one} />
        ) : (
          <>
            {words.columns.closed} {formatInstant(one.closedAt, now, language)}
            {isLate ? <span class="is-signal"> · {words.lateWord}</span> : null}
          </>
        )}
      </td>
    </tr>
  )
}
