import { useNow } from '../shell/shell.tsx'
import { useDeskWords, useLanguage, useWorkWords } from '../shell/words.tsx'
import { Heading } from '../ui/card.tsx'
import { Timeline } from '../ui/progress.tsx'
import { formatInstant } from '../words/format.ts'
import type { WorkWords } from '../words/work.ts'
import type { OneTask } from './wording.ts'

/** What happened so far, the newest on top: by post, never by name. */
export function History(props: { task: OneTask }) {
  const { task } = props
  const words = useWorkWords().tasks
  const { byTag, heardAt } = useDeskWords()
  const language = useLanguage()
  const now = useNow()
  const steps = task.log.map((entry, at) => {
    const heard = formatInstant(entry.at, now, language)
    const when =
      entry.doneAt === null ? heard : heardAt(formatInstant(entry.doneAt, now, language), heard)
    const isLast = at === task.log.length - 1
    return {
      state: isLast && task.state !== 'closed' ? ('now' as const) : ('done' as const),
      title:
        entry.outcome === null
          ? entry.to === null
            ? doneIn(task, entry.act, words)
            : words.doneTo(entry.act, entry.to.unit, entry.to.title)
          : `${words.done(entry.act)} · ${words.outcome(task.kind, entry.outcome)}`,
      line: entry.words ?? undefined,
      note:
        entry.unit === null || entry.title === null
          ? [when, ...(task.reported ? [] : [words.byRule(task.rule, task.ruleVersion)])].join(
              ' · ',
            )
          : `${words.by(when, entry.unit, entry.title)}${entry.isProven ? ` · ${byTag}` : ''}`,
      spoken: isLast ? words.spokenNow : words.spokenDone,
    }
  })
  return (
    <section>
      <Heading>{words.historyTitle}</Heading>
      <Timeline label={words.historyTitle} steps={steps.reverse()} />
    </section>
  )
}

/** What residents reported no rule found. */
function doneIn(
  { reported }: OneTask,
  act: OneTask['log'][number]['act'],
  words: WorkWords['tasks'],
): string {
  if (reported && (act === 'raised' || act === 'joined')) return words.reportedDone[act]
  return words.done(act)
}
