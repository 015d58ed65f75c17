import type { decideNumber, numberChanges } from '../../../src/ground/people/changes/api.ts'
import { call } from '../../shell/call.ts'
import { useAct, useFirst, useNow } from '../../shell/shell.tsx'
import { RefusalStrip } from '../../shell/strips.tsx'
import { Unanswered } from '../../shell/unanswered.tsx'
import { useLanguage, useRegisterWords } from '../../shell/words.tsx'
import { Button } from '../../ui/button.tsx'
import { Heading } from '../../ui/card.tsx'
import { List, Row } from '../../ui/list.tsx'
import { formatInstant } from '../../words/format.ts'

/** A changed number waits for a second worker, or for the person themself. */
export function NumbersPart() {
  const words = useRegisterWords()
  const language = useLanguage()
  const now = useNow()
  const kept = useFirst<typeof numberChanges>('/people/numbers/waiting', {})
  const { isBusy, refusal, run } = useAct()
  const result = kept.result.value
  if (!result?.ok) return <Unanswered refusal={result?.refusal} again={kept.again} />
  const { changes } = result.answer
  const decide = async (change: string, approves: boolean) => {
    const asked = { change, approves }
    await run(() => call<typeof decideNumber>('post', '/people/numbers/decide', asked))
    await kept.again()
  }
  return (
    <section class="stack">
      <Heading>{words.numbersTitle}</Heading>
      {changes.length === 0 ? (
        <p class="note">{words.nothingWaits}</p>
      ) : (
        <List label={words.numbersTitle}>
          {changes.map(({ change, name, kind, masked, askedAt, isOwn }) => (
            <Row
              key={change}
              title={name}
              detail={words.numberBecomes(words.numberKinds[kind], masked)}
              line={[
                formatInstant(askedAt, now, language),
                ...(isOwn ? [words.numberOwn] : []),
              ].join(' · ')}
              more={
                isOwn ? undefined : (
                  <div class="flow">
                    <Button busy={isBusy} onClick={() => void decide(change, true)}>
                      {words.approve}
                    </Button>
                    <Button busy={isBusy} onClick={() => void decide(change, false)}>
                      {words.refuse}
                    </Button>
                  </div>
                )
              }
            />
          ))}
        </List>
      )}
      <RefusalStrip refusal={refusal} />
    </section>
  )
}
