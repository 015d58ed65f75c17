import { useState } from 'preact/hooks'
import { Download, LockKeyhole } from 'lucide'
import type { Output } from '../../src/kernel/endpoint.ts'
import type { copyMine, myData } from '../../src/ground/privacy/own-data/api.ts'
import { call } from '../shell/call.ts'
import { useLive } from '../shell/live.ts'
import { ReadAloud } from '../shell/read-aloud.tsx'
import { RefusalStrip } from '../shell/strips.tsx'
import { useAct, useFirst, useIsAlive, useShell } from '../shell/shell.tsx'
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
        <FormRefused />
        {answered?.ok ? (
          <All mine={answered.answer} again={again} />
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
          <OwnPartFold key={part.part} part={part} again={again} />
        ))}
      </div>
      <CopyPart again={again} />
      <EraseAll holds={holds} again={again} />
      <OwnRequests requests={requests} now={now} again={again} />
    </>
  )
}

function CopyPart(props: { again: () => Promise<void> }) {
  const words = useOwnDataWords()
  const isAlive = useIsAlive()
  const { isBusy, refusal, run } = useAct()
  const [isCopied, setCopied] = useState(false)
  const copy = () =>
    void run(async () => {
      const result = await call<typeof copyMine>('post', '/privacy/my-data/copy', {})
      if (result.ok) {
        saveArchive(result.answer.name, result.answer.base64)
        setCopied(true)
        await props.again()
      }
      return result
    })
  return (
    <Card label={words.copyHead}>
      <div class="stack">
        <Heading line={words.copyLine}>{words.copyHead}</Heading>
        <Button
          wide
          kind="primary"
          icon={Download}
          busy={isBusy}
          disabled={!isAlive}
          onClick={copy}
        >
          {words.copyDo}
        </Button>
        <div role="status">{isCopied ? <Strip flat>{words.copied}</Strip> : null}</div>
        {refusal ? <RefusalStrip refusal={refusal} /> : null}
      </div>
    </Card>
  )
}

/** Gives the archive to the person, as a download. */
function saveArchive(name: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/zip' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), keptMs)
}

/** A slow disk still reads from it while the person chooses where to save. */
const keptMs = 60_000
