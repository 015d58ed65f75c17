import { useState } from 'preact/hooks'
import { Check, ListChecks } from 'lucide'
import type { acknowledgeAll } from '../../src/desks/tasks/api.ts'
import type { TaskId } from '../../src/kernel/ids.ts'
import { call } from '../shell/call.ts'
import { useAct } from '../shell/shell.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { useDeskWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import type { Row } from './wording.ts'
import type { Work } from './work.ts'
import type { Refusal } from '../shell/call.ts'

/** As many as the server takes at once. */
const atOnce = 50

/** Several that are acknowledged with one press. */
export type Chosen = {
  isOn: boolean
  tasks: ReadonlySet<TaskId>
  /** Those that can be: mine, and not acknowledged yet. */
  able: readonly TaskId[]
  isBusy: boolean
  refusal: Refusal | null
  /** What became of the last ones. */
  said: string
  turn: () => void
  toggle: (task: TaskId) => void
  all: () => void
  send: () => void
}

export function useChosen(work: Work, mine: readonly Row[]): Chosen {
  const [isOn, setOn] = useState(false)
  const [picked, pick] = useState<ReadonlySet<TaskId>>(new Set())
  const [said, say] = useState('')
  const { isBusy, refusal, run } = useAct()
  const words = useDeskWords()
  const able = mine.filter(isAble).map(({ task }) => task)
  // what moved on meanwhile is not among them any more
  const tasks = new Set(able.filter((task) => picked.has(task)))
  const send = async () => {
    const wanted = [...tasks].slice(0, atOnce)
    if (wanted.length === 0) return
    const isDone = await run(async () => {
      const result = await call<typeof acknowledgeAll>('post', '/tasks/acknowledge', {
        tasks: wanted,
      })
      if (result.ok) {
        const { acknowledged, missed } = result.answer
        say(words.acknowledged(acknowledged.length, missed.length))
      }
      return result
    })
    await work.mine.again()
    if (!isDone) return
    pick(new Set())
    setOn(false)
  }
  return {
    ...{ isOn, tasks, able, isBusy, refusal, said },
    turn() {
      setOn(!isOn)
      pick(new Set())
      say('')
    },
    toggle(task) {
      const others = new Set([...tasks].filter((one) => one !== task))
      pick(tasks.has(task) ? others : others.add(task))
    },
    all: () => pick(new Set(able)),
    send: () => void send(),
  }
}

function isAble({ part, state, next, offer }: Row): boolean {
  return part === 'responsible' && state === 'raised' && !offer?.isMine && next[0] === 'acknowledge'
}

export function ChooseBox(props: { task: Row; chosen: Chosen; place: string }) {
  const { task, chosen } = props
  const words = useDeskWords()
  if (!chosen.able.includes(task.task)) return null
  return (
    <label class="choice entry-act">
      <input
        type="checkbox"
        name="chosen"
        value={task.task}
        aria-label={words.chooseOf(props.place)}
        checked={chosen.tasks.has(task.task)}
        onChange={() => chosen.toggle(task.task)}
      />
      <span class="choice-words" />
    </label>
  )
}

/** Offered where there is more than one to choose. */
export function ChooseButton(props: { chosen: Chosen }) {
  const { chosen } = props
  const words = useDeskWords()
  return (
    <>
      {chosen.able.length > 1 || chosen.isOn ? (
        <div class="above-2">
          <Button kind="quiet" icon={ListChecks} pressed={chosen.isOn} onClick={chosen.turn}>
            {chosen.isOn ? words.chooseDone : words.choose}
          </Button>
        </div>
      ) : null}
      <p class="note" role="status">
        {chosen.said}
      </p>
    </>
  )
}

/** At the thumb: how many, and one press for all of them. */
export function BulkBar(props: { chosen: Chosen }) {
  const { chosen } = props
  const words = useDeskWords()
  if (!chosen.isOn) return null
  const { size } = chosen.tasks
  return (
    <div class="bulk">
      <RefusalStrip refusal={chosen.refusal} />
      <div class="line">
        <Button onClick={chosen.all}>{words.chooseAll}</Button>
        <Button
          kind="primary"
          icon={Check}
          className="grow"
          busy={chosen.isBusy}
          disabled={size === 0}
          label={`${words.chosen(size)} · ${words.acknowledgeChosen(size)}`}
          onClick={chosen.send}
        >
          {words.acknowledgeChosen(size)}
        </Button>
      </div>
    </div>
  )
}
