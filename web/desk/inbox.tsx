import { useEffect, useRef, useState } from 'preact/hooks'
import { CircleCheck, Search } from 'lucide'
import type { myTasks } from '../../src/desks/tasks/api.ts'
import type { whoAmI } from '../../src/desks/identity/api.ts'
import type { beginState } from '../../src/desks/identity/first-run/api.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { TaskId } from '../../src/kernel/ids.ts'
import { Unanswered } from '../shell/unanswered.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { useFirst, useShell } from '../shell/shell.tsx'
import { useDeskWords, useWorkWords } from '../shell/words.tsx'
import { LinkButton } from '../ui/button.tsx'
import { List } from '../ui/list.tsx'
import { State, Strip } from '../ui/state.tsx'
import { BulkBar, ChooseButton, useChosen } from './bulk.tsx'
import { isWork } from './keeping.ts'
import { TaskRow } from './task-row.tsx'
import { inOrder, isForMe } from './usual.ts'
import { WorkViews } from './views.tsx'
import { factOf, placeOf, type Row } from './wording.ts'
import type { Work } from './work.ts'

/** Mine, by deadline; below it what I was told of and others are on. */
export function Inbox(props: { work: Work }) {
  const { work } = props
  const words = useWorkWords().tasks
  const { search, offlineOnlyList } = useDeskWords()
  const { isKept } = useShell()
  const result = work.mine.result.value
  // the open task names the page
  const Tag = work.taskId === null ? 'h1' : 'h2'
  return (
    <>
      <div class="line">
        <Tag class="title heading grow" id="list-head" tabIndex={-1}>
          {words.inboxTitle}
        </Tag>
        <LinkButton kind="quiet" icon={Search} label={search} href="/desk/search">
          <span class="visually-hidden">{search}</span>
        </LinkButton>
      </div>
      <p class="note under-3">
        <WhoIAm />
      </p>
      <WorkViews
        at="/desk"
        mine={result?.ok ? result.answer.tasks.filter(isForMe).length : undefined}
      />
      {isKept && !isWork(location.pathname) ? <Strip tone="amber">{offlineOnlyList}</Strip> : null}
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
  const { work } = props
  const { tasks, closedToday } = props.list
  const words = useWorkWords().tasks
  const desk = useDeskWords()
  const { mine, told } = inOrder(tasks)
  const first = mine[0] ?? told[0]
  const chosen = useChosen(work, mine)
  const row = (task: Row) => (
    <TaskRow
      key={task.task}
      task={task}
      work={work}
      chosen={chosen}
      isFirst={task === first && work.taskId === null && !chosen.isOn}
    />
  )
  return (
    <>
      <NewTasks tasks={tasks} />
      {tasks.length === 0 ? (
        <>
          <GuideWaits />
          <State kind="empty" icon={CircleCheck} title={words.emptyTitle} line={words.emptyLine} />
        </>
      ) : (
        <List label={words.inboxTitle}>
          {told.length > 0 && mine.length > 0 ? <Head>{desk.mineHead(mine.length)}</Head> : null}
          {mine.map(row)}
          {told.length > 0 ? <Head>{desk.toldHead(told.length)}</Head> : null}
          {told.map(row)}
        </List>
      )}
      <ChooseButton chosen={chosen} />
      <BulkBar chosen={chosen} />
      <p class="note above-3">
        {words.inHand(mine.length)} · {words.closedToday(closedToday)}
      </p>
    </>
  )
}

/** To an officer without a key, or of a street without a committee: the guide is not done. */
function GuideWaits() {
  const { guideWaits, toGuide } = useDeskWords()
  const me = useFirst<typeof whoAmI>('/identity/me', {}).result.value
  const isOfficer = me?.ok === true && me.answer.role === 'street' && !me.answer.acting
  const state = useFirst<typeof beginState>('/identity/begin', isOfficer ? {} : null).result.value
  if (!state?.ok || (state.answer.hasKey && state.answer.committees.length > 0)) return null
  return (
    <Strip tone="amber" act={<a href="/begin">{toGuide}</a>}>
      {guideWaits}
    </Strip>
  )
}

function Head(props: { children: string }) {
  return (
    <li class="list-head">
      <p>{props.children}</p>
    </li>
  )
}

/** Says new tasks to those who do not see the list change. */
function NewTasks(props: { tasks: readonly Row[] }) {
  const words = useWorkWords()
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
