import { Footprints, Phone, Check, DoorOpen, ClipboardCheck, FileCheck } from 'lucide'
import type { Act } from '../../src/desks/tasks/types.ts'
import { Badge } from '../ui/badge.tsx'
import { Clock, dueTone, shareSpent } from '../ui/clock.tsx'
import type { IconNode } from '../ui/icon.tsx'
import { useNow } from '../shell/shell.tsx'
import { useLanguage, useWorkWords } from '../shell/words.tsx'
import { formatDue } from '../words/format.ts'
import { deadlineOf, isAlarm, isLate, isOther, type Row } from './wording.ts'

export const actIcons: Readonly<Partial<Record<Act, IconNode>>> = {
  acknowledge: Check,
  phoned: Phone,
  'set-out': Footprints,
  arrive: DoorOpen,
  find: ClipboardCheck,
  close: FileCheck,
}

/** What kind of task. A device stays hatched even when late: its lateness is the clock's to say. */
export function KindBadge(props: { task: Row }) {
  const { task } = props
  const late = isLate(task, useNow())
  const says = useWorkWords().tasks.badge(task.rule, task.kind)
  if (isOther(task.rule))
    return <Badge tone={task.state === 'closed' ? 'plain' : 'amber'}>{says}</Badge>
  if (task.kind === 'device-repair') return <Badge tone="unknown">{says}</Badge>
  const tone = task.state === 'closed' ? 'plain' : late || isAlarm(task) ? 'signal' : 'amber'
  return <Badge tone={tone}>{says}</Badge>
}

/** How long is left of the deadline that runs now. */
export function TaskClock(props: { task: Row }) {
  const now = useNow()
  const language = useLanguage()
  const due = deadlineOf(props.task)
  return (
    <Clock
      words={formatDue(due, now, language)}
      spent={shareSpent(props.task.openedAt, due, now)}
      tone={dueTone(due, now)}
    />
  )
}
