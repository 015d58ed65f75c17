import { dayMs } from '../../src/kernel/clock.ts'
import { useNow } from '../shell/shell.tsx'
import { useLanguage, useWorkWords } from '../shell/words.tsx'
import { formatInstant } from '../words/format.ts'
import type { OneTask } from './wording.ts'

/** A lead that nobody verified is gone then (rules §8). */
const leadDays = 14

/** A lead and no finding: how it came to be, how weak it is, and that the occupant decides. */
export function CheckFacts(props: { task: OneTask }) {
  const { task } = props
  const { lead } = task.facts
  const words = useWorkWords().tasks
  const language = useLanguage()
  const now = useNow()
  const expires = formatInstant(task.openedAt + leadDays * dayMs, now, language)
  return (
    <section class="stack">
      {lead ? <p class="strong">{words.leadSentence(lead.days, lead.ofDays)}</p> : null}
      {lead ? <p class="small">{words.leadPeers(lead.peers)}</p> : null}
      <p class="hatched small">{words.leadWeak}</p>
      <p>{words.leadHow}</p>
      {task.state === 'closed' ? null : <p class="note">{words.leadExpires(expires)}</p>}
    </section>
  )
}
