import { useEffect, useState } from 'preact/hooks'
import { Save, Undo2 } from 'lucide'
import type { draftRule } from '../../../src/watch/scenarios/api.ts'
import type { Definition } from '../../../src/watch/scenarios/definition/types.ts'
import { call } from '../../shell/call.ts'
import { useAct } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useScenarioWords } from '../../shell/words.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { CheckedSaid } from './acts.tsx'
import { nameProblem, type Begun } from './new-rule.ts'
import { NoTrial } from './no-trial.tsx'
import { whyNotTried } from './preconditions.ts'
import { problemSaid, type Problem } from './problems.ts'
import { useSpeech } from './rule.ts'
import { Preconditions, RuleSaid } from './rule-said.tsx'
import type { Speech } from './said.ts'
import { TrialPanel } from './trial.tsx'
import { useCheck, useUnsaved, type Checked } from './use-check.ts'

/** The sentence of a rule that is not kept yet: written, tried, kept as a draft. */
export function NewRule(props: { begun: Begun; taken: ReadonlySet<string>; onBack: () => void }) {
  const { committees } = props.begun
  const [definition, edit] = useState(props.begun.definition)
  const [isKept, keep] = useState(false)
  const speech = useSpeech(committees)
  const checked = useCheck(definition)
  const why = whyNotTried(definition)
  useUnsaved(!isKept)
  useEffect(() => {
    if (isKept) location.assign(`/desk/scenarios/${definition.rule}`)
  }, [isKept])
  return (
    <div class="workshop">
      <div class="workshop-rule stack stack-wide">
        <Head {...{ definition, speech, checked }} taken={props.taken} onChange={edit} />
        <RuleSaid
          {...{ definition, speech, committees }}
          isNew
          problems={checked.problems.filter(({ field }) => field !== 'rule')}
          onChange={edit}
        />
        <Preconditions definition={definition} speech={speech} />
      </div>
      <div class="workshop-trial stack stack-wide">
        {why ? (
          <NoTrial why={why} />
        ) : (
          <TrialPanel
            rule={definition}
            isWrong={checked.problems.length > 0}
            nameOf={speech.nameOf}
          />
        )}
        <Keep {...{ definition, speech, checked }} {...props} onKept={() => keep(true)} />
      </div>
    </div>
  )
}

function Head(props: {
  definition: Definition
  speech: Speech
  checked: Checked
  taken: ReadonlySet<string>
  onChange: (rule: Definition) => void
}) {
  const { definition, speech, checked } = props
  const words = useScenarioWords()
  const wrong = nameProblem(definition.rule, props.taken)
  const told = checked.problems.find(({ field }) => field === 'rule')
  const problem = wrong !== null ? words.nameProblems[wrong] : told && problemSaid(told, speech)
  return (
    <header class="stack">
      <div class="stack stack-tight">
        <h1 class="head">{words.newTitle}</h1>
        <div class="flow">
          <Badge tone="brick">{words.notKept}</Badge>
          <Badge>{words.family(definition.purpose)}</Badge>
        </div>
      </div>
      <TextField
        label={words.newName}
        name="rule"
        value={definition.rule}
        maxLength={60}
        help={words.newNameHelp}
        problem={problem}
        onInput={(next) => props.onChange({ ...definition, rule: next.trim() })}
      />
    </header>
  )
}

/** As a draft: nothing is judged by it, and its own page takes it further. */
function Keep(props: {
  definition: Definition
  speech: Speech
  checked: Checked
  taken: ReadonlySet<string>
  onBack: () => void
  onKept: () => void
}) {
  const { definition, speech, checked } = props
  const words = useScenarioWords()
  const [problems, setProblems] = useState<readonly Problem[]>([])
  const { isBusy, refusal, run } = useAct()
  const isSound = checked.problems.length === 0 && !checked.isChecking && !checked.refusal
  const save = () =>
    run(async () => {
      const result = await call<typeof draftRule>('post', '/scenarios/draft', {
        definition: JSON.stringify(definition),
        ...{ basedOn: null, reason: definition.reason },
      })
      if (!result.ok) return result
      setProblems(result.answer.problems)
      if (result.answer.version !== null) props.onKept()
      return result
    })
  return (
    <section class="workshop-acts stack">
      <div role="status">
        <CheckedSaid checked={checked} />
      </div>
      <div class="flow">
        <Button
          kind="primary"
          icon={Save}
          busy={isBusy}
          disabled={!isSound || nameProblem(definition.rule, props.taken) !== null}
          onClick={() => void save()}
        >
          {words.save}
        </Button>
        <Button kind="quiet" icon={Undo2} onClick={props.onBack}>
          {words.newBack}
        </Button>
      </div>
      <p class="note">{words.newKeepLine}</p>
      {problems.map((problem) => (
        <p key={problem.field + problem.because} class="field-problem">
          {problemSaid(problem, speech)}
        </p>
      ))}
      <RefusalStrip refusal={refusal} />
    </section>
  )
}
