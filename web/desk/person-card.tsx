import type { TaskId } from '../../src/kernel/ids.ts'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { personCard } from '../../src/watch/care/api.ts'
import { Unanswered } from '../shell/unanswered.tsx'
import { useFirst, useNow } from '../shell/shell.tsx'
import { useLanguage, useWorkWords } from '../shell/words.tsx'
import { PersonCard, type Fact } from '../ui/card.tsx'
import { formatDate, formatList } from '../words/format.ts'
import type { Language } from '../words/index.ts'
import type { WorkWords } from '../words/work.ts'

/** Whom an open visit of mine is about. Asked for only here, and each asking is a look. */
export function TaskCard(props: { task: TaskId }) {
  const words = useWorkWords()
  const language = useLanguage()
  const now = useNow()
  const card = useFirst<typeof personCard>('/care/card', { task: props.task })
  const result = card.result.value
  if (!result?.ok) return <Unanswered refusal={result?.refusal} again={card.again} />
  return (
    <PersonCard
      label={words.tasks.cardTitle}
      why={words.tasks.cardWhy}
      facts={factsOf(result.answer, words, language, now)}
    />
  )
}

function factsOf(
  card: Output<typeof personCard>,
  words: WorkWords,
  language: Language,
  now: number,
): Fact[] {
  const { tasks } = words
  const person = [
    card.name,
    ...(card.age === null ? [] : [tasks.cardAge(card.age)]),
    ...(card.livesAlone ? [tasks.cardAlone] : []),
  ]
  const relations = card.contacts.map((contact) => contact.relation)
  const { lastVisit } = card
  return [
    { name: tasks.cardPerson, says: tasks.cardParts(person) },
    {
      name: tasks.cardContacts,
      says:
        relations.length === 0
          ? tasks.cardContactsNone
          : tasks.cardContactsHidden(formatList(relations, language)),
    },
    {
      name: tasks.cardAgreed,
      says: tasks.cardAgreedUntil(formatDate(card.agreedUntil, now, language)),
    },
    {
      name: tasks.cardLastVisit,
      says: lastVisit
        ? tasks.cardParts([
            formatDate(lastVisit.at, now, language),
            tasks.outcome('care-visit', lastVisit.outcome),
          ])
        : tasks.cardLastVisitNone,
    },
  ]
}
