import { Check } from 'lucide'
import type { readNote } from '../../src/ground/duties/roster/api.ts'
import { call } from '../shell/call.ts'
import { useAct, useNow } from '../shell/shell.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { useDeskWords, useLanguage } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Card, Heading } from '../ui/card.tsx'
import { formatInstant } from '../words/format.ts'
import type { MyShift } from './shift-page.tsx'
import { holderSaid } from './who.tsx'

type Note = MyShift['notes'][number]

/** What the shift before left, the newest on top. */
export function ShiftNotes(props: { notes: readonly Note[]; again: () => Promise<void> }) {
  const words = useDeskWords()
  return (
    <section class="stack">
      <Heading>{words.notesTitle}</Heading>
      {props.notes.length === 0 ? (
        <p class="note">{words.notesNone}</p>
      ) : (
        <ul class="stack">
          {props.notes.map((note) => (
            <li key={note.note}>
              <OneNote note={note} again={props.again} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function OneNote(props: { note: Note; again: () => Promise<void> }) {
  const { note } = props
  const words = useDeskWords()
  const language = useLanguage()
  const now = useNow()
  const { isBusy, refusal, run } = useAct()
  const read = async () => {
    await run(() => call<typeof readNote>('post', '/duties/notes/read', { note: note.note }))
    await props.again()
  }
  return (
    <Card>
      <p class="note">
        {formatInstant(note.at, now, language)} · {holderSaid(note, words)}
      </p>
      <p class="said">{note.words}</p>
      <RefusalStrip refusal={refusal} />
      {note.readAt === null ? (
        <div class="above-2">
          <Button icon={Check} busy={isBusy} onClick={() => void read()}>
            {words.noteRead}
          </Button>
        </div>
      ) : (
        <p class="note">{words.noteReadAt(formatInstant(note.readAt, now, language))}</p>
      )}
    </Card>
  )
}
