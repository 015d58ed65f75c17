import { useState } from 'preact/hooks'
import { Eye } from 'lucide'
import type { lookReviewers, nameReviewer } from '../../../src/ground/duties/reviewer/api.ts'
import type { Output } from '../../../src/kernel/endpoint.ts'
import { call } from '../../shell/call.ts'
import { useAct, useFirst, useNow } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useLanguage, useRegisterWords, useWords } from '../../shell/words.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Heading } from '../../ui/card.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { List, Row } from '../../ui/list.tsx'
import { Strip } from '../../ui/state.tsx'
import { formatDate } from '../../words/format.ts'
import { StepUpDialog, useStepUp } from './step-up.tsx'

type Post = Output<typeof lookReviewers>['posts'][number]

/** Who reviews unusual looks: posts outside the line of command, named by an officer. */
export function ReviewersPart() {
  const words = useRegisterWords().reviewing
  const kept = useFirst<typeof lookReviewers>('/duties/posts/reviewers', {})
  const [chosen, choose] = useState<Post | null>(null)
  const result = kept.result.value
  if (!result?.ok) return <Unanswered refusal={result?.refusal} again={kept.again} />
  const { posts } = result.answer
  const bodies = new Set(posts.filter(({ reviews }) => reviews).map(({ unit }) => unit))
  return (
    <section class="stack">
      <Heading line={words.reviewersLine}>{words.reviewersTitle}</Heading>
      {bodies.size === 0 ? <Strip tone="amber">{words.reviewersNone}</Strip> : null}
      {bodies.size === 1 ? <Strip tone="amber">{words.reviewersOne}</Strip> : null}
      {posts.length === 0 ? <p class="note">{words.reviewersNobody}</p> : null}
      <List label={words.reviewersTitle}>
        {posts.map((one) => (
          <ReviewerRow key={one.post} post={one} choose={choose} />
        ))}
      </List>
      {chosen ? (
        <Naming
          post={chosen}
          close={() => choose(null)}
          done={async () => {
            choose(null)
            await kept.again()
          }}
        />
      ) : null}
    </section>
  )
}

function ReviewerRow(props: { post: Post; choose: (post: Post) => void }) {
  const { post, choose } = props
  const words = useRegisterWords().reviewing
  const language = useLanguage()
  const now = useNow()
  const since =
    post.since === null ? [] : [words.reviewerSince(formatDate(post.since, now, language))]
  return (
    <Row
      icon={post.reviews ? Eye : undefined}
      title={post.name}
      line={[`${post.unit} ${post.title}`, ...since].join(' · ')}
      side={
        <span class="flow">
          {post.reviews ? <Badge tone="jade">{words.reviewerIs}</Badge> : null}
          <Button
            kind={post.reviews ? 'quiet' : 'plain'}
            label={
              post.reviews ? words.reviewerEndLabel(post.name) : words.reviewerNameLabel(post.name)
            }
            onClick={() => choose(post)}
          >
            {post.reviews ? words.reviewerEnd : words.reviewerName}
          </Button>
        </span>
      }
    />
  )
}

function Naming(props: { post: Post; close: () => void; done: () => Promise<void> }) {
  const { post, name, reviews } = props.post
  const words = useRegisterWords().reviewing
  const { ui } = useWords()
  const { isBusy, refusal, run } = useAct()
  const stepUp = useStepUp(refusal)
  const say = async () => {
    const asked = { post, reviews: !reviews }
    if (await run(() => call<typeof nameReviewer>('post', '/duties/posts/reviewer', asked))) {
      await props.done()
    }
  }
  // Showing who one is stands in its place, and not over it.
  if (stepUp.isNeeded) return <StepUpDialog stepUp={stepUp} />
  return (
    <Dialog
      open
      title={reviews ? words.reviewerAskEnd(name) : words.reviewerAsk(name)}
      onClose={props.close}
      acts={
        <>
          <Button onClick={props.close}>{ui.notNow}</Button>
          <Button kind="primary" busy={isBusy} onClick={() => void say()}>
            {reviews ? words.reviewerEnd : words.reviewerName}
          </Button>
        </>
      }
    >
      <p>{reviews ? words.reviewerAskEndLine : words.reviewerAskLine}</p>
      <RefusalStrip refusal={refusal} />
    </Dialog>
  )
}
