import { useState } from 'preact/hooks'
import { Eye } from 'lucide'
import type {
  looksToReview,
  openLookReview,
  reviewLook,
} from '../../../src/ground/privacy/reviewing/api.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import { call } from '../../shell/call.ts'
import { useAct, useIsAlive, useNow } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { useLanguage, useRegisterWords, useWorkWords } from '../../shell/words.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'
import { Row } from '../../ui/list.tsx'
import { formatDate, formatInstant } from '../../words/format.ts'
import { useLookReader } from './reader.ts'

type ReviewRow = Output<typeof looksToReview>['reviews'][number]
type Shown = Output<typeof openLookReview>

const outcomes = ['right', 'wrong', 'unclear'] as const
type Outcome = (typeof outcomes)[number]
const shortest = 4

/** Which post looked, at what and why; whom it was about is seen with a press of its own. */
export function OneReview(props: { look: ReviewRow; onDone: () => void }) {
  const { look } = props
  const words = useRegisterWords().reviewing
  const language = useLanguage()
  const now = useNow()
  const says = useLookReader()(look)
  const day = formatDate(look.dueAt, now, language)
  const isLate = look.dueAt < now
  const because = [
    ...look.reasons.map((reason) => words.reasons[reason]),
    ...(look.isDrawn ? [words.drawn] : []),
  ]
  return (
    <Row
      title={says.who}
      detail={`${says.what} · ${says.why}`}
      line={words.lookedAt(formatInstant(look.at, now, language))}
      side={
        <Badge tone={isLate ? 'amber' : 'plain'}>{isLate ? words.late(day) : words.due(day)}</Badge>
      }
      more={
        <div class="stack">
          <p>
            <b>{words.why}</b> · {because.join(' · ')}
          </p>
          <About review={look.review} who={says.who} />
          <Answer {...props} />
        </div>
      }
    />
  )
}

/** It is a look, and in the book of whom it shows. */
function About(props: { review: string; who: string }) {
  const { review } = props
  const words = useRegisterWords().reviewing
  const { places } = useWorkWords()
  const isAlive = useIsAlive()
  const { isBusy, refusal, run } = useAct()
  const [shown, setShown] = useState<Shown | null>(null)
  const open = async () => {
    const path = '/privacy/look-reviews/open'
    await run(async () => {
      const answered = await call<typeof openLookReview>('post', path, { review })
      if (answered.ok) setShown(answered.answer)
      return answered
    })
  }
  if (!shown) {
    return (
      <div class="stack stack-tight">
        <div>
          <Button
            icon={Eye}
            busy={isBusy}
            disabled={!isAlive}
            label={words.openLabel(props.who)}
            onClick={() => void open()}
          >
            {words.open}
          </Button>
        </div>
        <p class="note">{words.openNote}</p>
        <RefusalStrip refusal={refusal} />
      </div>
    )
  }
  const lives = shown.places.map((place) => `${places.compound(place)} ${places.spot(place)}`)
  return (
    <p role="status">
      {words.about} <b>{shown.name ?? words.gone}</b>
      {lives.length > 0 ? ` · ${words.lives(lives.join(' · '))}` : null}
    </p>
  )
}

function Answer(props: { look: ReviewRow; onDone: () => void }) {
  const { review } = props.look
  const words = useRegisterWords().reviewing
  const isAlive = useIsAlive()
  const { isBusy, refusal, run } = useAct()
  const [said, say] = useState('')
  const [isShort, setShort] = useState(false)
  const answer = async (outcome: Outcome) => {
    const asked = { review, outcome, words: said.trim() }
    const misses = outcome !== 'right' && asked.words.length < shortest
    setShort(misses)
    if (misses) return
    const path = '/privacy/look-reviews/answer'
    if (await run(() => call<typeof reviewLook>('post', path, asked))) props.onDone()
  }
  return (
    <fieldset class="stack" disabled={!isAlive}>
      <TextField
        label={words.words}
        name={`words ${review}`}
        help={words.wordsHelp}
        problem={isShort ? words.wordsShort : undefined}
        rows={2}
        maxLength={200}
        value={said}
        onInput={say}
      />
      <div class="flow" role="group" aria-label={words.answer}>
        {outcomes.map((outcome) => (
          <Button key={outcome} busy={isBusy} onClick={() => void answer(outcome)}>
            {words.outcomes[outcome]}
          </Button>
        ))}
      </div>
      <p class="note">{words.wrongTells}</p>
      <RefusalStrip refusal={refusal} />
    </fieldset>
  )
}
