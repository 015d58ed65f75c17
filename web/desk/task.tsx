import { ChevronLeft, CloudUpload, MousePointerClick } from 'lucide'
import { Unanswered } from '../shell/unanswered.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { useNow } from '../shell/shell.tsx'
import { useDeskWords, useLanguage, useWorkWords } from '../shell/words.tsx'
import { LinkButton } from '../ui/button.tsx'
import { State, Strip } from '../ui/state.tsx'
import { formatInstant } from '../words/format.ts'
import { Acts } from './acts.tsx'
import { KindBadge, TaskClock } from './badges.tsx'
import { CareFacts } from './care-facts.tsx'
import { CheckFacts } from './check-facts.tsx'
import { FoundForm } from './found-form.tsx'
import { CallFirst, HazardFacts, Heard } from './hazard-facts.tsx'
import { History } from './history.tsx'
import { asPressed, isWaiting, outbox } from './outbox.ts'
import { TaskCard } from './person-card.tsx'
import { OfferFacts } from './offer-facts.tsx'
import { Photos } from './photos.tsx'
import { RepairDevices, RepairFacts } from './repair-facts.tsx'
import { spotOf } from './lit.ts'
import { StairsOf } from './stairs.tsx'
import { WhoIsOnIt } from './who.tsx'
import { deadlineOf, factOf, placeOf, type OneTask } from './wording.ts'
import type { Work } from './work.ts'

/** The open task: where, what is known, what to do next, who it is about, what happened. */
export function Task(props: { work: Work }) {
  const { work } = props
  const result = work.one.result.value
  const words = useWorkWords()
  return (
    <article class="stack task">
      <div class="only-phone">
        <LinkButton
          kind="quiet"
          icon={ChevronLeft}
          className="out-left"
          href="/desk"
          onClick={(event) => work.open(null, event)}
        >
          {words.tasks.door}
        </LinkButton>
      </div>
      {result?.ok ? (
        <OpenTask task={result.answer} work={work} />
      ) : (
        <>
          <h1 class="title heading" id="task-head" tabIndex={-1}>
            {words.tasks.openTask}
          </h1>
          {result?.refusal.fault === 'not-found' ? (
            <NotHere work={work} />
          ) : (
            <Unanswered refusal={result?.refusal} again={work.one.again} />
          )}
        </>
      )}
    </article>
  )
}

/** Whoever gave it back, said that they cannot, or whose offer was accepted sees it no more. */
function NotHere(props: { work: Work }) {
  const words = useDeskWords()
  const { work } = props
  return (
    <>
      <State kind="empty" title={words.notHere} line={words.notHereLine} />
      <BackToList work={work} />
    </>
  )
}

/** Nothing is chosen, so nothing is opened. */
export function ChooseTask(props: { work: Work }) {
  const words = useWorkWords().tasks
  const list = props.work.mine.result.value
  if (list?.ok && list.answer.tasks.length === 0) return <p class="note">{words.chooseLine}</p>
  return (
    <State
      kind="empty"
      icon={MousePointerClick}
      title={words.chooseTitle}
      line={words.chooseLine}
    />
  )
}

function OpenTask(props: { task: OneTask; work: Work }) {
  const { work } = props
  const task = asPressed(props.task, outbox.value)
  const isMine = task.next.length > 0
  // at the door the form comes first: one hand, ten seconds. Not before one has read that the
  // occupant decides who comes in, nor before what they signed is written down
  const isRead = task.kind === 'home-check' || task.kind === 'care-offer'
  const isAtDoor = task.next[0] === 'find' && !isRead
  const found = isMine && task.state !== 'found' ? <FoundForm task={task} work={work} /> : null
  const facts = <KindFacts task={task} />
  return (
    <>
      <Head task={task} />
      {isAtDoor ? null : facts}
      <RefusalStrip refusal={work.refusal} />
      {isWaiting(task.task) ? <NotSentYet /> : null}
      {isAtDoor ? found : null}
      <Acts task={task} work={work} />
      {task.urgency === 'emergency' && task.kind !== 'hazard' && task.state !== 'closed' ? (
        <CallFirst />
      ) : null}
      <WhoIsOnIt task={task} />
      {isMine && task.kind === 'care-visit' ? <TaskCard task={task.task} /> : null}
      {isMine && task.kind === 'care-offer' ? <OfferFacts task={task} /> : null}
      {isAtDoor ? facts : found}
      {task.kind === 'device-repair' ? <RepairDevices task={task} /> : <Heard task={task} />}
      <Photos task={task} again={work.one.again} />
      {task.state === 'closed' ? <BackToList work={work} /> : null}
      <History task={task} />
      {spotOf(task) ? (
        <div class="only-narrow">
          <StairsOf work={work} level={2} />
        </div>
      ) : null}
    </>
  )
}

/** What was pressed without a network is not known to anybody yet, and that is said. */
function NotSentYet() {
  const words = useDeskWords()
  return (
    <Strip tone="amber" icon={CloudUpload}>
      {words.notSentYet} · {words.notSentLine}
    </Strip>
  )
}

function KindFacts(props: { task: OneTask }) {
  const { kind } = props.task
  switch (kind) {
    case 'care-visit':
      return <CareFacts {...props} />
    case 'device-repair':
      return <RepairFacts {...props} />
    case 'hazard':
      return <HazardFacts {...props} />
    case 'home-check':
      return <CheckFacts {...props} />
    case 'care-offer':
    case 'roster-gap':
      return null
    default:
      return kind satisfies never
  }
}

function BackToList(props: { work: Work }) {
  const { work } = props
  return (
    <LinkButton kind="primary" wide href="/desk" onClick={(event) => work.open(null, event)}>
      {useWorkWords().tasks.backToList}
    </LinkButton>
  )
}

function Head(props: { task: OneTask }) {
  const { task } = props
  const words = useWorkWords()
  const at = (instant: number) => formatInstant(instant, now, language)
  const now = useNow()
  const language = useLanguage()
  const due = at(deadlineOf(task))
  return (
    <header class="stack stack-tight">
      <div class="flow">
        <KindBadge task={task} />
        {task.state === 'closed' ? null : (
          <span class="push">
            <TaskClock task={task} />
          </span>
        )}
      </div>
      <h1 class="head heading" id="task-head" tabIndex={-1}>
        {placeOf(task, words)}
      </h1>
      <p>
        {task.kind === 'device-repair' ? `${factOf(task, words)} · ` : null}
        {task.place ? words.places.compound(task.place) : words.places.unknownPlace}
      </p>
      <p class={task.state === 'closed' ? 'strong' : 'note'}>
        {task.state === 'closed'
          ? closing(task, words)
          : task.state === 'raised'
            ? words.tasks.acknowledgeBy(due)
            : `${words.tasks.dueBy(due)} · ${words.tasks.deadline(task.dueKind)}`}
      </p>
      {task.state === 'found' && task.outcome !== null ? (
        <p class="strong">
          {words.tasks.done('find')} · {words.tasks.outcome(task.kind, task.outcome)}
        </p>
      ) : null}
      {task.state === 'closed' ? (
        <p class="note">{words.tasks.responsible(task.responsible.unit, task.responsible.title)}</p>
      ) : null}
    </header>
  )
}

function closing(task: OneTask, words: ReturnType<typeof useWorkWords>): string {
  return task.outcome === null
    ? words.tasks.state('closed')
    : words.tasks.closedWith(words.tasks.outcome(task.kind, task.outcome))
}
