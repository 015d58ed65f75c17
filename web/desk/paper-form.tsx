import { useState } from 'preact/hooks'
import { FilePen } from 'lucide'
import type { TaskId } from '../../src/kernel/ids.ts'
import type { recordPaper } from '../../src/watch/care/api.ts'
import type { Way } from '../../src/watch/care/types.ts'
import { call } from '../shell/call.ts'
import { ContactFields, useContactDrafts } from '../shell/contacts-editor.tsx'
import { useAct, useIsAlive } from '../shell/shell.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { useDeskWords, useWorkWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { ChoiceGroup } from '../ui/choice.tsx'
import { Problem, TextField } from '../ui/field.tsx'
import type { Offered } from './offer-facts.tsx'
import {
  dayBefore,
  paperDaysMax,
  paperProblems,
  versionFor,
  type PaperDraft,
  type PaperProblem,
} from './paper.ts'

/** What the person signed, copied from the paper: it is worth as much as their own tap. */
export function PaperForm(props: { task: TaskId; card: Offered; again: () => Promise<void> }) {
  const { task, card } = props
  const { tasks, people } = useWorkWords()
  const words = useDeskWords()
  const drafts = useContactDrafts([])
  const [paper, set] = useState<PaperDraft>({ way: null, textVersion: '', signedOn: card.today })
  const [problems, setProblems] = useState<PaperProblem[]>([])
  const { isBusy, refusal, run } = useAct()
  const change = (part: Partial<PaperDraft>) => {
    set({ ...paper, ...part })
    setProblems([])
  }
  const send = async () => {
    const contacts = drafts.checked()
    const wrong = paperProblems(paper, contacts ?? [], card)
    setProblems(wrong)
    const { way, signedOn } = paper
    if (contacts === null || way === null || wrong.length > 0 || isBusy) return
    const signed = { task, way, signedOn, contacts, textVersion: Number(paper.textVersion) }
    await run(() => call<typeof recordPaper>('post', '/care/paper', signed))
    await props.again()
  }
  return (
    <form
      class="stack"
      method="post"
      action={`/desk/tasks/${task}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <fieldset class="stack" disabled={!useIsAlive()}>
        <PaperFields card={card} paper={paper} problems={problems} change={change} />
        <h3 class="strong">{tasks.cardContacts}</h3>
        <ContactFields
          of={drafts}
          says={{
            help: words.paperContactsHelp,
            relation: words.paperRelation,
            callsMe: words.paperCallsMe,
            hasKey: people.keyKept,
          }}
        />
        {problems.includes('key') ? <Problem>{words.paperKeyMissing}</Problem> : null}
        <RefusalStrip refusal={refusal} />
        <Button type="submit" icon={FilePen} wide tall busy={isBusy}>
          {words.paperSave}
        </Button>
      </fieldset>
    </form>
  )
}

function PaperFields(props: {
  card: Offered
  paper: PaperDraft
  problems: readonly PaperProblem[]
  change: (part: Partial<PaperDraft>) => void
}) {
  const { card, paper, problems, change } = props
  const { care } = useWorkWords()
  const words = useDeskWords()
  const version = paper.way === null ? undefined : versionFor(card, paper.way)
  return (
    <>
      <ChoiceGroup
        legend={words.paperWay}
        name="way"
        column
        options={card.texts.map(({ way }) => ({
          ...{ value: way, words: care.ways[way] },
          disabled: way !== 'call' && !card.hasSensor,
        }))}
        value={paper.way ?? undefined}
        help={card.hasSensor ? undefined : words.offerNoSensor}
        problem={problems.includes('way') ? words.paperWayMissing : undefined}
        onPick={(way) => change({ way: way as Way })}
      />
      <TextField
        label={words.paperVersion}
        name="textVersion"
        inputMode="numeric"
        maxLength={4}
        value={paper.textVersion}
        help={version === undefined ? undefined : words.paperVersionHelp(version)}
        problem={
          problems.includes('version') && version !== undefined
            ? words.paperVersionWrong(version)
            : undefined
        }
        onInput={(textVersion) => change({ textVersion: textVersion.trim() })}
      />
      <TextField
        label={words.paperSignedOn}
        name="signedOn"
        type="date"
        min={dayBefore(card.today, paperDaysMax)}
        max={card.today}
        value={paper.signedOn}
        problem={problems.includes('day') ? words.paperDayWrong(paperDaysMax) : undefined}
        onInput={(signedOn) => change({ signedOn })}
      />
    </>
  )
}
