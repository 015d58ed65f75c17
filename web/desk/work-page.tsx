import { useEffect } from 'preact/hooks'
import type { TaskId } from '../../src/kernel/ids.ts'
import type { Params } from '../shell/pages.ts'
import { useWorkWords } from '../shell/words.tsx'
import { Column } from '../ui/frames.tsx'
import { Desk } from './desk.tsx'
import { GoAnyway } from './go-anyway.tsx'
import { Inbox } from './inbox.tsx'
import { Stairs } from './stairs.tsx'
import { ChooseTask, Task } from './task.tsx'
import { useKeeping } from './keeping.ts'
import { useWork } from './work.ts'

/** List, house and open task beside each other; on a phone one at a time. */
export function WorkPage(props: { params: Params }) {
  const work = useWork((props.params.task ?? null) as TaskId | null)
  const words = useWorkWords()
  useKeeping(work)
  useEffect(() => {
    const title = work.taskId === null ? words.tasks.inboxTitle : words.tasks.openTask
    document.title = `${title} · ${words.ui.product}`
  }, [work.taskId])
  return (
    <Desk at="/desk" shows={work.taskId === null ? 'list' : 'aside'}>
      <Column kind="list" label={words.tasks.list}>
        <Inbox work={work} />
      </Column>
      <Column kind="main" label={words.tasks.stairsTitle}>
        <Stairs work={work} />
      </Column>
      <Column kind="aside" label={words.tasks.openTask}>
        {work.taskId === null ? <ChooseTask work={work} /> : <Task work={work} key={work.taskId} />}
        <GoAnyway work={work} />
      </Column>
    </Desk>
  )
}
