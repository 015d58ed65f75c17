import { useState } from 'preact/hooks'
import { Download, LockKeyhole } from 'lucide'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { myData } from '../../src/ground/privacy/own-data/api.ts'
import { useLive } from '../shell/live.ts'
import { ReadAloud } from '../shell/read-aloud.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { useFirst, useShell } from '../shell/shell.tsx'
import { Unanswered } from '../shell/unanswered.tsx'
import { useOwnDataWords, useWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Card, Heading } from '../ui/card.tsx'
import { CardRow } from '../ui/list.tsx'
import { State, Strip } from '../ui/state.tsx'
import { MePart, Resident } from './frame.tsx'
import { EraseAll, markedIn, OwnPartFold } from './own-part.tsx'
import { OwnRequests } from './own-requests.tsx'

type Mine = Output<typeof myData>

/** All that is kept of me: to read, to take along, to put right, to have erased. */
export function MyDataPage() {
  const words = useOwnDataWords()
  const common = useWords()
  const { result, again } = useFirst<typeof myData>('/privacy/my-data', {})
  useLive('looks', again)
  const answered = result.value
  return (
    <Resident back={{ href: '/home', words: common.ui.home }}>
      <div class="stack stack-wide">
        <div class="stack stack-tight">
          <h1 class="head headline">{words.title}</h1>
          <p class="muted">{words.line}</p>
        </div>
        {answered?.ok ? (
          <>
            <FormRefused />
            <All mine={answered.answer} again={again} />
          </>
        ) : (
          <Unanswered refusal={answered?.refusal} again={again} />
        )}
        <CardRow
          icon={LockKeyhole}
          title={common.privacy.consents}
          line={common.privacy.consentsLine}
          href="/consents"
        />
      </div>
      <MePart />
    </Resident>
  )
}

/** Why a form that was pressed without script was refused. */
function FormRefused() {
  const { answers } = useShell()
  const kept = answers.get('refused')?.value
  // A field that is meant says so itself.
  if (markedIn(answers.get('written')?.value)) return null
  return kept && !kept.ok ? <RefusalStrip refusal={kept.refusal} /> : null
}

function All(props: { mine: Mine; again: () => Promise<void> }) {
  const { mine, again } = props
  const words = useOwnDataWords()
  const { parts, requests, holds, now } = mine
  if (parts.length === 0) return <State kind="empty" title={words.nothing} />
  const titles = parts.map(({ part }) => `${words.parts[part].title}。${words.parts[part].until}。`)
  return (
    <>
      <ReadAloud sentences={() => [words.title, words.line, ...titles]} />
      <div class="stack">
        {parts.map((part) => (
          <OwnPartFold key={part.part} part={part} holds={holds} again={again} />
        ))}
      </div>
      <CopyPart />
      <EraseAll holds={holds} again={again} />
      <OwnRequests requests={requests} now={now} again={again} />
    </>
  )
}

/** A plain form: the answer is the file, and the page stays. */
function CopyPart() {
  const words = useOwnDataWords()
  const [isCopied, setCopied] = useState(false)
  return (
    <Card label={words.copyHead}>
      <form class="stack" method="post" action="/my-data/copy" onSubmit={() => setCopied(true)}>
        <Heading line={words.copyLine}>{words.copyHead}</Heading>
        <Button type="submit" wide kind="primary" icon={Download}>
          {words.copyDo}
        </Button>
        <div role="status">{isCopied ? <Strip flat>{words.copied}</Strip> : null}</div>
      </form>
    </Card>
  )
}
