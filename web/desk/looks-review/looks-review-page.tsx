import { useState } from 'preact/hooks'
import type { looksToReview, wrongLooks } from '../../../src/ground/privacy/reviewing/api.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import { useFirst, useNow } from '../../shell/shell.tsx'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useLanguage, useRegisterWords } from '../../shell/words.tsx'
import { Heading } from '../../ui/card.tsx'
import { List, Row } from '../../ui/list.tsx'
import { State, Strip } from '../../ui/state.tsx'
import { formatDate, formatInstant } from '../../words/format.ts'
import { ReadingPage } from '../reading-page.tsx'
import { OneReview } from './one-review.tsx'
import { useLookReader } from './reader.ts'

/** Looks that a second pair of eyes goes through; below, what was found not right in one's body. */
export function LooksReviewPage() {
  const words = useRegisterWords().reviewing
  return (
    <ReadingPage at="/desk/me" title={words.title} line={words.line}>
      <div class="stack stack-wide register">
        <ToReview />
        <Wrong />
      </div>
    </ReadingPage>
  )
}

function ToReview() {
  const words = useRegisterWords().reviewing
  const kept = useFirst<typeof looksToReview>('/privacy/look-reviews', {})
  const [isDone, setDone] = useState(false)
  const result = kept.result.value
  if (result && !result.ok && result.refusal.fault === 'not-allowed') {
    return <p class="note">{words.notReviewer}</p>
  }
  if (!result?.ok) return <Unanswered refusal={result?.refusal} again={kept.again} />
  const { reviews } = result.answer
  return (
    <section class="stack">
      <div role="status">{isDone ? <Strip>{words.done}</Strip> : null}</div>
      {reviews.length === 0 ? (
        <State kind="empty" title={words.none} line={words.noneLine} />
      ) : (
        <List label={words.title}>
          {reviews.map((one) => (
            <OneReview
              key={one.review}
              look={one}
              onDone={() => {
                setDone(true)
                void kept.again()
              }}
            />
          ))}
        </List>
      )}
    </section>
  )
}

/** Only for whoever is in charge of a body. */
function Wrong() {
  const words = useRegisterWords().reviewing
  const kept = useFirst<typeof wrongLooks>('/privacy/look-reviews/wrong', {})
  const result = kept.result.value
  if (!result?.ok) return <Unanswered refusal={result?.refusal} again={kept.again} />
  if (!result.answer.isInCharge) return null
  const { looks } = result.answer
  return (
    <section class="stack">
      <Heading line={words.wrongLine}>{words.wrongTitle}</Heading>
      {looks.length === 0 ? (
        <p class="note">{words.wrongNone}</p>
      ) : (
        <List label={words.wrongTitle}>
          {looks.map((one) => (
            <WrongRow key={one.review} look={one} />
          ))}
        </List>
      )}
    </section>
  )
}

function WrongRow({ look }: { look: Output<typeof wrongLooks>['looks'][number] }) {
  const words = useRegisterWords().reviewing
  const read = useLookReader()
  const language = useLanguage()
  const now = useNow()
  const says = read(look)
  const day = formatDate(look.reviewedAt ?? look.at, now, language)
  return (
    <Row
      title={says.who}
      detail={`${says.what} · ${says.why}`}
      line={[
        words.lookedAt(formatInstant(look.at, now, language)),
        words.wrongSaid(look.words, day),
      ].join(' · ')}
    />
  )
}
