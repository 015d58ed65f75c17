import { useState } from 'preact/hooks'
import { Plus, Trash2 } from 'lucide'
import { useIsAlive } from './shell.tsx'
import { useWords } from './words.tsx'
import { Button } from '../ui/button.tsx'
import { CheckGroup } from '../ui/choice.tsx'
import { TextField } from '../ui/field.tsx'
import {
  blankContact,
  checkContacts,
  contactsMax,
  type Contact,
  type ContactProblems,
} from './contacts.ts'

export type ContactDrafts = {
  drafts: readonly Contact[]
  problems: readonly ContactProblems[]
  change: (drafts: Contact[]) => void
  /** What may be sent, or null after marking the rows that may not. */
  checked: () => Contact[] | null
}

export function useContactDrafts(saved: readonly Contact[]): ContactDrafts {
  const [drafts, setDrafts] = useState<Contact[]>(saved.length > 0 ? [...saved] : [blankContact])
  const [problems, setProblems] = useState<ContactProblems[]>([])
  return {
    drafts,
    problems,
    change(next) {
      setDrafts(next)
      setProblems([])
    },
    checked() {
      const result = checkContacts(drafts)
      setProblems(result.problems ?? [])
      return result.problems === null ? result.contacts : null
    },
  }
}

/** What is said to whoever writes: the person, or a worker who copies what the person signed. */
export type ContactSays = { help: string; relation: string; callsMe: string; hasKey: string }

/** Up to three people to be called; all of it may stay empty. */
export function ContactFields(props: { of: ContactDrafts; says?: ContactSays }) {
  const words = useWords().people
  const { says = words.toPerson } = props
  const { drafts, problems, change } = props.of
  const put = (at: number, part: Partial<Contact>) =>
    change(drafts.map((draft, index) => (index === at ? { ...draft, ...part } : draft)))
  return (
    <fieldset class="stack" disabled={!useIsAlive()}>
      <p class="small">{says.help}</p>
      {drafts.map((draft, index) => (
        <ContactRow
          key={index}
          number={index + 1}
          says={says}
          draft={draft}
          problems={problems[index] ?? {}}
          onChange={(part) => put(index, part)}
          onRemove={
            drafts.length > 1 ? () => change(drafts.filter((_, at) => at !== index)) : undefined
          }
        />
      ))}
      {drafts.length < contactsMax ? (
        <Button icon={Plus} onClick={() => change([...drafts, blankContact])}>
          {words.addContact}
        </Button>
      ) : null}
    </fieldset>
  )
}

function ContactRow(props: {
  number: number
  says: ContactSays
  draft: Contact
  problems: ContactProblems
  onChange: (part: Partial<Contact>) => void
  onRemove: (() => void) | undefined
}) {
  const { people: words, ui } = useWords()
  const { draft, problems, says, onChange } = props
  return (
    <fieldset class="contact stack">
      <legend class="strong">{words.contact(props.number)}</legend>
      <TextField
        label={words.contactName}
        name="name"
        value={draft.name}
        maxLength={40}
        autoComplete="off"
        problem={problems.name && words.nameNeeded}
        onInput={(name) => onChange({ name })}
      />
      <TextField
        label={says.relation}
        name="relation"
        value={draft.relation}
        maxLength={20}
        autoComplete="off"
        help={words.contactRelationHelp}
        problem={problems.relation && words.relationNeeded}
        onInput={(relation) => onChange({ relation })}
      />
      <TextField
        label={words.contactPhone}
        name="phone"
        type="tel"
        inputMode="tel"
        value={draft.phone}
        maxLength={20}
        autoComplete="off"
        problem={problems.phone && words.phoneNeeded}
        onInput={(phone) => onChange({ phone })}
      />
      <TextField
        label={says.callsMe}
        name="callsMe"
        optionalWord={ui.optional}
        value={draft.callsMe ?? ''}
        maxLength={20}
        autoComplete="off"
        help={words.callsMeHelp}
        problem={problems.callsMe && words.callsMeNeeded}
        onInput={(callsMe) => onChange({ callsMe })}
      />
      <CheckGroup
        legend={words.keyHead}
        name="hasKey"
        options={[{ value: 'key', words: says.hasKey }]}
        values={draft.hasKey ? ['key'] : []}
        onPick={(picked) => onChange({ hasKey: picked.length > 0 })}
      />
      {props.onRemove ? (
        <Button kind="quiet" icon={Trash2} onClick={props.onRemove}>
          {words.removeContact(props.number)}
        </Button>
      ) : null}
    </fieldset>
  )
}
