import { useState } from 'preact/hooks'
import { Eye, FileCheck } from 'lucide'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { offerCard } from '../../src/watch/care/api.ts'
import { useFirst } from '../shell/shell.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useDeskWords, useWorkWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Heading, PersonCard } from '../ui/card.tsx'
import { Strip } from '../ui/state.tsx'
import { PaperForm } from './paper-form.tsx'
import type { OneTask } from './wording.ts'

export type Offered = Output<typeof offerCard>

/** Whom the visit is to ask, after one tap that says that they will see it; then their paper. */
export function OfferFacts(props: { task: OneTask }) {
  const { task, state } = props.task
  const words = useDeskWords()
  const [isOpen, open] = useState(false)
  const card = useFirst<typeof offerCard>('/care/offer', isOpen ? { task } : null)
  const result = card.result.value
  if (state === 'raised') return <p class="note">{words.offerRaised}</p>
  if (!isOpen) {
    return (
      <section class="stack stack-tight">
        <p class="note">{words.offerOpenLine}</p>
        <Button icon={Eye} wide onClick={() => open(true)}>
          {words.offerOpen}
        </Button>
      </section>
    )
  }
  if (!result?.ok) return <Unanswered refusal={result?.refusal} again={card.again} />
  return (
    <section class="stack">
      <OfferedCard card={result.answer} />
      <Paper task={props.task} card={result.answer} again={card.again} />
    </section>
  )
}

export function OfferedCard(props: { card: Offered }) {
  const { tasks, care } = useWorkWords()
  const words = useDeskWords()
  const { name, age, livesAlone, hasSensor, agreed } = props.card
  const person = [
    name,
    ...(age === null ? [] : [tasks.cardAge(age)]),
    ...(livesAlone ? [tasks.cardAlone] : []),
  ]
  return (
    <PersonCard
      label={words.offerTitle}
      why={tasks.cardWhy}
      facts={[
        { name: tasks.cardPerson, says: tasks.cardParts(person) },
        { name: words.offerSensor, says: hasSensor ? words.offerThere : words.offerNoSensor },
        {
          name: words.offerAgreed,
          says: agreed === null ? words.offerAgreedNone : care.ways[agreed],
        },
      ]}
    />
  )
}

/** Once somebody has agreed nothing more is written down; what is left is what the visit found. */
export function Paper(props: { task: OneTask; card: Offered; again: () => Promise<void> }) {
  const { card } = props
  const words = useDeskWords()
  const { tasks } = useWorkWords()
  const done = words.paperDone(tasks.outcome('care-offer', 'fine'))
  return (
    <>
      <div role="status">
        {card.agreed === null ? null : <Strip icon={FileCheck}>{done}</Strip>}
      </div>
      {card.agreed === null ? (
        <>
          <Heading line={words.paperLine}>{words.paperTitle}</Heading>
          <PaperForm task={props.task.task} card={card} again={props.again} />
        </>
      ) : null}
    </>
  )
}
