import { useState } from 'preact/hooks'
import { RotateCcw } from 'lucide'
import type { closedTasks } from '../../src/desks/tasks/api.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import { useFirst, useNow } from '../shell/shell.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useDeskWords, useLanguage, useWorkWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Entry, List } from '../ui/list.tsx'
import { State } from '../ui/state.tsx'
import { formatInstant } from '../words/format.ts'
import { FoundBadge } from './found-badge.tsx'
import { ReadingPage } from './reading-page.tsx'
import { ReasonDialog } from './reason-dialog.tsx'
import { WorkViews } from './views.tsx'
import { useSteps } from './work.ts'

type Closed = Output<typeof closedTasks>['tasks'][number]

/** What was mine in the last seven days: to look back, and to open again. */
export function ClosedPage() {
  const words = useDeskWords()
  const kept = useFirst<typeof closedTasks>('/tasks/closed', {})
  const result = kept.result.value
  const work = useSteps(kept.again, () => ({ place: '', kind: null }))
  const [reopened, reopen] = useState<Closed | null>(null)
  return (
    <ReadingPage
      at="/desk"
      title={words.closedTitle}
      line={words.closedLine}
      views={<WorkViews at="/desk/closed" />}
    >
      <RefusalStrip refusal={work.refusal} />
      {!result?.ok ? (
        <Unanswered refusal={result?.refusal} again={kept.again} />
      ) : result.answer.tasks.length === 0 ? (
        <State kind="empty" title={words.closedNone} />
      ) : (
        <List label={words.closedTitle}>
          {result.answer.tasks.map((task) => (
            <ClosedRow key={task.task} task={task} reopen={reopen} />
          ))}
        </List>
      )}
      {reopened ? (
        <ReasonDialog act="reopen" task={reopened} work={work} onClose={() => reopen(null)} />
      ) : null}
    </ReadingPage>
  )
}

function ClosedRow(props: { task: Closed; reopen: (task: Closed) => void }) {
  const { task } = props
  const words = useDeskWords()
  const { tasks, places } = useWorkWords()
  const language = useLanguage()
  const now = useNow()
  const isLeft = task.part === 'declined'
  const outcome = task.outcome === null ? null : tasks.outcome(task.kind, task.outcome)
  return (
    <Entry
      badge={<FoundBadge task={task} />}
      clock={
        task.closedAt === null ? null : (
          <span class="note">{formatInstant(task.closedAt, now, language)}</span>
        )
      }
      title={
        isLeft ? (
          words.closedLeft
        ) : (
          <a class="entry-open" href={`/desk/tasks/${task.task}`}>
            {task.place ? places.spot(task.place) : places.unknownPlace}
          </a>
        )
      }
      line={[outcome, task.place && places.compound(task.place)].filter(Boolean).join(' · ')}
      act={
        task.may.includes('reopen') ? (
          <Button
            className="entry-act"
            icon={RotateCcw}
            label={tasks.actOn('reopen', task.place ? places.spot(task.place) : '')}
            onClick={() => props.reopen(task)}
          >
            {tasks.act('reopen')}
          </Button>
        ) : undefined
      }
    />
  )
}
