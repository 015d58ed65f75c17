import { useState } from 'preact/hooks'
import { MessageSquareWarning, Plus } from 'lucide'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { myReports, reportByReceipt } from '../../src/desks/tasks/reporting/api.ts'
import { call } from '../shell/call.ts'
import { RefusalStrip } from '../shell/strips.tsx'
import { useAct, useFirst, useIsAlive } from '../shell/shell.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useResidentWords, useWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Card, Heading } from '../ui/card.tsx'
import { TextField } from '../ui/field.tsx'
import { List, Row } from '../ui/list.tsx'
import { State } from '../ui/state.tsx'
import { Resident, useMe } from './frame.tsx'
import { Headline } from './headline.tsx'
import { PageHead } from './page-head.tsx'
import { ReportForm } from './report-form.tsx'

type Reports = Output<typeof myReports>['reports']
type Report = Reports[number]

/** Something about a place is reported; whoever did sees here what became of it. */
export function ReportPage() {
  const words = useResidentWords('reporting')
  const { result, again } = useFirst<typeof myReports>('/tasks/my-reports', {})
  const [receipt, setReceipt] = useState<string | null>(null)
  const place = useMe()?.place
  const answered = result.value
  const onMade = async (made: string) => {
    setReceipt(made)
    await again()
  }
  return (
    <Resident back={{ href: '/home', words: useWords().ui.home }}>
      <noscript class="strip strip-amber under-4">{words.noScript}</noscript>
      <div class="stack stack-wide">
        <PageHead title={words.title} line={words.line} read={words.promises.join('\n')} />
        <p class="strong">{words.emergency}</p>
        {receipt !== null ? (
          <Made receipt={receipt} onAnother={() => setReceipt(null)} />
        ) : place ? (
          <ReportForm home={place} onMade={onMade} />
        ) : null}
        {answered?.ok ? (
          <Mine reports={answered.answer.reports} />
        ) : (
          <Unanswered refusal={answered?.refusal} again={again} />
        )}
        <ByReceipt />
        <Promises />
      </div>
    </Resident>
  )
}

/** The receipt stands here once. */
function Made(props: { receipt: string; onAnother: () => void }) {
  const words = useResidentWords('reporting')
  return (
    <Card label={words.sentHead}>
      <div class="stack stack-wide">
        <Headline step={1} level={2}>
          {words.sentHead}
        </Headline>
        <div class="stack stack-tight">
          <p>{words.receipt}</p>
          <p class="title receipt">{props.receipt}</p>
          <p class="small">{words.sentLine}</p>
        </div>
        <Button icon={Plus} wide onClick={props.onAnother}>
          {words.another}
        </Button>
      </div>
    </Card>
  )
}

function Mine(props: { reports: Reports }) {
  const words = useResidentWords('reporting')
  return (
    <section class="stack">
      <Heading>{words.listHead}</Heading>
      {props.reports.length === 0 ? (
        <State
          kind="empty"
          icon={MessageSquareWarning}
          title={words.listNone}
          line={words.listNoneLine}
        />
      ) : (
        <List label={words.listHead}>
          {props.reports.map((report, n) => (
            <ReportRow key={`${report.madeOn} ${n}`} report={report} />
          ))}
        </List>
      )}
    </section>
  )
}

function ReportRow(props: { report: Report }) {
  const { report } = props
  const words = useResidentWords('reporting')
  const { places } = useWords()
  const found = report.outcome && words.outcome('hazard', report.outcome)
  const state = [words.state(report.state), found].filter(Boolean).join('：')
  const days = [
    report.place ? places.spot(report.place) : places.unknownPlace,
    words.madeOn(report.madeOn),
    ...(report.closedOn === null ? [] : [words.closedOn(report.closedOn)]),
  ]
  return (
    <Row
      title={words.what(report.what)}
      detail={state}
      line={[...days, report.words].filter(Boolean).join(' · ')}
    />
  )
}

/** For whoever reported from another device. */
function ByReceipt() {
  const words = useResidentWords('reporting')
  const isAlive = useIsAlive()
  const [receipt, setReceipt] = useState('')
  const [found, setFound] = useState<Report | null>(null)
  const act = useAct()
  const look = async (event: Event) => {
    event.preventDefault()
    if (act.isBusy || receipt.trim() === '') return
    await act.run(async () => {
      const input = { receipt: receipt.trim().padEnd(20).slice(0, 40) }
      const answer = await call<typeof reportByReceipt>('post', '/tasks/my-reports/receipt', input)
      setFound(answer.ok ? answer.answer : null)
      return answer
    })
  }
  return (
    <section class="stack">
      <Heading>{words.byReceiptHead}</Heading>
      <form method="post" action="/report" noValidate onSubmit={(event) => void look(event)}>
        <fieldset class="stack" disabled={!isAlive}>
          <TextField
            label={words.receipt}
            name="receipt"
            help={words.byReceiptHelp}
            maxLength={40}
            value={receipt}
            onInput={setReceipt}
          />
          <Button type="submit" wide busy={act.isBusy}>
            {words.byReceipt}
          </Button>
        </fieldset>
      </form>
      <RefusalStrip refusal={act.refusal} />
      {found ? (
        <List label={words.byReceiptHead}>
          <ReportRow report={found} />
        </List>
      ) : null}
    </section>
  )
}

function Promises() {
  const words = useResidentWords('reporting')
  return (
    <Card label={words.promiseHead} sunk>
      <h2 class="strong under-2">{words.promiseHead}</h2>
      <ul class="points">
        {words.promises.map((promise) => (
          <li key={promise}>{promise}</li>
        ))}
      </ul>
    </Card>
  )
}
