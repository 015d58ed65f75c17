import { useState } from 'preact/hooks'
import { ChevronLeft, PenLine } from 'lucide'
import type { Output } from '../../../src/kernel/endpoint.ts'
import type { listRules, oneRule } from '../../../src/watch/scenarios/api.ts'
import type { Definition } from '../../../src/watch/scenarios/definition/types.ts'
import { call, type Answered } from '../../shell/call.ts'
import { useAct, useFirst } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useScenarioWords, useWorkWords } from '../../shell/words.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { State } from '../../ui/state.tsx'
import { ScenariosFrame } from './frame.tsx'
import {
  nameProblem,
  newPurposes,
  ruleFor,
  ruleLike,
  type Begun,
  type NewPurpose,
} from './new-rule.ts'
import { NewRule } from './new-workshop.tsx'

type Listed = Output<typeof listRules>['rules'][number]

/** A rule that was not there before: named, begun from another or from nothing, then written. */
export function NewPage() {
  const words = useScenarioWords()
  const kept = useFirst<typeof listRules>('/scenarios/rules', {})
  const result = kept.result.value
  return (
    <ScenariosFrame label={words.newTitle}>
      <LinkButton kind="quiet" icon={ChevronLeft} className="out-left" href="/desk/scenarios">
        {words.allRules}
      </LinkButton>
      {!result?.ok ? (
        <>
          <h1 class="head under-4">{words.newTitle}</h1>
          <Unanswered refusal={result?.refusal} again={kept.again} />
        </>
      ) : result.answer.mayChange ? (
        <Writing rules={result.answer.rules} />
      ) : (
        <>
          <h1 class="head under-4">{words.newTitle}</h1>
          <State kind="not-allowed" title={words.mayNotChange} />
        </>
      )}
    </ScenariosFrame>
  )
}

function Writing(props: { rules: readonly Listed[] }) {
  const taken = new Set(props.rules.map(({ rule }) => rule))
  const [begun, begin] = useState<Begun | null>(null)
  return begun ? (
    <NewRule begun={begun} taken={taken} onBack={() => begin(null)} />
  ) : (
    <Beginning rules={props.rules} taken={taken} onBegin={begin} />
  )
}

type Start = { name: string; pattern: string; purpose: NewPurpose }

/** The name, and what to begin from. */
function Beginning(props: {
  rules: readonly Listed[]
  taken: ReadonlySet<string>
  onBegin: (begun: Begun) => void
}) {
  const words = useScenarioWords()
  const [start, set] = useState<Start>({ name: '', pattern: '', purpose: 'public-space' })
  const [isTried, setTried] = useState(false)
  const { isBusy, refusal, run } = useAct()
  const problem = nameProblem(start.name, props.taken)
  const begin = async () => {
    setTried(true)
    if (problem !== null) return
    await run(async () => {
      const begun = await begunFrom(start, props.rules)
      if (begun.ok) props.onBegin(begun.answer)
      return begun
    })
  }
  return (
    <div class="stack stack-wide reading">
      <header class="stack stack-tight">
        <h1 class="head">{words.newTitle}</h1>
        <p>{words.newLine}</p>
      </header>
      <TextField
        label={words.newName}
        name="rule"
        value={start.name}
        maxLength={60}
        help={words.newNameHelp}
        problem={isTried && problem !== null ? words.nameProblems[problem] : undefined}
        onInput={(next) => set({ ...start, name: next.trim() })}
      />
      <From rules={props.rules} start={start} onChange={set} />
      <RefusalStrip refusal={refusal} />
      <div class="flow">
        <Button kind="primary" icon={PenLine} busy={isBusy} onClick={() => void begin()}>
          {words.newBegin}
        </Button>
      </div>
    </div>
  )
}

/** Another rule, or none and what it is for. */
function From(props: { rules: readonly Listed[]; start: Start; onChange: (start: Start) => void }) {
  const { start, onChange } = props
  const words = useScenarioWords()
  const { tasks } = useWorkWords()
  // whether a device works is judged by rules of fixed names: a further one would not be asked
  const patterns = props.rules.filter((rule) => rule.purpose !== 'device-operation')
  return (
    <>
      <SelectField
        label={words.newFrom}
        name="pattern"
        value={start.pattern}
        options={[
          { value: '', words: words.newEmpty },
          ...patterns.map(({ rule }) => ({
            value: rule,
            words: words.newLike(tasks.ruleName(rule)),
          })),
        ]}
        onInput={(pattern) => onChange({ ...start, pattern })}
      />
      {start.pattern === '' ? (
        <SelectField
          label={words.newPurpose}
          name="purpose"
          value={start.purpose}
          options={newPurposes.map((value) => ({ value, words: words.family(value) }))}
          help={words.newNoDevices}
          onInput={(purpose) => onChange({ ...start, purpose: purpose as NewPurpose })}
        />
      ) : null}
    </>
  )
}

/** The neighbourhoods are told with a rule, whichever it is. */
async function begunFrom(
  { name, pattern, purpose }: Start,
  rules: readonly Listed[],
): Promise<Answered<Begun>> {
  const empty = ruleFor(purpose, name)
  const rule = pattern === '' ? rules[0]?.rule : pattern
  if (rule === undefined) return { ok: true, answer: { definition: empty, committees: [] } }
  const result = await call<typeof oneRule>('get', '/scenarios/rule', { rule })
  if (!result.ok) return result
  const { committees } = result.answer
  const like = pattern === '' ? undefined : shownOf(result.answer)
  return { ok: true, answer: { definition: like ? ruleLike(like, name) : empty, committees } }
}

/** The version in force, or the newest where none is. */
function shownOf({ versions }: Output<typeof oneRule>): Definition | undefined {
  const newest = versions.toSorted((a, b) => b.version - a.version)
  return (newest.find(({ state }) => state === 'in-force') ?? newest[0])?.definition
}
