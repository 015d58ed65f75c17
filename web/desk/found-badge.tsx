import { useWorkWords } from '../shell/words.tsx'
import { Badge } from '../ui/badge.tsx'
import type { Found } from './wording.ts'

/** The kind of a task that was found or is closed: nothing of it is urgent here. */
export function FoundBadge(props: { task: Pick<Found, 'kind' | 'urgency' | 'state'> }) {
  const { kind, urgency, state } = props.task
  const isUrgent = urgency === 'emergency' && state !== 'closed'
  return <Badge tone={isUrgent ? 'signal' : 'plain'}>{useWorkWords().tasks.kindName(kind)}</Badge>
}
