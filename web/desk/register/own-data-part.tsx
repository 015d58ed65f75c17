import { useState } from 'preact/hooks'
import { BookOpenText, Printer } from 'lucide'
import type { Input, Output } from '../../../src/kernel/endpoint.ts'
import type { PersonId } from '../../../src/kernel/ids.ts'
import type { askOwnFor, dataOf } from '../../../src/ground/privacy/own-data/api.ts'
import { call } from '../../shell/call.ts'
import { OwnRows, standingOf, titleOf, WhyKept } from '../../shell/own-rows.tsx'
import { useAct, useNow } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useLanguage, useOwnDataWords, useRegisterWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Heading } from '../../ui/card.tsx'
import { ChoiceGroup } from '../../ui/choice.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { Strip } from '../../ui/state.tsx'
import { formatDate, formatInstant } from '../../words/format.ts'
import { keysOf } from './frame.tsx'
import { usePrintsAlone } from './print-alone.ts'
import { StepUpDialog, useStepUp } from './step-up.tsx'

export type OwnData = Output<typeof dataOf>
type Part = { person: PersonId; request: string }

/** For whoever stands here without a telephone: their own data, read out, printed, asked about. */
export function OwnDataPart(props: Part & { onPaper: (data: OwnData) => void }) {
  const { person, request, onPaper } = props
  const words = useRegisterWords().ownData
  const { isBusy, refusal, run } = useAct()
  const stepUp = useStepUp(refusal)
  const open = () =>
    void run(async () => {
      const result = await call<typeof dataOf>('get', '/privacy/data-of', { person, request })
      if (result.ok) onPaper(result.answer)
      return result
    })
  return (
    <section class="stack">
      <Heading line={words.personLine}>{words.personHead}</Heading>
      <div>
        <Button icon={BookOpenText} busy={isBusy} onClick={open}>
          {words.personOpen}
        </Button>
      </div>
      <RefusalStrip refusal={stepUp.isNeeded ? null : refusal} />
      <StepUpDialog stepUp={stepUp} />
      <TakeDown person={person} request={request} />
    </section>
  )
}

type Kind = Input<typeof askOwnFor>['ask']['kind']
type Askable = Extract<Input<typeof askOwnFor>['ask'], { kind: 'erase' }>['part']

function askOf(kind: Kind, part: Askable, says: string): Input<typeof askOwnFor>['ask'] {
  if (kind === 'copy') return { kind }
  return kind === 'correct' ? { kind, part, says: says.trim() } : { kind, part }
}

/** On the same clocks as if they had pressed it themself; in their book by whom. */
function TakeDown(props: Part) {
  const { person, request } = props
  const own = useOwnDataWords()
  const words = useRegisterWords().ownData
  const { isBusy, refusal, run } = useAct()
  const stepUp = useStepUp(refusal)
  const [kind, setKind] = useState<Kind>('correct')
  const [part, setPart] = useState<Askable>('person')
  const [says, setSays] = useState('')
  const [done, setDone] = useState<string | null>(null)
  const said = useCame()
  const send = () =>
    void run(async () => {
      const asked = { person, request, ask: askOf(kind, part, says) }
      const result = await call<typeof askOwnFor>('post', '/privacy/data-of/ask', asked)
      if (result.ok) {
        setDone(said(result.answer, part))
        setSays('')
      }
      return result
    })
  const parts: Askable[] = ['everything', ...keysOf(own.parts)]
  return (
    <details>
      <summary class="button button-quiet out-left">{words.takeDown}</summary>
      <div class="stack">
        <ChoiceGroup
          legend={words.kind}
          name="own kind"
          options={keysOf(own.kinds).map((value) => ({ value, words: own.kinds[value] }))}
          value={kind}
          onPick={(value) => setKind(value as Kind)}
        />
        {kind === 'copy' ? null : (
          <SelectField
            label={words.part}
            name="own part"
            options={parts.map((value) => ({ value, words: own.partOf(value) }))}
            value={part}
            onInput={(value) => setPart(value as Askable)}
          />
        )}
        {kind === 'erase' && part === 'account' ? <CloseEffect /> : null}
        {kind === 'correct' ? (
          <TextField
            label={own.correctSays}
            name="own says"
            rows={3}
            maxLength={300}
            value={says}
            onInput={setSays}
          />
        ) : null}
        <div>
          <Button
            kind={kind === 'erase' ? 'danger' : 'plain'}
            busy={isBusy}
            disabled={kind === 'correct' && says.trim().length < 2}
            onClick={send}
          >
            {words.sure}
          </Button>
        </div>
        <div role="status">{done === null ? null : <Strip>{done}</Strip>}</div>
        <RefusalStrip refusal={stepUp.isNeeded ? null : refusal} />
        <StepUpDialog stepUp={stepUp} />
      </div>
    </details>
  )
}

/** Read to the person before they say yes. */
function CloseEffect() {
  const words = useOwnDataWords()
  return (
    <>
      <p>{words.closeLine}</p>
      <ul class="points">
        {words.closeEffect.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </>
  )
}

/** What to tell the person who stands here. */
function useCame(): (asked: Output<typeof askOwnFor>, part: Askable) => string {
  const own = useOwnDataWords()
  const now = useNow()
  const language = useLanguage()
  return ({ state, dueAt, holds }, part) => {
    if (state === 'open') return own.nowAsked(formatDate(dueAt, now, language))
    if (state === 'done') return own.nowDone
    if (part === 'account') return own.closeHeld
    if (holds.length > 0) return holds.map(({ why }) => own.holds[why]).join(own.comma)
    return part === 'everything' ? own.nowKept : own.keptByTerm(own.parts[part].until)
  }
}

/** All of it on paper, for the person alone. */
export function OwnDataPaper(props: { data: OwnData; onClose: () => void }) {
  usePrintsAlone()
  const { data, onClose } = props
  const own = useOwnDataWords()
  const words = useRegisterWords()
  const language = useLanguage()
  const { name, parts, requests, now } = data
  return (
    <div class="stack">
      <div class="flow no-print">
        <Button kind="primary" icon={Printer} onClick={() => print()}>
          {words.ownData.print}
        </Button>
        <Button onClick={onClose}>{words.paperClose}</Button>
      </div>
      <article class="paper">
        <h2 class="head">{own.file.title}</h2>
        <p>
          {name} · {formatInstant(now, now, language)}
        </p>
        <p class="note">{own.file.line}</p>
        {parts.map((part) => (
          <section key={part.part} class="stack stack-tight">
            <h3 class="title">{own.parts[part.part].title}</h3>
            <WhyKept part={part.part} />
            <OwnRows part={part} />
          </section>
        ))}
        <h3 class="title">{own.requestsHead}</h3>
        {requests.length === 0 ? <p>{own.requestsNone}</p> : null}
        {requests.map((one) => (
          <p key={one.request}>
            {titleOf(one, own)} · {own.states[one.state]} · {standingOf(one, now, own, language)}
          </p>
        ))}
      </article>
    </div>
  )
}
