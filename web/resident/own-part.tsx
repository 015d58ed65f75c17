import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { FileText, Trash2 } from 'lucide'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { askCorrection, askErasure, myData } from '../../src/ground/privacy/own-data/api.ts'
import { call } from '../shell/call.ts'
import { OwnRows, WhyKept, type OwnPart } from '../shell/own-rows.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import type { Written } from '../shell/pages.ts'
import { useAct, useNow, useShell } from '../shell/shell.tsx'
import { useLanguage, useOwnDataWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Card, Heading } from '../ui/card.tsx'
import { TextField } from '../ui/field.tsx'
import { Strip } from '../ui/state.tsx'
import { formatDate } from '../words/format.ts'
import { CloseAccount } from './close-account.tsx'
import { Fold } from './fold.tsx'

type Asked = Output<typeof askErasure>
type Hold = Output<typeof myData>['holds'][number]
type Key = OwnPart['part']

/** The form that was pressed without script and refused for what was written in it. */
export function markedIn(kept: unknown): Written | undefined {
  const written = (kept as { ok: boolean; answer: Written } | null | undefined)?.answer
  return written?.marks === undefined ? undefined : written
}

function useWritten(part: Key): Written | undefined {
  const written = markedIn(useShell().answers.get('written')?.value)
  return written?.said['part'] === part ? written : undefined
}

/** One part: why it is kept, what is in it, and what can be done about it. */
export function OwnPartFold(props: {
  part: OwnPart
  holds: readonly Hold[]
  again: () => Promise<void>
}) {
  const { part, holds, again } = props
  const words = useOwnDataWords()
  const { title, until } = words.parts[part.part]
  return (
    <Fold icon={FileText} title={title} line={until} open={useWritten(part.part) !== undefined}>
      <WhyKept part={part.part} />
      <details>
        <summary class="button button-quiet out-left">{words.open(part.count)}</summary>
        <OwnRows part={part} />
      </details>
      <Correct part={part.part} again={again} />
      {part.part === 'account' ? (
        <CloseAccount holds={holds} again={again} />
      ) : (
        <Erase part={part.part} again={again} />
      )}
    </Fold>
  )
}

/** A plain form without script; with it the page stays, and says what came of it. */
function OwnForm(props: {
  to: string
  part: string
  onPress: () => void
  children: ComponentChildren
}) {
  return (
    <form
      class="stack"
      method="post"
      action={props.to}
      onSubmit={(event) => {
        event.preventDefault()
        props.onPress()
      }}
    >
      <input type="hidden" name="part" value={props.part} />
      {props.children}
    </form>
  )
}

function Correct(props: { part: Key; again: () => Promise<void> }) {
  const { part, again } = props
  const words = useOwnDataWords()
  const { isBusy, refusal, run } = useAct()
  const written = useWritten(part)
  const [says, setSays] = useState(written?.said['says'] ?? '')
  const [asked, setAsked] = useState<Asked | null>(null)
  const send = () =>
    void run(async () => {
      const wish = { part, says: says.trim() }
      const result = await call<typeof askCorrection>('post', '/privacy/my-data/correct', wish)
      if (result.ok) {
        setAsked(result.answer)
        setSays('')
        await again()
      }
      return result
    })
  return (
    <details open={written !== undefined}>
      <summary class="button button-quiet out-left">{words.correctDo}</summary>
      <OwnForm to="/my-data/correct" part={part} onPress={send}>
        <p class="note">{words.correctLine}</p>
        <TextField
          label={words.correctSays}
          name="says"
          rows={3}
          maxLength={300}
          required
          problem={written ? words.correctProblem : undefined}
          focused={written !== undefined}
          value={says}
          onInput={setSays}
        />
        <div>
          <Button type="submit" busy={isBusy}>
            {words.correctSend}
          </Button>
        </div>
        <Came asked={asked} part={part} />
        {refusal ? <RefusalStrip refusal={refusal} /> : null}
      </OwnForm>
    </details>
  )
}

/** These rest on an agreement alone: erasing them ends it. */
const byConsent: ReadonlySet<Key> = new Set(['signals', 'watch', 'care', 'contacts', 'questions'])
const byOwnAct: ReadonlySet<Key> = new Set(['browsers', 'signed-in'])

function Erase(props: { part: Key; again: () => Promise<void> }) {
  const { part } = props
  const words = useOwnDataWords()
  const effect = byConsent.has(part)
    ? words.eraseConsent
    : byOwnAct.has(part)
      ? words.eraseOwn
      : words.eraseLine
  return (
    <details>
      <summary class="button button-quiet out-left">{words.eraseDo}</summary>
      <EraseForm part={part} again={props.again}>
        <p class="note">{effect}</p>
      </EraseForm>
    </details>
  )
}

function EraseForm(props: {
  part: Key | 'everything'
  again: () => Promise<void>
  children?: ComponentChildren
}) {
  const { part, again } = props
  const words = useOwnDataWords()
  const { isBusy, refusal, run } = useAct()
  const [asked, setAsked] = useState<Asked | null>(null)
  const send = () =>
    void run(async () => {
      const result = await call<typeof askErasure>('post', '/privacy/my-data/erase', { part })
      if (result.ok) {
        setAsked(result.answer)
        await again()
      }
      return result
    })
  return (
    <OwnForm to="/my-data/erase" part={part} onPress={send}>
      {props.children}
      <div>
        <Button type="submit" kind="danger" icon={Trash2} busy={isBusy}>
          {part === 'everything' ? words.allDo : words.eraseSure}
        </Button>
      </div>
      <Came asked={asked} part={part} />
      {refusal ? <RefusalStrip refusal={refusal} /> : null}
    </OwnForm>
  )
}

/** What came of it: done, taken down with its clock, or why not yet. */
function Came(props: { asked: Asked | null; part: Key | 'everything' }) {
  const { asked, part } = props
  const words = useOwnDataWords()
  const now = useNow()
  const language = useLanguage()
  if (!asked) return <div role="status" />
  const { state, dueAt, holds } = asked
  return (
    <div role="status">
      <Strip tone={state === 'refused' ? 'amber' : 'plain'}>
        {state === 'done' ? words.nowDone : null}
        {state === 'open' ? words.nowAsked(formatDate(dueAt, now, language)) : null}
        {state === 'refused' ? words.nowKept : null}
      </Strip>
      {state === 'refused' ? <Holds holds={holds} part={part} /> : null}
    </div>
  )
}

function Holds(props: { holds: readonly Hold[]; part: Key | 'everything' }) {
  const { holds, part } = props
  const words = useOwnDataWords()
  const now = useNow()
  const language = useLanguage()
  if (holds.length === 0 && part !== 'everything') {
    return <p>{words.keptByTerm(words.parts[part].until)}</p>
  }
  return (
    <ul class="points">
      {holds.map(({ why, until }) => (
        <li key={why}>
          {words.holds[why]}
          {until === null ? '' : words.heldUntil(formatDate(until, now, language))}
        </li>
      ))}
    </ul>
  )
}

/** What still keeps it is said before anybody presses. */
export function EraseAll(props: { holds: readonly Hold[]; again: () => Promise<void> }) {
  const words = useOwnDataWords()
  return (
    <Card label={words.allHead}>
      <div class="stack">
        <Heading line={words.allLine}>{words.allHead}</Heading>
        {props.holds.length > 0 ? (
          <>
            <p>{words.allNotYet}</p>
            <Holds holds={props.holds} part="everything" />
          </>
        ) : (
          <EraseForm part="everything" again={props.again} />
        )}
      </div>
    </Card>
  )
}
