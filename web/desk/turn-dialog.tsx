import { useState } from 'preact/hooks'
import type { candidates } from '../../src/desks/tasks/api.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { PostId } from '../../src/kernel/ids.ts'
import { useFirst } from '../shell/shell.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useDeskWords, useWorkWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { ChoiceGroup } from '../ui/choice.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import type { OneTask } from './wording.ts'
import { saidOf } from './who.tsx'
import type { Work } from './work.ts'

export type Turned = 'hand-over' | 'ask-help'
type Posts = Output<typeof candidates>['posts']

/** To whom, and why: what each of them has in hand stands beside the name. */
export function TurnDialog(props: { act: Turned; task: OneTask; work: Work; onClose: () => void }) {
  const { act, task, work } = props
  const [to, pick] = useState<PostId | null>(null)
  const [said, say] = useState('')
  const [isSent, setSent] = useState(false)
  const words = useDeskWords()
  const { ui } = useWorkWords()
  const kept = useFirst<typeof candidates>('/tasks/candidates', { task: task.task })
  const result = kept.result.value
  const isOver = act === 'hand-over'
  const reason = said.trim()
  const isMissing = isOver && reason === ''
  const send = async () => {
    setSent(true)
    if (to === null || isMissing) return
    const more = reason === '' ? {} : { words: reason }
    await work.act(task.task, { act, from: task.state, to, ...more })
    props.onClose()
  }
  return (
    <Dialog
      open
      title={isOver ? words.handOverTitle : words.askHelpTitle}
      onClose={props.onClose}
      acts={
        <>
          <Button onClick={props.onClose}>{ui.notNow}</Button>
          <Button kind="primary" busy={work.busyTask === task.task} onClick={() => void send()}>
            {isOver ? words.sendHandOver : words.sendAskHelp}
          </Button>
        </>
      }
    >
      <p>{isOver ? words.handOverLine : words.askHelpLine}</p>
      {result?.ok ? (
        <Colleagues
          posts={result.answer.posts}
          to={to}
          pick={pick}
          isMissing={isSent && to === null}
        />
      ) : (
        <Unanswered refusal={result?.refusal} again={kept.again} />
      )}
      <TextField
        label={words.reason}
        name="reason"
        optionalWord={isOver ? undefined : ui.optional}
        help={words.reasonHelp}
        problem={isSent && isMissing ? words.reasonMissing : undefined}
        rows={2}
        maxLength={200}
        value={said}
        onInput={say}
      />
    </Dialog>
  )
}

function Colleagues(props: {
  posts: Posts
  to: PostId | null
  pick: (post: PostId) => void
  isMissing: boolean
}) {
  const words = useDeskWords()
  if (props.posts.length === 0) return <p class="strong">{words.nobodyElse}</p>
  return (
    <ChoiceGroup
      legend={words.chooseColleague}
      name="to"
      column
      options={props.posts.map((one) => ({
        value: one.post,
        words: saidOf(one, words),
        line: [
          words.isThere(one.isOnDuty, one.isThere),
          words.hands(one.open),
          ...(one.name === null ? [] : [one.unit]),
          ...(one.part === null ? [] : [words.part(one.part)]),
        ].join(' · '),
      }))}
      value={props.to ?? undefined}
      problem={props.isMissing ? words.colleagueMissing : undefined}
      onPick={(value) => props.pick(value as PostId)}
    />
  )
}
