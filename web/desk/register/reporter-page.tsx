import { useState } from 'preact/hooks'
import { LockKeyholeOpen } from 'lucide'
import type { oneMatter } from '../../../src/outlook/overview/api.ts'
import type { openReporter } from '../../../src/ground/privacy/reporters/api.ts'
import type { OpeningReason } from '../../../src/ground/privacy/reporters/types.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import type { TaskId } from '../../../src/kernel/ids.ts'
import { call } from '../../shell/call.ts'
import type { Params } from '../../shell/pages.ts'
import { useAct, useFirst, useIsAlive, useNow } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useLanguage, useRegisterWords, useWorkWords } from '../../shell/words.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card, Facts } from '../../ui/card.tsx'
import { ChoiceGroup } from '../../ui/choice.tsx'
import { Strip } from '../../ui/state.tsx'
import { formatInstant } from '../../words/format.ts'
import { keysOf, RegisterPage, registerPaths } from './frame.tsx'
import { StepUpDialog, useStepUp } from './step-up.tsx'

type Matter = Output<typeof oneMatter>
type Reporters = Output<typeof openReporter>['reporters']

/** Who reported one matter: for the one post that may, with a reason that the reporter reads. */
export function ReporterPage(props: { params: Params }) {
  const words = useRegisterWords()
  const task = (props.params.task ?? '') as TaskId
  const kept = useFirst<typeof oneMatter>('/overview/matter', { task })
  const result = kept.result.value
  return (
    <RegisterPage at={registerPaths.keeper} title={words.reporterTitle} line={words.reporterLine}>
      {result?.ok ? (
        <OneReport matter={result.answer} />
      ) : (
        <Unanswered refusal={result?.refusal} again={kept.again} />
      )}
    </RegisterPage>
  )
}

function OneReport(props: { matter: Matter }) {
  const { matter } = props
  const words = useRegisterWords()
  const { tasks } = useWorkWords()
  const language = useLanguage()
  const now = useNow()
  // Held by this page alone: it is in no list, and gone when the page is left.
  const [shown, show] = useState<Reporters | null>(null)
  return (
    <section class="stack">
      <div>
        <h2 class="title">{tasks.badge(matter.rule, matter.kind)}</h2>
        <p class="note">
          {matter.committeeName} · {formatInstant(matter.openedAt, now, language)}
        </p>
      </div>
      {shown ? (
        <Shown reporters={shown} close={() => show(null)} />
      ) : matter.mayOpenReporters ? (
        <Opening task={matter.task} show={show} />
      ) : (
        <>
          <p>{words.reporterNotYou}</p>
          <div>
            <LinkButton href={registerPaths.keeper}>{words.keeperTitle}</LinkButton>
          </div>
        </>
      )}
    </section>
  )
}

function Opening(props: { task: TaskId; show: (reporters: Reporters) => void }) {
  const words = useRegisterWords()
  const isAlive = useIsAlive()
  const { isBusy, refusal, run } = useAct()
  const stepUp = useStepUp(refusal)
  const [reason, choose] = useState<OpeningReason | null>(null)
  const open = () =>
    void run(async () => {
      if (reason === null) throw new Error('nothing is opened without a reason')
      const asked = { task: props.task, reason }
      const result = await call<typeof openReporter>('post', '/privacy/reporters/open', asked)
      if (result.ok) props.show(result.answer.reporters)
      return result
    })
  return (
    <fieldset class="stack" disabled={!isAlive}>
      <Strip tone="amber">{words.reporterSees}</Strip>
      <ChoiceGroup
        legend={words.reporterWhy}
        name="reason"
        column
        options={keysOf(words.openingReasons).map((value) => ({
          value,
          words: words.openingReasons[value],
        }))}
        value={reason ?? undefined}
        onPick={(value) => choose(value as OpeningReason)}
      />
      <div>
        <Button icon={LockKeyholeOpen} busy={isBusy} disabled={reason === null} onClick={open}>
          {words.reporterOpen}
        </Button>
      </div>
      <RefusalStrip refusal={stepUp.isNeeded ? null : refusal} />
      <StepUpDialog stepUp={stepUp} />
    </fieldset>
  )
}

function Shown(props: { reporters: Reporters; close: () => void }) {
  const words = useRegisterWords()
  const { reporters } = props
  return (
    <div class="stack" role="status">
      <Strip tone="amber">{words.reporterShown}</Strip>
      {reporters.map(({ name, phone }, n) => (
        <Card key={`${n}`}>
          <Facts
            facts={[
              { name: words.reporterName, says: name ?? words.reporterNoName },
              { name: words.reporterPhone, says: phone ?? words.reporterNoPhone },
            ]}
          />
        </Card>
      ))}
      <div>
        <Button onClick={props.close}>{words.reporterClose}</Button>
      </div>
    </div>
  )
}
