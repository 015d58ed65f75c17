import { useState } from 'preact/hooks'
import type {
  approveMinor,
  dueReviews,
  review,
  waitingApprovals,
} from '../../../src/ground/privacy/requests/api.ts'
import type { Input, Output } from '../../../src/kernel/endpoint.ts'
import { call } from '../../shell/call.ts'
import { useLive } from '../../shell/live.ts'
import { useAct, useFirst, useIsAlive, useNow } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useLanguage, useRegisterWords, useWorkWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Heading } from '../../ui/card.tsx'
import { TextField } from '../../ui/field.tsx'
import { List, Row } from '../../ui/list.tsx'
import { Strip } from '../../ui/state.tsx'
import { formatInstant } from '../../words/format.ts'
import { AuthorityPart } from './authority-part.tsx'
import { NumbersPart } from './numbers-part.tsx'
import { OwnRequestsPart } from './own-requests-part.tsx'
import { RegisterPage, registerPaths, useIsOfficer } from './frame.tsx'

/** What one person did and another has to look at. */
export function ReviewsPage() {
  const words = useRegisterWords()
  const isOfficer = useIsOfficer()
  return (
    <RegisterPage at={registerPaths.reviews} title={words.reviewsTitle} line={words.reviewsLine}>
      <Minors />
      <NumbersPart />
      <OwnRequestsPart />
      {isOfficer ? (
        <>
          <Glass />
          <AuthorityPart />
        </>
      ) : null}
    </RegisterPage>
  )
}

function Minors() {
  const words = useRegisterWords()
  const kept = useFirst<typeof waitingApprovals>('/privacy/requests/approvals', {})
  const [done, setDone] = useState<'yes' | 'no' | null>(null)
  const result = kept.result.value
  if (!result?.ok) return <Unanswered refusal={result?.refusal} again={kept.again} />
  const { requests } = result.answer
  return (
    <section class="stack">
      <Heading>{words.minorsTitle}</Heading>
      <div role="status">{done ? <Strip>{words.minorDone[done]}</Strip> : null}</div>
      {requests.length === 0 ? (
        <p class="note">{words.nothingWaits}</p>
      ) : (
        <List label={words.minorsTitle}>
          {requests.map((one) => (
            <OneMinor
              key={one.request}
              asked={one}
              onDone={(says) => {
                setDone(says)
                void kept.again()
              }}
            />
          ))}
        </List>
      )}
    </section>
  )
}

type Decision = Input<typeof approveMinor>['decision']
type YesBecause = Extract<Decision, { says: 'yes' }>['because']
type NoBecause = Extract<Decision, { says: 'no' }>['because']
const yesBecause: readonly YesBecause[] = ['parent-here', 'parent-asked', 'to-protect', 'by-law']
const noBecause: readonly NoBecause[] = ['not-needed', 'ask-parents', 'other-child']

/** Which child, who asks and why; then one tap that says yes or no, and why. */
function OneMinor(props: {
  asked: Output<typeof waitingApprovals>['requests'][number]
  onDone: (says: 'yes' | 'no') => void
}) {
  const { request, reason, title, unit, waitsSince, child } = props.asked
  const words = useRegisterWords()
  const { places } = useWorkWords()
  const language = useLanguage()
  const now = useNow()
  const isAlive = useIsAlive()
  const { isBusy, refusal, run } = useAct()
  const decide = async (decision: Decision) => {
    const asked = { request, decision }
    const path = '/privacy/requests/approve'
    if (await run(() => call<typeof approveMinor>('post', path, asked))) props.onDone(decision.says)
  }
  const lives = child.places.map((place) => `${places.compound(place)} ${places.spot(place)}`)
  return (
    <Row
      title={child.name}
      detail={[...(child.age === null ? [] : [words.years(child.age)]), ...lives].join(' · ')}
      line={[
        words.minorAsks(`${unit} ${title}`, words.reasons[reason]),
        formatInstant(waitsSince, now, language),
      ].join(' · ')}
      more={
        <fieldset class="stack stack-tight" disabled={!isAlive || isBusy}>
          <p class="note">{words.minorSeen}</p>
          <p class="small-strong">{words.minorYes}</p>
          <div class="flow">
            {yesBecause.map((because) => (
              <Button key={because} onClick={() => void decide({ says: 'yes', because })}>
                {words.minorBecause[because]}
              </Button>
            ))}
          </div>
          <p class="small-strong">{words.minorNo}</p>
          <div class="flow">
            {noBecause.map((because) => (
              <Button key={because} onClick={() => void decide({ says: 'no', because })}>
                {words.minorBecause[because]}
              </Button>
            ))}
          </div>
          <RefusalStrip refusal={refusal} />
        </fieldset>
      }
    />
  )
}

function Glass() {
  const words = useRegisterWords()
  const kept = useFirst<typeof dueReviews>('/privacy/requests/reviews', {})
  useLive('street', kept.again)
  const result = kept.result.value
  if (!result?.ok) return <Unanswered refusal={result?.refusal} again={kept.again} />
  const { reviews } = result.answer
  return (
    <section class="stack">
      <Heading>{words.glassReviews}</Heading>
      {reviews.length === 0 ? (
        <p class="note">{words.nothingWaits}</p>
      ) : (
        <List label={words.glassReviews}>
          {reviews.map((one) => (
            <OneReview key={one.request} due={one} again={kept.again} />
          ))}
        </List>
      )}
    </section>
  )
}

type Due = Output<typeof dueReviews>['reviews'][number]

function OneReview(props: { due: Due; again: () => Promise<void> }) {
  const { due, again } = props
  const words = useRegisterWords()
  const language = useLanguage()
  const now = useNow()
  const isAlive = useIsAlive()
  const { isBusy, refusal, run } = useAct()
  const [said, say] = useState('')
  const answer = async (outcome: 'right' | 'wrong') => {
    const asked = { request: due.request, outcome, words: said.trim() }
    if (await run(() => call<typeof review>('post', '/privacy/requests/review', asked))) {
      await again()
    }
  }
  return (
    <Row
      title={`${due.unit} ${due.title}`}
      detail={due.words}
      line={[
        formatInstant(due.at, now, language),
        words.reviewBy(formatInstant(due.reviewBy, now, language)),
      ].join(' · ')}
      more={
        <fieldset class="stack" disabled={!isAlive}>
          <TextField
            label={words.reviewWords}
            name={`words ${due.request}`}
            rows={2}
            maxLength={200}
            value={said}
            onInput={say}
          />
          <div class="flow">
            <Button busy={isBusy} onClick={() => void answer('right')}>
              {words.reviewRight}
            </Button>
            <Button busy={isBusy} onClick={() => void answer('wrong')}>
              {words.reviewWrong}
            </Button>
          </div>
          <RefusalStrip refusal={refusal} />
        </fieldset>
      }
    />
  )
}
