import type { Act, OwnAct } from '../../src/desks/tasks/types.ts'
import type { Instant } from '../../src/kernel/clock.ts'
import type { CentreWords } from '../shell/words.tsx'
import type { TimelineStep } from '../ui/progress.tsx'
import { formatClock, formatDate } from '../words/format.ts'
import type { Language } from '../words/index.ts'
import type { WorkWords } from '../words/work.ts'
import type { OneMatter } from './matters.ts'

/** What happened, newest on top: the post that did it, to the second, and no word that it wrote. */
export function stepsOf(
  one: OneMatter,
  words: CentreWords,
  tasks: WorkWords['tasks'],
  now: Instant,
  language: Language,
): TimelineStep[] {
  return one.log.toReversed().map((line, index) => {
    const act = line.act as Act | OwnAct
    const outcome = line.outcome ? ` · ${tasks.outcome(one.kind, line.outcome)}` : ''
    const to = line.to ? ` → ${line.to.unit} ${line.to.title}` : ''
    const by = line.title === null ? words.program : `${line.unit ?? ''} ${line.title}`.trim()
    const isNow = index === 0 && one.state !== 'closed'
    return {
      state: isNow ? 'now' : 'done',
      spoken: isNow ? tasks.spokenNow : tasks.spokenDone,
      title: `${tasks.done(act) ?? act}${to}${outcome}`,
      note: `${formatMoment(line.at, now, language)} · ${by}`,
    }
  })
}

/** "09:41:12" of today, with the day of another. */
export function formatMoment(at: Instant, now: Instant, language: Language): string {
  const day = formatDate(at, now, language)
  return day === formatDate(now, now, language) ? formatClock(at) : `${day} ${formatClock(at)}`
}
