import { useState } from 'preact/hooks'
import type {
  approveMinor,
  dueReviews,
  review,
  waitingApprovals,
} from '../../../src/ground/privacy/requests/api.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import { call } from '../../shell/call.ts'
import { useAct, useFirst, useIsAlive, useNow } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useLanguage, useRegisterWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Heading } from '../../ui/card.tsx'
import { TextField } from '../../ui/field.tsx'
import { List, Row } from '../../ui/list.tsx'
import { formatInstant } from '../../words/format.ts'
import { AuthorityPart } from './authority-part.tsx'
import { NumbersPart } from './numbers-part.tsx'
import { RegisterPage, registerPaths, useIsOfficer } from './frame.tsx'

/** What one person did and another has to look at. */
export function ReviewsPage() {
  const words = useRegisterWords()
  const isOfficer = useIsOfficer()
  return (
    <RegisterPage at={registerPaths.reviews} title={words.reviewsTitle} line={words.reviewsLine}>
      <Minors />
      <NumbersPart />
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
  const language = useLanguage()
  const now = useNow()
  const kept = useFirst<typeof waitingApprovals>('/privacy/requests/approvals', {})
  const { isBusy, refusal, run } = useAct()
  const result = kept.result.value
  if (!result?.ok) return <Unanswered refusal={result?.refusal} again={kept.again} />
  const { requests } = result.answer
  const approve = async (request: string) => {
    await run(() => call<typeof approveMinor>('post', '/privacy/requests/approve', { request }))
    await kept.again()
  }
  return (
    <section class="stack">
      <Heading>{words.minorsTitle}</Heading>
      {requests.length === 0 ? (
        <p class="note">{words.nothingWaits}</p>
      ) : (
        <List label={words.minorsTitle}>
          {requests.map(({ request, reason, title, unit, waitsSince }) => (
            <Row
              key={request}
              title={`${unit} ${title}`}
              line={[words.reasons[reason], formatInstant(waitsSince, now, language)].join(' · ')}
              more={
                <Button busy={isBusy} onClick={() => void approve(request)}>
                  {words.approve}
                </Button>
              }
            />
          ))}
        </List>
      )}
      <RefusalStrip refusal={refusal} />
    </section>
  )
}

function Glass() {
  const words = useRegisterWords()
  const kept = useFirst<typeof dueReviews>('/privacy/requests/reviews', {})
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
