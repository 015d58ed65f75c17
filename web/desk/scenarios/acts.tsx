import { Ban, Check, FlaskConical, Save, Send, Trash2, Undo2 } from 'lucide'
import { useState } from 'preact/hooks'
import type { draftRule } from '../../../src/watch/scenarios/api.ts'
import type { Definition } from '../../../src/watch/scenarios/definition/types.ts'
import { call } from '../../shell/call.ts'
import { useLanguage, useScenarioWords } from '../../shell/words.tsx'
import { Button, type ButtonKind } from '../../ui/button.tsx'
import type { IconNode } from '../../ui/icon.tsx'
import { Strip } from '../../ui/state.tsx'
import { whyNotTried } from './preconditions.ts'
import { problemSaid, type Problem } from './problems.ts'
import type { Rule, State, Version } from './rule.ts'
import type { Speech } from './said.ts'
import { ReasonDialog, StepDialog } from './step-dialog.tsx'
import type { Checked } from './use-check.ts'

type Act = Parameters<typeof StepDialog>[0]['act']

/** What can be done with a version as it stands; the first one is what mostly comes next. */
const actsOf: Readonly<Record<State, readonly Act[]>> = {
  draft: ['submit', 'shadow', 'drop'],
  shadow: ['submit', 'unshadow'],
  review: ['approve', 'return'],
  'in-force': ['retire'],
  retired: ['roll-back'],
  stopped: [],
  dropped: [],
}

const actIcons: Readonly<Record<Act, IconNode>> = {
  submit: Send,
  shadow: FlaskConical,
  unshadow: Undo2,
  return: Undo2,
  approve: Check,
  retire: Ban,
  'roll-back': Undo2,
  drop: Trash2,
}

/** Save what was changed, or take the version its next step. */
export function WorkshopActs(props: {
  rule: Rule
  version: Version
  edited: Definition | null
  checked: Checked
  speech: Speech
  again: () => Promise<void>
  onPick: (version: number | null) => void
  onDiscard: () => void
}) {
  const { rule, version, edited } = props
  const words = useScenarioWords()
  const [saved, setSaved] = useState<number | null>(null)
  return (
    <section class="workshop-acts stack">
      <div role="status">
        {edited === null && saved !== null ? (
          <p class="small-strong is-jade">{words.saved(saved)}</p>
        ) : null}
        {edited ? <CheckedSaid {...props} /> : null}
      </div>
      {edited ? (
        <div class="flow">
          <SaveIt
            {...props}
            edited={edited}
            onSaved={(made) => {
              setSaved(made)
              props.onPick(made)
            }}
          />
          <Button kind="quiet" onClick={props.onDiscard}>
            {words.undoChanges}
          </Button>
        </div>
      ) : (
        <StepActs
          {...{ rule, version, speech: props.speech, again: props.again }}
          onDone={(made) => {
            setSaved(null)
            props.onPick(made)
          }}
        />
      )}
    </section>
  )
}

/** The acts on a version that was not changed. Nobody approves what they wrote themselves. */
export function StepActs(props: {
  rule: Rule
  version: Version
  speech: Speech
  again: () => Promise<void>
  onDone: (version: number) => void
  /** One of many on its page: none of them is the main thing to do. */
  isQuiet?: boolean
}) {
  const { version, isQuiet } = props
  const words = useScenarioWords()
  const isOwn = version.state === 'review' && version.isMine
  const acts = actsOf[version.state].filter(
    (act) =>
      (act !== 'approve' || !version.isMine) &&
      (act !== 'shadow' || whyNotTried(version.definition) === null),
  )
  return (
    <>
      {isOwn ? <Strip tone="amber">{words.waitsForOther}</Strip> : null}
      <div class="flow">
        {acts.map((act, at) => (
          <StepDialog
            key={act}
            {...props}
            act={act}
            icon={actIcons[act]}
            kind={kindOf(act, at === 0 && !isQuiet)}
          />
        ))}
      </div>
    </>
  )
}

function kindOf(act: Act, isFirst: boolean): ButtonKind {
  if (act === 'retire' || act === 'drop') return 'danger'
  return isFirst ? 'primary' : 'plain'
}

/** Whether a changed sentence may be kept as it is. */
export function CheckedSaid(props: { checked: Checked }) {
  const words = useScenarioWords()
  const { problems, isChecking, refusal } = props.checked
  const language = useLanguage()
  if (isChecking) return <p class="note">{words.checking}</p>
  if (refusal) {
    const isOffline = refusal.fault === 'offline'
    return <Strip tone="amber">{isOffline ? words.unchecked : refusal.sentence[language]}</Strip>
  }
  return problems.length > 0 ? (
    <p class="strong is-signal">{words.problemsTitle(problems.length)}</p>
  ) : (
    <p class="small">
      {words.dirty} {words.noProblems}
    </p>
  )
}

function SaveIt(props: {
  version: Version
  edited: Definition
  checked: Checked
  speech: Speech
  again: () => Promise<void>
  onSaved: (version: number) => void
}) {
  const { version, edited, checked, speech } = props
  const words = useScenarioWords()
  const [problems, setProblems] = useState<readonly Problem[]>([])
  return (
    <ReasonDialog
      words={words.save}
      icon={Save}
      kind="primary"
      line={words.saveLine}
      isReady={checked.problems.length === 0 && !checked.isChecking && !checked.refusal}
      run={async (reason) => {
        const result = await call<typeof draftRule>('post', '/scenarios/draft', {
          definition: JSON.stringify(edited),
          basedOn: version.version,
          reason,
        })
        if (!result.ok) return result
        const { version: made, problems: found } = result.answer
        setProblems(found)
        if (made === null) return { ok: true, answer: 'stay' as const }
        await props.again()
        props.onSaved(made)
        return result
      }}
    >
      {problems.map((problem) => (
        <p key={problem.field + problem.because} class="field-problem">
          {problemSaid(problem, speech)}
        </p>
      ))}
    </ReasonDialog>
  )
}
