import { HandHelping, Smile } from 'lucide'
import type { help, well } from '../../src/watch/care/api.ts'
import { call } from '../shell/call.ts'
import { RefusalStrip } from '../shell/strips.tsx'
import { useAct, useNow, useShell } from '../shell/shell.tsx'
import { useCareWords, useLanguage } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { formatInstant } from '../words/format.ts'
import { ReadToMe, type Agreed } from './standing.tsx'

/**
 * A rule asks how the person is, before anybody is sent; then their contacts are asked. One tap is
 * the answer, at either step.
 */
export function QuestionPart(props: {
  question: NonNullable<Agreed['question']>
  onDone: () => Promise<void>
}) {
  const words = useCareWords()
  const isTheirs = props.question.asks === 'person'
  const head = isTheirs ? words.askHead : words.askContactsHead
  const line = isTheirs ? words.askLine : words.askContactsLine
  const until = formatInstant(props.question.until, useNow(), useLanguage())
  return (
    <Card label={head}>
      <div class="stack">
        <h2 class="title">{head}</h2>
        <p>{line}</p>
        <Answers onDone={props.onDone} />
        <p class="small">{words.askHelpLine}</p>
        <p class="small">{words.askUntil(until)}</p>
        <ReadToMe text={[head, line, words.askHelpLine, words.askUntil(until)].join('\n')} />
      </div>
    </Card>
  )
}

function Answers(props: { onDone: () => Promise<void> }) {
  const words = useCareWords()
  const { view } = useShell()
  const saysWell = useAct()
  const saysHelp = useAct()
  const isBusy = saysWell.isBusy || saysHelp.isBusy
  const answer = async (act: typeof saysWell, say: Parameters<typeof saysWell.run>[0]) => {
    if (!isBusy && (await act.run(say))) await props.onDone()
  }
  return (
    <>
      <Button
        // in the elder view the one filled button is the call at the foot
        kind={view === 'elder' ? 'plain' : 'primary'}
        wide
        tall
        icon={Smile}
        busy={saysWell.isBusy}
        onClick={() => void answer(saysWell, () => call<typeof well>('post', '/care/well', {}))}
      >
        {words.askWell}
      </Button>
      <Button
        wide
        tall
        icon={HandHelping}
        busy={saysHelp.isBusy}
        onClick={() => void answer(saysHelp, () => call<typeof help>('post', '/care/help', {}))}
      >
        {words.askHelp}
      </Button>
      <RefusalStrip refusal={saysWell.refusal ?? saysHelp.refusal} />
    </>
  )
}

/** Somebody was asked to come and has not set out: one tap says that nobody need come. */
export function NotNeeded(props: { onDone: () => Promise<void> }) {
  const words = useCareWords()
  const act = useAct()
  const say = async () => {
    if (await act.run(() => call<typeof well>('post', '/care/well', {}))) await props.onDone()
  }
  return (
    <div class="above-3">
      <Button wide icon={Smile} busy={act.isBusy} onClick={() => void say()}>
        {words.visitNotNeeded}
      </Button>
      <RefusalStrip refusal={act.refusal} />
    </div>
  )
}
