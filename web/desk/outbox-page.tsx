import type { outbox } from '../../src/desks/delivery/api.ts'
import { sayings } from '../../src/kernel/saying.ts'
import { useFirst, useNow } from '../shell/shell.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useLanguage, useWorkWords } from '../shell/words.tsx'
import { Card } from '../ui/card.tsx'
import { Column } from '../ui/frames.tsx'
import { formatInstant } from '../words/format.ts'
import { Desk } from './desk.tsx'

/** Messages that a provider would have been given: in the example town nobody is written to. */
export function OutboxPage() {
  const { delivery } = useWorkWords()
  const language = useLanguage()
  const now = useNow()
  const kept = useFirst<typeof outbox>('/delivery/outbox', {})
  const result = kept.result.value
  return (
    <Desk at="/desk/me" shows="main">
      <Column kind="main" label={delivery.outboxTitle}>
        <div class="stack stack-wide reading">
          <h1 class="head">{delivery.outboxTitle}</h1>
          <p class="note">{delivery.outboxLine}</p>
          {result?.ok ? (
            <ul class="stack">
              {result.answer.messages.map(({ at, channel, phone, says, urgency, link, code }) => (
                <li key={`${at} ${channel} ${phone}`}>
                  <Card>
                    <p class="note">
                      {formatInstant(at, now, language)} · {delivery.channels[channel]} · {phone}
                      {urgency === 'emergency' ? ` · ${delivery.urgent}` : null}
                    </p>
                    <p>
                      {sayings[says][language]}
                      {code ? <b> {code}</b> : null}
                    </p>
                    {link ? <a href={link}>{link}</a> : null}
                  </Card>
                </li>
              ))}
              {result.answer.messages.length === 0 ? <li>{delivery.outboxEmpty}</li> : null}
            </ul>
          ) : (
            <Unanswered refusal={result?.refusal} again={kept.again} />
          )}
        </div>
      </Column>
    </Desk>
  )
}
