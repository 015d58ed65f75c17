import { Smile } from 'lucide'
import type { well } from '../../src/watch/care/api.ts'
import { call } from '../shell/call.ts'
import { RefusalStrip } from '../shell/strips.tsx'
import { useAct, useNow, useShell } from '../shell/shell.tsx'
import { useLanguage, useWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { formatInstant } from '../words/format.ts'
import { ReadToMe, type Agreed } from './standing.tsx'

/** A rule asks how the person is, before anybody is sent. One tap is the answer. */
export function QuestionPart(props: {
  question: NonNullable<Agreed['question']>
  onDone: () => Promise<void>
}) {
  const words = useWords().care
  const { view } = useShell()
  const act = useAct()
  const until = formatInstant(props.question.until, useNow(), useLanguage())
  const answer = async () => {
    if (await act.run(() => call<typeof well>('post', '/care/well', {}))) await props.onDone()
  }
  return (
    <Card label={words.askHead}>
      <div class="stack">
        <h2 class="title">{words.askHead}</h2>
        <p>{words.askLine}</p>
        <Button
          // in the elder view the one filled button is the call at the foot
          kind={view === 'elder' ? 'plain' : 'primary'}
          wide
          tall
          icon={Smile}
          busy={act.isBusy}
          onClick={() => void answer()}
        >
          {words.askWell}
        </Button>
        <p class="small">{words.askUntil(until)}</p>
        <ReadToMe text={[words.askHead, words.askLine, words.askUntil(until)].join('\n')} />
        <RefusalStrip refusal={act.refusal} />
      </div>
    </Card>
  )
}
