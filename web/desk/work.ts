import { useEffect, useRef, useState } from 'preact/hooks'
import type { act as actContract, myTasks, oneTask } from '../../src/desks/tasks/api.ts'
import type { Input, Output } from '../../src/kernel/endpoint.ts'
import type { TaskId } from '../../src/kernel/ids.ts'
import { call, type Refusal } from '../shell/call.ts'
import { useLive, useShown } from '../shell/live.ts'
import { useAct, useFirst, type Kept } from '../shell/shell.tsx'

export type Step = Omit<Input<typeof actContract>, 'task'>

/** What the columns of the work page share: the list, the open task, and how to act. */
export type Work = {
  mine: Kept<Output<typeof myTasks>>
  one: Kept<Output<typeof oneTask>>
  taskId: TaskId | null
  /** Opens a task, or with null the list, without a new page where the click is a plain one. */
  open: (task: TaskId | null, event: MouseEvent) => void
  act: (task: TaskId, step: Step) => Promise<boolean>
  busyTask: TaskId | null
  refusal: Refusal | null
}

export function useWork(first: TaskId | null): Work {
  const { taskId, open, hasMoved } = useTaskPath(first)
  const isWide = useIsWide()
  const wantsList = taskId === null || isWide
  const mine = useFirst<typeof myTasks>('/tasks/mine', wantsList ? {} : null)
  const one = useFirst<typeof oneTask>('/tasks/one', taskId === null ? null : { task: taskId })
  const { busyTask, refusal, act, forget } = useSteps(() => {
    void one.again()
    return mine.again()
  })
  useEffect(() => {
    forget()
    // one that was open before may have moved on since
    if (hasMoved.current && one.result.peek() !== null) void one.again()
  }, [taskId])
  useEffect(() => {
    const isHere = taskId === null || one.result.peek() !== null
    if (!hasMoved.current || !isHere) return
    hasMoved.current = false
    headOf(taskId === null ? 'list' : 'task')?.focus()
  })
  useLive('tasks', () => {
    void mine.again()
    void one.again()
  })
  useShown(shownNotes(mine, one))
  return { mine, one, taskId, open, act, busyTask, refusal }
}

/** After every step, done or refused, all is asked again: what is shown is how it stands now. */
function useSteps(again: () => Promise<void>) {
  const [busyTask, setBusyTask] = useState<TaskId | null>(null)
  const { refusal, run, forget } = useAct()
  const act = async (task: TaskId, step: Step) => {
    setBusyTask(task)
    const isDone = await run(() =>
      call<typeof actContract>('post', '/tasks/act', { task, ...step }),
    )
    await Promise.all([again(), pause(doubleTapMs)])
    setBusyTask(null)
    keepFocus()
    return isDone
  }
  return { busyTask, refusal, act, forget }
}

/** The next act stands where the last one stood: a second tap is not meant for it. */
const doubleTapMs = 400

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** What was pressed may be gone; then the heading is where to go on from. */
function keepFocus(): void {
  if (document.activeElement !== document.body) return
  const head = headOf('task') ?? headOf('list')
  head?.focus()
}

/** The open task is the address's; moving between tasks keeps the list and its place. */
function useTaskPath(first: TaskId | null) {
  const [taskId, setTaskId] = useState(first)
  const hasMoved = useRef(false)
  useEffect(() => {
    const follow = () => {
      hasMoved.current = true
      setTaskId(taskIn(location.pathname))
    }
    addEventListener('popstate', follow)
    return () => removeEventListener('popstate', follow)
  }, [])
  useEffect(() => {
    if (hasMoved.current) scrollTo(0, 0)
  }, [taskId])
  const open = (task: TaskId | null, event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    if (task === taskIn(location.pathname)) return
    history.pushState(null, '', task === null ? '/desk' : `/desk/tasks/${task}`)
    hasMoved.current = true
    setTaskId(task)
  }
  return { taskId, open, hasMoved }
}

function taskIn(path: string): TaskId | null {
  return (/^\/desk\/tasks\/([^/]+)$/.exec(path)?.[1] ?? null) as TaskId | null
}

function headOf(column: 'list' | 'task'): HTMLElement | null {
  return document.querySelector<HTMLElement>(`#${column}-head`)
}

/** From here on list and task stand side by side. */
const wide = '(min-width: 900px)'

/** False in the first drawing, which has to be the server's. */
function useIsWide(): boolean {
  const [isWide, setWide] = useState(false)
  useEffect(() => {
    const screen = matchMedia(wide)
    const follow = () => setWide(screen.matches)
    follow()
    screen.addEventListener('change', follow)
    return () => screen.removeEventListener('change', follow)
  }, [])
  return isWide
}

function shownNotes(mine: Work['mine'], one: Work['one']) {
  const list = mine.result.value
  const task = one.result.value
  return [
    ...(list?.ok ? list.answer.tasks.map((row) => row.note) : []),
    ...(task?.ok ? [task.answer.note] : []),
  ]
}
