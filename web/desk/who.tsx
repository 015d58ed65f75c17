import { Users } from 'lucide'
import { useNow } from '../shell/shell.tsx'
import { useDeskWords, useLanguage, useWorkWords, type DeskWords } from '../shell/words.tsx'
import { Card } from '../ui/card.tsx'
import { Icon } from '../ui/icon.tsx'
import { formatInstant } from '../words/format.ts'
import type { OneTask, Row } from './wording.ts'

type Colleague = Row['responsible']

/** "刘颖 · 居委社工"; where no name is said, the post and its unit. */
export function saidOf({ name, title, unit }: Colleague, words: DeskWords): string {
  return words.who(name, title, unit)
}

/** Who is on it and how far, which step of asking this is, who else knows, and what comes next. */
export function WhoIsOnIt(props: { task: OneTask }) {
  const { task } = props
  const words = useDeskWords()
  const { tasks } = useWorkWords()
  const lines = useLines(task)
  if (task.state === 'closed') return null
  return (
    <Card label={words.whoTitle} sunk>
      <p class="line small-strong">
        <Icon of={Users} small />
        <span>
          {task.part === 'responsible'
            ? `${words.mineNow} · ${tasks.state(task.state)}`
            : words.whoDoes(saidOf(task.responsible, words), task.state)}
        </span>
      </p>
      {lines.map((line) => (
        <p key={line} class="note above-1">
          {line}
        </p>
      ))}
      {task.others.length > 0 ? (
        <ul class="above-1" aria-label={words.others}>
          {task.others.map((other) => (
            <li key={`${other.unit} ${other.title} ${other.name}`} class="small">
              {saidOf(other, words)} · {words.part(other.part)}
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  )
}

function useLines(task: Row): string[] {
  const words = useDeskWords()
  const now = useNow()
  const language = useLanguage()
  const at = (instant: number) => formatInstant(instant, now, language)
  const { offer, nextAt, tier, tiers, state } = task
  return [
    ...(tier > 1 ? [`${words.afterOthers(tier)} · ${words.tierOf(tier, tiers)}`] : []),
    ...(offer
      ? [offer.isMine ? words.offeredToMe(at(offer.until)) : words.offeredTo(at(offer.until))]
      : []),
    ...(offer?.reason ? [words.offerReason(offer.reason)] : []),
    ...(offer || nextAt === null
      ? []
      : state === 'raised'
        ? [words.asksNextAt(at(nextAt))]
        : state === 'acknowledged'
          ? [words.returnsAt(at(nextAt))]
          : []),
  ]
}

/** A post that nobody holds any more has no name. */
export function holderSaid(
  { name, ...post }: { name: string; title: string; unit: string },
  words: DeskWords,
): string {
  return saidOf({ ...post, name: name || null }, words)
}
