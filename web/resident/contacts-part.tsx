import { useState } from 'preact/hooks'
import { Users } from 'lucide'
import type { setContacts } from '../../src/watch/care/api.ts'
import { call } from '../shell/call.ts'
import { ContactFields, useContactDrafts } from '../shell/contacts-editor.tsx'
import type { Contact } from '../shell/contacts.ts'
import { RefusalStrip } from '../shell/strips.tsx'
import { useAct } from '../shell/shell.tsx'
import { useLanguage, useWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { formatList } from '../words/format.ts'
import { Fold } from './fold.tsx'

/** Who is called when the person cannot be reached: shown, and changed where it is shown. */
export function ContactsPart(props: { contacts: readonly Contact[]; again: () => Promise<void> }) {
  const words = useWords()
  const language = useLanguage()
  const { contacts } = props
  const [isEditing, setEditing] = useState(false)
  const [isSaved, setSaved] = useState(false)
  const saved = async () => {
    await props.again()
    setEditing(false)
    setSaved(true)
  }
  const line =
    contacts.length === 0
      ? words.people.contactsNone
      : formatList(
          contacts.map((one) => one.name),
          language,
        )
  return (
    <Fold icon={Users} title={words.people.contacts} line={line}>
      {isEditing ? (
        <ContactsForm contacts={contacts} onSaved={saved} onLeave={() => setEditing(false)} />
      ) : (
        <>
          <ContactsShown contacts={contacts} />
          <Button onClick={() => setEditing(true)}>
            {contacts.length === 0 ? words.people.add : words.people.change}
          </Button>
        </>
      )}
      <p class="small is-jade" role="status">
        {isSaved && !isEditing ? words.ui.saved : ''}
      </p>
    </Fold>
  )
}

function ContactsShown(props: { contacts: readonly Contact[] }) {
  const words = useWords().people
  if (props.contacts.length === 0) return <p class="small">{words.toPerson.help}</p>
  return (
    <ul class="stack">
      {props.contacts.map((one) => (
        <li key={`${one.name} ${one.phone}`}>
          <b class="strong">{one.name}</b> · {one.relation}
          {one.hasKey ? ` · ${words.keyKept}` : null}
          <br />
          {one.phone}
        </li>
      ))}
    </ul>
  )
}

function ContactsForm(props: {
  contacts: readonly Contact[]
  onSaved: () => Promise<void>
  onLeave: () => void
}) {
  const words = useWords().ui
  const drafts = useContactDrafts(props.contacts)
  const act = useAct()
  const save = async (event: Event) => {
    event.preventDefault()
    const contacts = drafts.checked()
    if (contacts === null || act.isBusy) return
    const isDone = await act.run(() =>
      call<typeof setContacts>('post', '/care/contacts', { contacts }),
    )
    if (isDone) await props.onSaved()
  }
  return (
    <form
      class="stack"
      method="post"
      action="/care"
      onSubmit={(event) => void save(event)}
      noValidate
    >
      <ContactFields of={drafts} />
      <RefusalStrip refusal={act.refusal} />
      <div class="flow">
        <Button type="submit" busy={act.isBusy}>
          {words.save}
        </Button>
        <Button kind="quiet" onClick={props.onLeave}>
          {words.cancel}
        </Button>
      </div>
    </form>
  )
}
