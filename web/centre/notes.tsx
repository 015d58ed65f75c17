import { useState } from 'preact/hooks'
import { Check, NotebookPen } from 'lucide'
import type { handOver, myShift, readNote } from '../../src/ground/duties/roster/api.ts'
import { call } from '../shell/call.ts'
import { useAct, useFirst, useNow } from '../shell/shell.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { useCentreWords, useLanguage, useWorkWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { TextField } from '../ui/field.tsx'
import { formatInstant, formatSpan } from '../words/format.ts'
import type { StreetNow } from './matters.ts'

type Note = StreetNow['notes'][number]

/** What the last shift left, and what this one leaves. */
export function ShiftNotes(props: { notes: readonly Note[]; again: () => Promise<void> }) {
  const words = useCentreWords()
  const [isOpen, setOpen] = useState(false)
  const [done, setDone] = useState('')
  const { isBusy, refusal, run } = useAct()
  const [first, ...others] = props.notes
  const unread = props.notes.filter(({ readAt }) => readAt === null)
  const read = async () => {
    for (const { note } of unread) {
      await run(() => call<typeof readNote>('post', '/duties/notes/read', { note }))
    }
    await props.again()
  }
  return (
    <div class="shift-notes">
      {first ? (
        <details class="room-details" open={first.readAt === null}>
          <summary class="small">
            <b>{words.notesTitle}</b>
            <NoteState note={first} />
          </summary>
          <ul class="stack stack-tight">
            {[first, ...others].map((note) => (
              <li key={note.note}>
                {note === first ? null : (
                  <p class="note">
                    <NoteState note={note} />
                  </p>
                )}
                <p class="small note-words" lang="zh-CN">
                  {note.words}
                </p>
              </li>
            ))}
          </ul>
        </details>
      ) : (
        <p class="small muted">{words.notesNone}</p>
      )}
      <div class="flow">
        {unread.length > 0 ? (
          <Button icon={Check} busy={isBusy} onClick={() => void read()}>
            {words.noteRead}
          </Button>
        ) : null}
        <Button icon={NotebookPen} onClick={() => setOpen(true)}>
          {words.noteWrite}
        </Button>
        <span role="status" class="small is-jade">
          {done}
        </span>
      </div>
      <RefusalStrip refusal={refusal} />
      {isOpen ? (
        <WriteNote
          close={(isDone) => {
            setOpen(false)
            setDone(isDone ? words.noteSaved : '')
            if (isDone) void props.again()
          }}
        />
      ) : null}
    </div>
  )
}

function NoteState(props: { note: Note }) {
  const words = useCentreWords()
  const language = useLanguage()
  const now = useNow()
  const { title, at, readAt } = props.note
  return (
    <span class={readAt === null ? 'is-amber' : 'muted'}>
      {' '}
      {words.noteBy(title, formatInstant(at, now, language))} ·{' '}
      {readAt === null ? words.noteUnread : words.noteReadAt(formatInstant(readAt, now, language))}
    </span>
  )
}

function WriteNote(props: { close: (isDone: boolean) => void }) {
  const words = useCentreWords()
  const { ui } = useWorkWords()
  const language = useLanguage()
  const now = useNow()
  const mine = useFirst<typeof myShift>('/duties/my-shift', {})
  const { isBusy, refusal, run } = useAct()
  const [says, setSays] = useState('')
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const shift = mine.result.value?.ok ? mine.result.value.answer.shift : null
  const save = async () => {
    if (says.trim() === '') return setProblem(words.noteMissing)
    setProblem(undefined)
    const isDone = await run(() =>
      call<typeof handOver>('post', '/duties/shifts/hand-over', {
        ...{ shift: shift?.shift ?? null, words: says.trim() },
      }),
    )
    if (isDone) props.close(true)
  }
  return (
    <Dialog
      open
      onClose={() => props.close(false)}
      title={words.noteTitle}
      acts={
        <>
          <Button onClick={() => props.close(false)}>{ui.cancel}</Button>
          <Button
            kind="primary"
            busy={isBusy || mine.result.value === null}
            onClick={() => void save()}
          >
            {ui.save}
          </Button>
        </>
      }
    >
      <p class="small">
        {shift
          ? words.noteShift(formatSpan(shift.from, shift.to, now, language))
          : words.noteNoShift}
      </p>
      <TextField
        rows={5}
        name="words"
        label={words.noteWords}
        help={words.noteHelp}
        problem={problem}
        required
        maxLength={1000}
        value={says}
        onInput={setSays}
      />
      <RefusalStrip refusal={refusal} />
    </Dialog>
  )
}
