import { useState } from 'preact/hooks'
import { useDeskWords, useWorkWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import type { Found, OneTask } from './wording.ts'
import type { Work } from './work.ts'

export type Reasoned = 'return' | 'decline' | 'reopen'

/** Gives it back, says that one cannot, or opens it again: with a word why. */
export function ReasonDialog(props: {
  act: Reasoned
  task: Pick<OneTask | Found, 'task' | 'state'>
  work: Pick<Work, 'act' | 'busyTask'>
  onClose: () => void
}) {
  const { act, task, work } = props
  const [said, say] = useState('')
  const [isMissing, setMissing] = useState(false)
  const words = useDeskWords()
  const { ui } = useWorkWords()
  const isOptional = act === 'decline'
  const { title, line } = {
    return: { title: words.returnTitle, line: words.returnLine },
    decline: { title: words.declineTitle, line: words.declineLine },
    reopen: { title: words.reopenTitle, line: words.reopenLine },
  }[act]
  const send = async () => {
    const reason = said.trim()
    setMissing(reason === '' && !isOptional)
    if (reason === '' && !isOptional) return
    const more = reason === '' ? {} : { words: reason }
    await work.act(task.task, { act, from: task.state, ...more })
    props.onClose()
  }
  return (
    <Dialog
      open
      title={title}
      onClose={props.onClose}
      acts={
        <>
          <Button onClick={props.onClose}>{ui.notNow}</Button>
          <Button kind="primary" busy={work.busyTask === task.task} onClick={() => void send()}>
            {title}
          </Button>
        </>
      }
    >
      <p>{line}</p>
      <TextField
        label={words.reason}
        name="reason"
        optionalWord={isOptional ? ui.optional : undefined}
        help={words.reasonHelp}
        problem={isMissing ? words.reasonMissing : undefined}
        rows={2}
        maxLength={200}
        value={said}
        onInput={say}
      />
    </Dialog>
  )
}
