import { useEffect, useRef, useState } from 'preact/hooks'
import type { act as actContract, myTasks, oneTask } from '../../src/desks/tasks/api.ts'
import type { Input, Output } from '../../src/kernel/endpoint.ts'
import type { TaskId } from '../../src/kernel/ids.ts'
import { call, type Refusal } from '../shell/call.ts'
import { newKey } from '../shell/key.ts'
import { useLive, useShown } from '../shell/live.ts'
import { useAct, useFirst, useShell, type Kept } from '../shell/shell.tsx'
import { useDeskWords, useWorkWords } from '../shell/words.tsx'
import { canWait, isWaiting, wait, type Waiting } from './outbox.ts'
import { placeOf } from './wording.ts'

export type Step = Omit<Input<typeof actContract>, 'task'>

/** What the columns of the work page share: the list, the open task, and how to act. */
export type Work = {
  mine: Kept<Output<typeof myTasks>>
  one: Kept<Output<typeof oneTask>>
  taskId: TaskId | null
  /** Opens a task, or with null the list, without a new page where the click is a plain one. */
  open: (task: TaskId | null, event: MouseEvent) => void
  /** Step after step, as long as none is refused. */
  act: (task: TaskId, ...steps: readonly Step[]) => Promise<boolean>
  busyTask: TaskId | null
  refusal: Refusal | null
  /** A setting out that was refused because somebody else is on the way. */
  blocked: Blocked | null
  unblock: () => void
}

type Blocked = { task: TaskId; step: Step; who: string }

export function useWork(first: TaskId | null): Work {
  const { taskId, open, movedTo } = useTaskPath(first)
  const isWide = useIsWide()
  const wantsList = taskId === null || isWide
  const mine = useFirst<typeof myTasks>('/tasks/mine', wantsList ? {} : null)
  const one = useFirst<typeof oneTask>('/tasks/one', taskId === null ? null : { task: taskId })
  const words = useWorkWords()
  const saidOf = (task: TaskId): Said => {
    const list = mine.result.peek()
    const row = list?.ok ? list.answer.tasks.find((one) => one.task === task) : undefined
    const open = one.result.peek()
    const said = row ?? (open?.ok ? open.answer : undefined)
    return { place: said ? placeOf(said, words) : '', kind: said?.kind ?? null }
  }
  const { forget, ...steps } = useSteps(() => {
    void one.again()
    return mine.again()
  }, saidOf)
  useEffect(() => {
    forget()
    // one that was open before may have moved on since
    if (movedTo.current !== taskId) return
    if (one.result.peek() !== null) void one.again()
    if (taskId === null && mine.result.peek() !== null) void mine.again()
  }, [taskId])
  useEffect(() => {
    const isHere = taskId === null || one.result.peek() !== null
    if (movedTo.current !== taskId || !isHere) return
    movedTo.current = undefined
    headOf(taskId === null ? 'list' : 'task')?.focus()
  })
  useLive('tasks', () => {
    void mine.again()
    void one.again()
  })
  useShown(shownNotes(mine, one))
  return { mine, one, taskId, open, ...steps }
}

/** Where and of which kind a task is, for when it cannot be asked. */
type Said = Pick<Waiting, 'place' | 'kind'>

/** After every step, done or refused, all is asked again: what is shown is how it stands now. */
export function useSteps(again: () => Promise<void>, saidOf: (task: TaskId) => Said) {
  const { now } = useShell()
  const { needsNetwork } = useDeskWords()
  const [busyTask, setBusyTask] = useState<TaskId | null>(null)
  const [blocked, setBlocked] = useState<Blocked | null>(null)
  const { refusal, run, forget } = useAct()
  const send = async (task: TaskId, step: Step) => {
    const key = newKey()
    const later = async () => {
      await wait({ ...{ key, task, step }, at: now.peek(), ...saidOf(task) })
      return asked
    }
    // what is pressed now has to come after what was pressed before
    if (canWait(step) && isWaiting(task)) return later()
    const result = await call<typeof actContract>('post', '/tasks/act', { task, key, ...step })
    if (result.ok) return result
    const { fault, who } = result.refusal
    if (fault === 'offline') {
      if (canWait(step)) return later()
      const says = needsNetwork
      return { ok: false as const, refusal: { fault, sentence: { 'zh-CN': says, en: says } } }
    }
    if (fault !== 'on-the-way') return result
    setBlocked({ task, step, who: who ?? '' })
    return asked
  }
  const act = async (task: TaskId, ...steps: readonly Step[]) => {
    setBusyTask(task)
    let isDone = true
    for (const step of steps) isDone = isDone && (await run(() => send(task, step)))
    await Promise.all([again(), pause(doubleTapMs)])
    setBusyTask(null)
    keepFocus()
    return isDone
  }
  return { busyTask, refusal, act, forget, blocked, unblock: () => setBlocked(null) }
}

/** Not done and not refused: the page asks once more. */
const asked = { ok: true, answer: null } as const

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
  // Where to, and not whether: what an older drawing still has to do is not for the next one.
  const movedTo = useRef<TaskId | null | undefined>(undefined)
  useEffect(() => {
    const follow = () => {
      movedTo.current = taskIn(location.pathname)
      setTaskId(movedTo.current)
    }
    addEventListener('popstate', follow)
    return () => removeEventListener('popstate', follow)
  }, [])
  useEffect(() => {
    if (movedTo.current === taskId) scrollTo(0, 0)
  }, [taskId])
  const open = (task: TaskId | null, event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    if (task === taskIn(location.pathname)) return
    history.pushState(null, '', task === null ? '/desk' : `/desk/tasks/${task}`)
    movedTo.current = task
    setTaskId(task)
  }
  return { taskId, open, movedTo }
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
