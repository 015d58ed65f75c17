import { useEffect, useRef, useState } from 'preact/hooks'
import { CircleCheck } from 'lucide'
import type { myTasks } from '../../src/desks/tasks/api.ts'
import type { whoAmI } from '../../src/desks/identity/api.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { TaskId } from '../../src/kernel/ids.ts'
import { Unanswered } from '../shell/unanswered.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { useFirst, useNow } from '../shell/shell.tsx'
import { useWords } from '../shell/words.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { joined } from '../ui/icon.tsx'
import { Entry, List } from '../ui/list.tsx'
import { State } from '../ui/state.tsx'
import type { Words } from '../words/index.ts'
import { KindBadge, TaskClock } from './badges.tsx'
import { factOf, isLate, placeOf, type Row } from './wording.ts'
import type { Work } from './work.ts'

/** Mine, by deadline. */
export function Inbox(props: { work: Work }) {
  const { work } = props
  const words = useWords().tasks
  const result = work.mine.result.value
  // the open task names the page
  const Tag = work.taskId === null ? 'h1' : 'h2'
  return (
    <>
      <Tag class="title heading" id="list-head" tabIndex={-1}>
        {words.inboxTitle}
      </Tag>
      <p class="note under-3">
        <WhoIAm />
      </p>
      {work.taskId === null ? <RefusalStrip refusal={work.refusal} /> : null}
      {result?.ok ? (
        <Rows work={work} list={result.answer} />
      ) : (
        <Unanswered refusal={result?.refusal} again={work.mine.again} />
      )}
    </>
  )
}

/** Unit and post of whoever works here. */
function WhoIAm() {
  const me = useFirst<typeof whoAmI>('/identity/me', {}).result.value
  return <>{me?.ok ? [me.answer.unit, me.answer.title].filter(Boolean).join(' ') : ' '}</>
}

function Rows(props: { work: Work; list: Output<typeof myTasks> }) {
  const { tasks, closedToday } = props.list
  const words = useWords().tasks
  return (
    <>
      <NewTasks tasks={tasks} />
      {tasks.length === 0 ? (
        <State kind="empty" icon={CircleCheck} title={words.emptyTitle} line={words.emptyLine} />
      ) : (
        <List label={words.inboxTitle}>
          {tasks.map((task, at) => (
            <TaskRow
              key={task.task}
              task={task}
              work={props.work}
              isFirst={at === 0 && props.work.taskId === null}
            />
          ))}
        </List>
      )}
      <p class="note above-3">
        {words.inHand(tasks.length)} · {words.closedToday(closedToday)}
      </p>
    </>
  )
}

function TaskRow(props: { task: Row; work: Work; isFirst: boolean }) {
  const { task, work } = props
  const words = useWords()
  const late = isLate(task, useNow())
  const place = placeOf(task, words)
  const isCurrent = work.taskId === task.task
  return (
    <Entry
      badge={<KindBadge task={task} />}
      clock={<TaskClock task={task} />}
      edge={late ? 'signal' : task.kind === 'device-repair' ? undefined : 'amber'}
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
          {lineOf(task, words).map((part, at, all) => [
            <span key={part} class="whole">
              {part}
              {at < all.length - 1 ? '\u00a0·' : null}
            </span>,
            ' ',
          ])}
        </>
      }
      act={<RowAct task={task} work={work} place={place} isFirst={props.isFirst} />}
    />
  )
}

function lineOf(task: Row, words: Words): string[] {
  return [
    factOf(task, words),
    ...(task.place ? [words.places.compound(task.place)] : []),
    ...(task.state === 'raised' ? [] : [words.tasks.state(task.state)]),
  ]
}

/** The usual next act. What was found needs more than a tap, so that one leads to the task. */
function RowAct(props: { task: Row; work: Work; place: string; isFirst: boolean }) {
  const { task, work } = props
  const words = useWords().tasks
  const [next] = task.next
  if (!next) return null
  const kind = props.isFirst ? 'primary' : 'plain'
  const label = words.actOn(next, props.place)
  if (next === 'find' || next === 'phoned') {
    return (
      <LinkButton
        className="entry-act"
        kind={kind}
        label={label}
        href={`/desk/tasks/${task.task}`}
        onClick={(event) => work.open(task.task, event)}
      >
        {words.act(next)}
      </LinkButton>
    )
  }
  return (
    <Button
      className="entry-act"
      kind={kind}
      label={label}
      busy={work.busyTask === task.task}
      onClick={() => void work.act(task.task, { act: next, from: task.state })}
    >
      {words.act(next)}
    </Button>
  )
}

/** Says new tasks to those who do not see the list change. */
function NewTasks(props: { tasks: readonly Row[] }) {
  const words = useWords()
  const known = useRef<Set<TaskId> | null>(null)
  const [said, say] = useState('')
  useEffect(() => {
    const before = known.current
    known.current = new Set(props.tasks.map((task) => task.task))
    const fresh = before === null ? [] : props.tasks.filter((task) => !before.has(task.task))
    if (fresh.length === 0) return
    say(
      fresh
        .map((task) => words.delivery.newTask(placeOf(task, words), factOf(task, words)))
        .join(' '),
    )
  }, [props.tasks])
  return (
    <p class="visually-hidden" role="status">
      {said}
    </p>
  )
}
