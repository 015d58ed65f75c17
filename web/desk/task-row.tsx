import { useNow } from '../shell/shell.tsx'
import { useDeskWords, useLanguage, useWorkWords, type DeskWords } from '../shell/words.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { Clock, shareSpent } from '../ui/clock.tsx'
import { joined } from '../ui/icon.tsx'
import { Entry } from '../ui/list.tsx'
import { formatDuration } from '../words/format.ts'
import type { WorkWords } from '../words/work.ts'
import { KindBadge, TaskClock } from './badges.tsx'
import { ChooseBox, type Chosen } from './bulk.tsx'
import { asPressed, isWaiting, outbox } from './outbox.ts'
import { goNow, isUnanswered, usualOf } from './usual.ts'
import { saidOf } from './who.tsx'
import { factOf, isLate, placeOf, type Row } from './wording.ts'
import type { Work } from './work.ts'

/** What, how long, where, who is on it, and the next act as one button. */
export function TaskRow(props: { task: Row; work: Work; chosen: Chosen; isFirst: boolean }) {
  const { work, chosen } = props
  const task = asPressed(props.task, outbox.value)
  const words = useWorkWords()
  const desk = useDeskWords()
  const late = isLate(task, useNow())
  const place = placeOf(task, words)
  const isCurrent = work.taskId === task.task
  const isUrgent = late || isUnanswered(task)
  return (
    <Entry
      badge={<KindBadge task={task} />}
      clock={<RowClock task={task} />}
      edge={isUrgent ? 'signal' : task.kind === 'device-repair' ? undefined : 'amber'}
      title={
        <a
          class={joined('entry-open', isCurrent && 'entry-open-current')}
          href={`/desk/tasks/${task.task}`}
          aria-current={isCurrent || undefined}
          onClick={(event) => work.open(task.task, event)}
        >
          {place}
        </a>
      }
      line={
        <>
          {lineOf(task, words, desk).map((part, at, all) => [
            <span key={part} class="whole">
              {part}
              {at < all.length - 1 ? '\u00a0·' : null}
            </span>,
            ' ',
          ])}
        </>
      }
      act={
        chosen.isOn ? (
          <ChooseBox task={task} chosen={chosen} place={place} />
        ) : (
          <RowAct task={task} work={work} place={place} isFirst={props.isFirst} />
        )
      }
    />
  )
}

function lineOf(task: Row, words: WorkWords, desk: DeskWords): string[] {
  const { part, tier, state, responsible } = task
  const mine = part === 'responsible'
  return [
    factOf(task, words),
    ...(task.place ? [words.places.compound(task.place)] : []),
    ...(mine
      ? state === 'raised'
        ? []
        : [words.tasks.state(state)]
      : [desk.whoDoes(saidOf(responsible, desk), state)]),
    ...(mine && tier > 1 ? [desk.afterOthers(tier)] : []),
    ...(isWaiting(task.task) ? [desk.notSentYet] : []),
    ...(mine || part === 'told' ? [] : [desk.part(part)]),
  ]
}

/** The deadline that runs; where seconds count, when the next person is asked. */
function RowClock(props: { task: Row }) {
  const { task } = props
  const { offer, nextAt, state, urgency, openedAt } = task
  const now = useNow()
  const language = useLanguage()
  const words = useDeskWords()
  if (offer?.isMine) {
    const left = formatDuration(offer.until - now, language)
    return <Clock words={words.offerEndsIn(left)} tone="amber" />
  }
  if (urgency !== 'emergency' || state !== 'raised' || nextAt === null) {
    return <TaskClock task={task} />
  }
  return (
    <Clock
      words={
        nextAt > now ? words.climbsIn(formatDuration(nextAt - now, language)) : words.climbsNow
      }
      spent={Math.min(0.99, shareSpent(openedAt, nextAt, now))}
      tone="signal"
    />
  )
}

/** The usual next act. What was found needs more than a tap, so that one leads to the task. */
function RowAct(props: { task: Row; work: Work; place: string; isFirst: boolean }) {
  const { task, work, place } = props
  const words = useWorkWords().tasks
  const desk = useDeskWords()
  const usual = usualOf(task)
  if (usual === null) return null
  const kind = props.isFirst ? 'primary' : 'plain'
  if (usual === 'find' || usual === 'phoned') {
    return (
      <LinkButton
        className="entry-act"
        kind={kind}
        label={words.actOn(usual, place)}
        href={`/desk/tasks/${task.task}`}
        onClick={(event) => work.open(task.task, event)}
      >
        {words.act(usual)}
      </LinkButton>
    )
  }
  const steps = usual === 'go-now' ? goNow : [{ act: usual, from: task.state }]
  return (
    <Button
      className="entry-act"
      kind={kind}
      label={usual === 'go-now' ? desk.goNowOn(place) : words.actOn(usual, place)}
      busy={work.busyTask === task.task}
      onClick={() => void work.act(task.task, ...steps)}
    >
      {usual === 'go-now' ? desk.goNow : words.act(usual)}
    </Button>
  )
}
