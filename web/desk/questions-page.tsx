import { useState } from 'preact/hooks'
import type { answerWhy, questions } from '../../src/ground/privacy/asking/api.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import { call } from '../shell/call.ts'
import { useLive } from '../shell/live.ts'
import { readLook } from '../shell/look.ts'
import { useAct, useFirst, useIsAlive, useNow } from '../shell/shell.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useBookWords, useDeskWords, useLanguage } from '../shell/words.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { List, Row } from '../ui/list.tsx'
import { State, Strip } from '../ui/state.tsx'
import { formatDate, formatInstant } from '../words/format.ts'
import { ReadingPage } from './reading-page.tsx'

/** Residents ask why they were looked at: whoever is in charge answers, the most urgent first. */
export function QuestionsPage() {
  const words = useDeskWords().questions
  const kept = useFirst<typeof questions>('/privacy/questions', {})
  useLive('looks', kept.again)
  const [isDone, setDone] = useState(false)
  const result = kept.result.value
  return (
    <ReadingPage at="/desk/me" title={words.title} line={words.line}>
      <div role="status">{isDone ? <Strip>{words.done}</Strip> : null}</div>
      {!result?.ok ? (
        <Unanswered refusal={result?.refusal} again={kept.again} />
      ) : result.answer.questions.length === 0 ? (
        <State kind="empty" title={words.none} line={words.noneLine} />
      ) : (
        <List label={words.title}>
          {result.answer.questions.map((one) => (
            <OneQuestion
              key={one.question}
              asked={one}
              onDone={() => {
                setDone(true)
                void kept.again()
              }}
            />
          ))}
        </List>
      )}
    </ReadingPage>
  )
}

type Asked = Output<typeof questions>['questions'][number]

const shortest = 4

/** Which look it is about, and nobody's name; then words to whoever asked. */
function OneQuestion(props: { asked: Asked; onDone: () => void }) {
  const { question, askedAt, dueAt, look } = props.asked
  const words = useDeskWords().questions
  const book = useBookWords()
  const language = useLanguage()
  const now = useNow()
  const isAlive = useIsAlive()
  const { isBusy, refusal, run } = useAct()
  const [said, say] = useState('')
  const [isShort, setShort] = useState(false)
  const says = readLook(look, { words: book, language })
  const send = async () => {
    const answer = said.trim()
    setShort(answer.length < shortest)
    if (answer.length < shortest) return
    const path = '/privacy/questions/answer'
    if (await run(() => call<typeof answerWhy>('post', path, { question, answer }))) props.onDone()
  }
  const day = formatDate(dueAt, now, language)
  return (
    <Row
      title={says.who}
      detail={`${says.what} · ${says.why}`}
      line={[
        words.lookedAt(formatInstant(look.at, now, language)),
        words.askedAt(formatInstant(askedAt, now, language)),
      ].join(' · ')}
      side={
        <Badge tone={dueAt < now ? 'amber' : 'plain'}>
          {dueAt < now ? words.late(day) : words.due(day)}
        </Badge>
      }
      more={
        <fieldset class="stack above-3 under-4" disabled={!isAlive}>
          <TextField
            label={words.answer}
            name={`answer ${question}`}
            help={words.help}
            problem={isShort ? words.short : undefined}
            rows={3}
            maxLength={300}
            value={said}
            onInput={say}
          />
          <div>
            <Button busy={isBusy} onClick={() => void send()}>
              {words.send}
            </Button>
          </div>
          <RefusalStrip refusal={refusal} />
        </fieldset>
      }
    />
  )
}
