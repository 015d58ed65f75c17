import { useState } from 'preact/hooks'
import { ClipboardCheck } from 'lucide'
import type { Outcome } from '../../src/kernel/event.ts'
import { useIsAlive } from '../shell/shell.tsx'
import { useWorkWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { ChoiceGroup } from '../ui/choice.tsx'
import { TextField } from '../ui/field.tsx'
import type { OneTask } from './wording.ts'
import type { Work } from './work.ts'

/** One hand, ten seconds: one of a few, then save. Too early it can be read, not pressed. */
export function FoundForm(props: { task: OneTask; work: Work }) {
  const { task } = props
  const words = useWorkWords().tasks
  return (
    <section class="stack">
      {task.next[0] === 'find' ? (
        <ReadyForm {...props} />
      ) : task.next.includes('find') ? (
        <details>
          <summary class="button button-wide">{words.foundEarly}</summary>
          <div class="above-3">
            <ReadyForm {...props} />
          </div>
        </details>
      ) : (
        <ChoiceGroup
          legend={words.foundLater}
          name="outcome-later"
          options={optionsOf(task, words).map(({ value, words: said }) => ({
            value,
            words: said,
            disabled: true,
          }))}
        />
      )}
      {task.reported ? null : <p class="note">{words.scored(task.rule, task.ruleVersion)}</p>}
    </section>
  )
}

function ReadyForm(props: { task: OneTask; work: Work }) {
  const { task, work } = props
  const [outcome, pick] = useState<Outcome | null>(null)
  const [said, say] = useState('')
  const [isMissing, setMissing] = useState(false)
  const words = useWorkWords()
  const save = () => {
    setMissing(outcome === null)
    if (outcome === null) return
    const text = said.trim()
    const more = text === '' ? {} : { words: text }
    void work.act(task.task, { act: 'find', from: task.state, outcome, ...more })
  }
  return (
    <form
      class="found"
      method="post"
      action={`/desk/tasks/${task.task}`}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <fieldset class="stack" disabled={!useIsAlive()}>
        <ChoiceGroup
          legend={words.tasks.foundTitle}
          name="outcome"
          column
          options={optionsOf(task, words.tasks)}
          value={outcome ?? undefined}
          problem={isMissing && outcome === null ? words.tasks.foundPick : undefined}
          onPick={(value) => pick(value as Outcome)}
        />
        <TextField
          label={words.tasks.foundWords}
          name="words"
          optionalWord={words.ui.optional}
          help={words.tasks.foundWordsHelp(task.kind)}
          maxLength={200}
          value={said}
          onInput={say}
        />
        <Button
          type="submit"
          kind={task.next[0] === 'find' ? 'primary' : 'plain'}
          icon={ClipboardCheck}
          tall
          wide
          busy={work.busyTask === task.task}
        >
          {words.tasks.foundSave}
        </Button>
      </fieldset>
    </form>
  )
}

/** What can be found in such a task; the server says which, and refuses others. */
function optionsOf({ kind, offers }: OneTask, words: ReturnType<typeof useWorkWords>['tasks']) {
  return offers.map((outcome) => ({
    value: outcome,
    words: words.outcome(kind, outcome),
    line: words.outcomeLine(kind, outcome) || undefined,
  }))
}
