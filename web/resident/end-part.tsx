import { useState } from 'preact/hooks'
import { CircleStop } from 'lucide'
import type { Instant } from '../../src/kernel/clock.ts'
import type { endCare } from '../../src/watch/care/api.ts'
import { call } from '../shell/call.ts'
import { RefusalStrip } from '../shell/strips.tsx'
import { useAct, useNow } from '../shell/shell.tsx'
import { useCareWords, useLanguage } from '../shell/words.tsx'
import { Button, LinkButton } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { formatInstant } from '../words/format.ts'
import { Headline } from './headline.tsx'

/** Ends it: what that does is said first, then one tap does it. */
export function EndPart(props: { onEnded: (at: Instant) => void }) {
  const words = useCareWords()
  const [isAsking, setAsking] = useState(false)
  const act = useAct()
  const end = async () => {
    await act.run(async () => {
      const result = await call<typeof endCare>('post', '/care/end', {})
      if (result.ok) props.onEnded(result.answer.endedAt)
      return result
    })
  }
  return (
    <section class="stack stack-tight">
      <Button wide tall icon={CircleStop} onClick={() => setAsking(true)}>
        {words.end}
      </Button>
      <p class="small centre">{words.endLine}</p>
      <Dialog
        open={isAsking}
        onClose={() => setAsking(false)}
        title={words.endAsk}
        acts={
          <>
            <Button onClick={() => setAsking(false)}>{words.endKeep}</Button>
            <Button kind="danger" busy={act.isBusy} onClick={() => void end()}>
              {words.endConfirm}
            </Button>
          </>
        }
      >
        <Points of={words.endEffect} />
        <RefusalStrip refusal={act.refusal} />
      </Dialog>
    </section>
  )
}

/** What has been erased and what the law has kept; the page after the end. */
export function Ended(props: { at: Instant; step: number }) {
  const words = useCareWords()
  const at = formatInstant(props.at, useNow(), useLanguage())
  return (
    <div class="stack stack-wide">
      <div class="stack">
        <Headline step={props.step}>{words.endedHead}</Headline>
        <p>{words.endedAt(at)}</p>
      </div>
      <Card>
        <h2 class="title under-2">{words.endedErased}</h2>
        <Points of={words.endedErasedItems} />
      </Card>
      <Card>
        <h2 class="title under-2">{words.endedKept}</h2>
        <Points of={words.endedKeptItems} />
      </Card>
      <LinkButton href="/care" wide>
        {words.endedBack}
      </LinkButton>
    </div>
  )
}

function Points(props: { of: readonly string[] }) {
  return (
    <ul class="points">
      {props.of.map((point) => (
        <li key={point}>{point}</li>
      ))}
    </ul>
  )
}
