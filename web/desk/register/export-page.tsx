import { useState } from 'preact/hooks'
import { Download } from 'lucide'
import type {
  askExport,
  decideExport,
  fetchExport,
  listExports,
} from '../../../src/ground/people/exporting/api.ts'
import type { ExportReason } from '../../../src/ground/people/exporting/types.ts'
import type { FileFormat, ImportKind } from '../../../src/ground/people/importing/types.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import { call } from '../../shell/call.ts'
import { useAct, useFirst, useIsAlive, useNow } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useLanguage, useRegisterWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Heading } from '../../ui/card.tsx'
import { ChoiceGroup } from '../../ui/choice.tsx'
import { SelectField } from '../../ui/field.tsx'
import { List, Row } from '../../ui/list.tsx'
import { formatInstant } from '../../words/format.ts'
import { saveFile } from '../devices/files.ts'
import { keysOf, RegisterPage, registerPaths, useIsOfficer } from './frame.tsx'
import { StepUpDialog, useStepUp } from './step-up.tsx'

type Export = Output<typeof listExports>['exports'][number]

/** A file of the register leaves with a reason, and where it is long with the yes of two others. */
export function ExportPage() {
  const words = useRegisterWords()
  const kept = useFirst<typeof listExports>('/people/exports', {})
  const result = kept.result.value
  return (
    <RegisterPage at={registerPaths.export} title={words.exportTitle} line={words.exportLine}>
      <AskForm again={kept.again} />
      <section class="stack">
        <Heading>{words.exports}</Heading>
        {result?.ok ? (
          <>
            {result.answer.exports.length === 0 ? (
              <p class="note">{words.exportsNone}</p>
            ) : (
              <List label={words.exports}>
                {result.answer.exports.map((one) => (
                  <OneExport key={one.export} asked={one} again={kept.again} />
                ))}
              </List>
            )}
          </>
        ) : (
          <Unanswered refusal={result?.refusal} again={kept.again} />
        )}
      </section>
    </RegisterPage>
  )
}

function AskForm(props: { again: () => Promise<void> }) {
  const words = useRegisterWords()
  const isAlive = useIsAlive()
  const { isBusy, refusal, run } = useAct()
  const [kind, setKind] = useState<ImportKind>('residents')
  const [reason, setReason] = useState<ExportReason | ''>('')
  const put = async () => {
    if (reason === '') return
    const asked = { kind, reason }
    if (await run(() => call<typeof askExport>('post', '/people/exports', asked))) {
      setReason('')
      await props.again()
    }
  }
  return (
    <fieldset class="stack" disabled={!isAlive}>
      <SelectField
        label={words.exportKind}
        name="kind"
        options={keysOf(words.kinds).map((value) => ({ value, words: words.kinds[value] }))}
        value={kind}
        onInput={(value) => setKind(value as ImportKind)}
      />
      <ChoiceGroup
        legend={words.exportReason}
        name="reason"
        options={keysOf(words.exportReasons).map((value) => ({
          value,
          words: words.exportReasons[value],
        }))}
        value={reason}
        onPick={(value) => setReason(value as ExportReason)}
      />
      <RefusalStrip refusal={refusal} />
      <div>
        <Button kind="primary" busy={isBusy} disabled={reason === ''} onClick={() => void put()}>
          {words.exportAsk}
        </Button>
      </div>
    </fieldset>
  )
}

function OneExport(props: { asked: Export; again: () => Promise<void> }) {
  const { asked, again } = props
  const words = useRegisterWords()
  const language = useLanguage()
  const now = useNow()
  const isOfficer = useIsOfficer()
  const { isBusy, refusal, run } = useAct()
  const stepUp = useStepUp(refusal)
  const decide = async (verdict: 'approve' | 'refuse') => {
    const put = { export: asked.export, verdict }
    if (await run(() => call<typeof decideExport>('post', '/people/exports/decide', put))) {
      await again()
    }
  }
  const fetchAs = async (format: FileFormat) => {
    const done = await run(async () => {
      const put = { export: asked.export, format }
      const result = await call<typeof fetchExport>('post', '/people/exports/fetch', put)
      if (result.ok) saveFile(result.answer.name, result.answer.base64)
      return result
    })
    if (done) await again()
  }
  return (
    <Row
      title={`${words.kinds[asked.kind]} · ${words.exportRows(asked.rows)}`}
      detail={words.exportReasons[asked.reason]}
      line={[
        words.askedBy(asked.name),
        formatInstant(asked.askedAt, now, language),
        words.exportStates[asked.state],
        ...(asked.approvalsNeeded > 0
          ? [words.approvals(asked.approvals, asked.approvalsNeeded)]
          : []),
        ...(asked.fetchedAt === null ? [] : [words.exportFetched]),
      ].join(' · ')}
      more={
        <div class="stack stack-tight">
          <div class="flow">
            {asked.state === 'ready' && asked.byAsker ? (
              <>
                <Button icon={Download} busy={isBusy} onClick={() => void fetchAs('xlsx')}>
                  {words.fetchXlsx}
                </Button>
                <Button busy={isBusy} onClick={() => void fetchAs('csv')}>
                  {words.fetchCsv}
                </Button>
              </>
            ) : null}
            {asked.state === 'waiting' && isOfficer && !asked.byAsker ? (
              <>
                <Button busy={isBusy} onClick={() => void decide('approve')}>
                  {words.approve}
                </Button>
                <Button busy={isBusy} onClick={() => void decide('refuse')}>
                  {words.refuse}
                </Button>
              </>
            ) : null}
          </div>
          <RefusalStrip refusal={stepUp.isNeeded ? null : refusal} />
          <StepUpDialog stepUp={stepUp} />
        </div>
      }
    />
  )
}
