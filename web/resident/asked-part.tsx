import { useNow } from '../shell/shell.tsx'
import { useCareWords, useLanguage } from '../shell/words.tsx'
import { Card } from '../ui/card.tsx'
import { formatInstant } from '../words/format.ts'
import type { Agreed } from './standing.tsx'

/** Which of their contacts a rule asked in the last days, when, what they said; newest first. */
export function AskedPart(props: { asked: Agreed['contactsAsked'] }) {
  const words = useCareWords()
  const language = useLanguage()
  const now = useNow()
  return (
    <Card label={words.askedHead}>
      <h2 class="title under-2">{words.askedHead}</h2>
      <ul class="stack">
        {[...props.asked].reverse().map((one, index) => (
          <li key={index}>
            <b class="strong">{one.name}</b>
            <br />
            {words.askedLine(
              one.relation,
              formatInstant(one.askedAt, now, language),
              one.ruleVersion,
            )}
            <br />
            {words.askedSays[one.answer ?? 'none']}
          </li>
        ))}
      </ul>
    </Card>
  )
}
