import { useState } from 'preact/hooks'
import type {
  decideAuthority,
  giveAuthority,
  listAuthority,
  recordAuthority,
} from '../../../src/ground/privacy/authority/api.ts'
import type { AsksFor } from '../../../src/ground/privacy/authority/types.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import type { HomeCode } from '../../../src/kernel/ids.ts'
import { call } from '../../shell/call.ts'
import { useAct, useFirst, useIsAlive, useNow } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useLanguage, useRegisterWords, useWorkWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Heading } from '../../ui/card.tsx'
import { CheckGroup } from '../../ui/choice.tsx'
import { TextField } from '../../ui/field.tsx'
import { List, Row } from '../../ui/list.tsx'
import { keysOf } from './frame.tsx'
import { StepUpDialog, useStepUp } from './step-up.tsx'
import { formatInstant, formatList } from '../../words/format.ts'

type Listed = Output<typeof listAuthority>['requests'][number]

/** What an authority asks for, one home at a time: on record, by two, with an end. */
export function AuthorityPart() {
  const words = useRegisterWords()
  const { privacy } = useWorkWords()
  const kept = useFirst<typeof listAuthority>('/privacy/authority', {})
  const result = kept.result.value
  if (!result?.ok) return <Unanswered refusal={result?.refusal} again={kept.again} />
  const { requests } = result.answer
  return (
    <section class="stack">
      <Heading line={words.authorityLine}>{words.authorityTitle}</Heading>
      <p>
        <a href="/authorities">{privacy.authorities}</a>
      </p>
      {requests.length === 0 ? (
        <p class="note">{words.authorityNone}</p>
      ) : (
        <List label={words.authorityTitle}>
          {requests.map((one) => (
            <OneRequest key={one.request} asked={one} again={kept.again} />
          ))}
        </List>
      )}
      <details>
        <summary class="button button-quiet out-left">{words.authorityRecord}</summary>
        <RecordForm again={kept.again} />
      </details>
    </section>
  )
}

function OneRequest(props: { asked: Listed; again: () => Promise<void> }) {
  const { asked, again } = props
  const words = useRegisterWords()
  const { places } = useWorkWords()
  const language = useLanguage()
  const now = useNow()
  const { isBusy, refusal, run } = useAct()
  const stepUp = useStepUp(refusal)
  const { request, home } = asked
  const decide = async (verdict: 'approved' | 'refused') => {
    const done = await run(() =>
      call<typeof decideAuthority>('post', '/privacy/authority/decide', { request, verdict }),
    )
    if (done) await again()
  }
  const give = async () => {
    const done = await run(() =>
      call<typeof giveAuthority>('post', '/privacy/authority/give', { request }),
    )
    if (done) await again()
  }
  const fields = asked.fields.map((field) => words.authorityAsksFor[field])
  const isOpen = asked.until > now
  return (
    <Row
      title={`${asked.authority} · ${asked.document}`}
      detail={`${asked.asks} (${formatList(fields, language)})`}
      line={[
        home ? `${places.compound(home)} ${places.spot(home)}` : words.authorityPerson,
        asked.legalBasis,
        formatInstant(asked.at, now, language),
        words.authorityStates[stateOf(asked, now)],
        ...(asked.disclosedAt === null
          ? []
          : [words.authorityDisclosed(formatInstant(asked.disclosedAt, now, language))]),
      ].join(' · ')}
      more={
        <div class="stack stack-tight">
          <div class="flow">
            {asked.verdict === null && isOpen && !asked.isMine ? (
              <>
                <Button busy={isBusy} onClick={() => void decide('approved')}>
                  {words.approve}
                </Button>
                <Button busy={isBusy} onClick={() => void decide('refused')}>
                  {words.refuse}
                </Button>
              </>
            ) : null}
            {asked.verdict === 'approved' && isOpen && asked.givenAt === null ? (
              <Button busy={isBusy} onClick={() => void give()}>
                {words.authorityGive}
              </Button>
            ) : null}
          </div>
          <RefusalStrip refusal={stepUp.isNeeded ? null : refusal} />
          <StepUpDialog stepUp={stepUp} />
        </div>
      }
    />
  )
}

function stateOf({ verdict, givenAt, until }: Listed, now: number) {
  if (givenAt !== null) return 'given'
  if (verdict === 'refused') return 'refused'
  if (until <= now) return 'over'
  return verdict === null ? 'waits' : 'approved'
}

const empty = { authority: '', legalBasis: '', document: '', asks: '', home: '', days: '7' }

function RecordForm(props: { again: () => Promise<void> }) {
  const words = useRegisterWords()
  const isAlive = useIsAlive()
  const { isBusy, refusal, run } = useAct()
  const [said, say] = useState(empty)
  const [fields, setFields] = useState<readonly string[]>([])
  const field = (name: keyof typeof empty, label: string, maxLength: number, help?: string) => (
    <TextField
      label={label}
      name={name}
      help={help}
      problem={refusal?.field === name ? words.authorityProblem : undefined}
      maxLength={maxLength}
      value={said[name]}
      onInput={(value) => say({ ...said, [name]: value })}
    />
  )
  const record = async () => {
    const { home, days, ...papers } = said
    const asked = {
      ...papers,
      fields: fields as AsksFor[],
      ...{ person: null, home: home.trim() as HomeCode, days: Number(days) || 0 },
    }
    const done = await run(() => call<typeof recordAuthority>('post', '/privacy/authority', asked))
    if (!done) return
    say(empty)
    setFields([])
    await props.again()
  }
  return (
    <fieldset class="stack" disabled={!isAlive}>
      {field('authority', words.authorityName, 80)}
      {field('legalBasis', words.authorityBasis, 200)}
      {field('document', words.authorityDocument, 80)}
      {field('asks', words.authorityAsks, 300)}
      {field('home', words.authorityHome, 40, words.authorityHomeHelp)}
      {field('days', words.authorityDays, 2)}
      <CheckGroup
        legend={words.authorityFields}
        name="fields"
        options={keysOf(words.authorityAsksFor).map((value) => ({
          value,
          words: words.authorityAsksFor[value],
        }))}
        values={fields}
        onPick={setFields}
      />
      <RefusalStrip refusal={refusal} />
      <div>
        <Button
          kind="primary"
          busy={isBusy}
          disabled={fields.length === 0}
          onClick={() => void record()}
        >
          {words.authorityRecordDo}
        </Button>
      </div>
    </fieldset>
  )
}
