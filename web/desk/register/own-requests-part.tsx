import { useState } from 'preact/hooks'
import { Check } from 'lucide'
import type { Input, Output } from '../../../src/kernel/endpoint.ts'
import type { decideOwnRequest, ownRequests } from '../../../src/ground/privacy/own-data/api.ts'
import { call } from '../../shell/call.ts'
import { useLive } from '../../shell/live.ts'
import { titleOf } from '../../shell/own-rows.tsx'
import { useAct, useFirst, useIsAlive } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useLanguage, useOwnDataWords, useRegisterWords } from '../../shell/words.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Heading } from '../../ui/card.tsx'
import { SelectField, TextField } from '../../ui/field.tsx'
import { List, Row } from '../../ui/list.tsx'
import { formatDate } from '../../words/format.ts'

type Asked = Output<typeof ownRequests>['requests'][number]
type Verdict = Input<typeof decideOwnRequest>['verdict']
type Because = Extract<Verdict, { is: 'refused' }>['because']

/** What people asked about their own data, the first due first. */
export function OwnRequestsPart() {
  const words = useRegisterWords().ownData
  const kept = useFirst<typeof ownRequests>('/privacy/own-requests', {})
  useLive('street', kept.again)
  const result = kept.result.value
  if (!result?.ok) return <Unanswered refusal={result?.refusal} again={kept.again} />
  const { requests, now } = result.answer
  return (
    <section class="stack">
      <Heading line={words.line}>{words.title}</Heading>
      {requests.length === 0 ? (
        <p class="note">{words.none}</p>
      ) : (
        <List label={words.title}>
          {requests.map((one) => (
            <One key={one.request} asked={one} now={now} again={kept.again} />
          ))}
        </List>
      )}
    </section>
  )
}

function One(props: { asked: Asked; now: number; again: () => Promise<void> }) {
  const { asked, now, again } = props
  const { request, kind, part, name, home, says, dueAt, isLate, atStation } = asked
  const own = useOwnDataWords()
  const words = useRegisterWords().ownData
  const language = useLanguage()
  const isAlive = useIsAlive()
  const { isBusy, refusal, run } = useAct()
  const decide = async (verdict: Verdict) => {
    const path = '/privacy/own-requests/decide'
    if (await run(() => call<typeof decideOwnRequest>('post', path, { request, verdict }))) {
      await again()
    }
  }
  const left = Math.max(0, Math.ceil((dueAt - now) / 86_400_000))
  return (
    <Row
      title={`${name} · ${titleOf({ kind, part }, own)}`}
      detail={[...(home ? [home] : []), ...(atStation ? [own.atStation] : [])].join(' · ')}
      line={`${words.due} ${formatDate(dueAt, now, language)}`}
      more={
        <fieldset class="stack stack-tight" disabled={!isAlive || isBusy}>
          <p>
            <Badge tone={isLate ? 'amber' : 'plain'}>
              {isLate ? own.late : own.daysLeft(left)}
            </Badge>
          </p>
          {says ? <p>{says}</p> : null}
          <p class="note">{kind === 'erase' ? words.eraseAll : words.correctFirst}</p>
          <div>
            <Button
              icon={Check}
              kind={kind === 'erase' ? 'danger' : 'plain'}
              onClick={() => void decide({ is: 'done' })}
            >
              {words.done}
            </Button>
          </div>
          <Refuse onRefuse={decide} />
          <RefusalStrip refusal={refusal} />
        </fieldset>
      }
    />
  )
}

const becauses: readonly Because[] = [
  ...(['is-right', 'law-keeps-it', 'claim-of-another', 'not-shown', 'not-ours'] as const),
]

function Refuse(props: { onRefuse: (verdict: Verdict) => Promise<void> }) {
  const own = useOwnDataWords()
  const words = useRegisterWords().ownData
  const [because, setBecause] = useState<Because>('is-right')
  const [said, say] = useState('')
  return (
    <details>
      <summary class="button button-quiet out-left">{words.refuse}</summary>
      <div class="stack">
        <SelectField
          label={words.reason}
          name="because"
          options={becauses.map((value) => ({ value, words: own.because[value] }))}
          value={because}
          onInput={(value) => setBecause(value as Because)}
        />
        <TextField
          label={words.words}
          name="answer"
          rows={3}
          maxLength={300}
          value={said}
          onInput={say}
        />
        <div>
          <Button
            disabled={said.trim().length < 4}
            onClick={() => void props.onRefuse({ is: 'refused', because, words: said.trim() })}
          >
            {words.send}
          </Button>
        </div>
      </div>
    </details>
  )
}
