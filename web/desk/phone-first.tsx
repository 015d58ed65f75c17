import { useState } from 'preact/hooks'
import { Eye, Phone } from 'lucide'
import type { personCard, showPhone } from '../../src/watch/care/api.ts'
import { call } from '../shell/call.ts'
import { RefusalStrip } from '../shell/strips.tsx'
import { useAct, useFirst } from '../shell/shell.tsx'
import { useWorkWords } from '../shell/words.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import type { OneTask } from './wording.ts'
import type { Work } from './work.ts'

/** Phones before anybody walks. Each number is shown on purpose, and each showing is a look. */
export function PhoneFirst(props: { task: OneTask; work: Work }) {
  const { task, work } = props
  const [isOpen, setOpen] = useState(false)
  const [said, say] = useState('')
  const words = useWorkWords()
  const log = async () => {
    const text = said.trim()
    const step = {
      act: 'phoned' as const,
      from: task.state,
      ...(text === '' ? {} : { words: text }),
    }
    if (await work.act(task.task, step)) say('')
    setOpen(false)
  }
  return (
    <>
      <Button icon={Phone} tall onClick={() => setOpen(true)}>
        {words.tasks.act('phoned')}
      </Button>
      <Dialog
        open={isOpen}
        title={words.tasks.phoneTitle}
        onClose={() => setOpen(false)}
        acts={
          <>
            <Button onClick={() => setOpen(false)}>{words.ui.close}</Button>
            <Button kind="primary" busy={work.busyTask === task.task} onClick={() => void log()}>
              {words.tasks.logPhone}
            </Button>
          </>
        }
      >
        {task.kind === 'care-visit' ? <Numbers task={task} /> : null}
        <TextField
          label={words.tasks.phoneWords}
          name="words"
          optionalWord={words.ui.optional}
          rows={2}
          maxLength={200}
          value={said}
          onInput={say}
        />
      </Dialog>
    </>
  )
}

function Numbers(props: { task: OneTask }) {
  const { task } = props.task
  const words = useWorkWords().tasks
  const card = useFirst<typeof personCard>('/care/card', { task }).result.value
  if (!card) return null
  if (!card.ok) return <RefusalStrip refusal={card.refusal} />
  const { hasPhone, contacts } = card.answer
  return (
    <>
      <p class="line note">
        <Icon of={Eye} small />
        <span>{words.phoneLine}</span>
      </p>
      <ul class="numbers">
        {hasPhone ? (
          <OneNumber task={props.task} contact={0} whom={words.phoneSelf} />
        ) : (
          <li class="note">{words.phoneNone}</li>
        )}
        {contacts.map(({ contact, relation }) => (
          <OneNumber key={contact} task={props.task} contact={contact} whom={relation} />
        ))}
      </ul>
    </>
  )
}

function OneNumber(props: { task: OneTask; contact: number; whom: string }) {
  const words = useWorkWords().tasks
  const { isBusy, refusal, run } = useAct()
  const [shown, setShown] = useState<{ name: string; phone: string } | null>(null)
  const show = () =>
    run(async () => {
      const { task } = props.task
      const result = await call<typeof showPhone>('post', '/care/phone', {
        task,
        contact: props.contact,
      })
      if (result.ok) setShown(result.answer)
      return result
    })
  return (
    <li class="number">
      <span class="row-words">
        <b class="row-title">{shown ? `${props.whom} · ${shown.name}` : props.whom}</b>
        <span class="note" role="status">
          {shown ? words.shown : ''}
        </span>
        <RefusalStrip refusal={refusal} />
      </span>
      {shown ? (
        <LinkButton icon={Phone} href={`tel:${shown.phone.replaceAll(/[^0-9+]/g, '')}`}>
          {words.dial(shown.phone)}
        </LinkButton>
      ) : (
        <Button busy={isBusy} label={words.showNumberOf(props.whom)} onClick={() => void show()}>
          {words.showNumber}
        </Button>
      )}
    </li>
  )
}
