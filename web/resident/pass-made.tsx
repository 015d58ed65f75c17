import { useState } from 'preact/hooks'
import { Plus, Send } from 'lucide'
import type { Instant } from '../../src/kernel/clock.ts'
import { doorWords, type DoorPlace } from '../shell/passes.ts'
import { useNow } from '../shell/shell.tsx'
import { useLanguage, useResidentWords, useWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { TextField } from '../ui/field.tsx'
import { codeOf, QrCode } from '../ui/qr.tsx'
import { formatSpan } from '../words/format.ts'
import { Headline } from './headline.tsx'
import { usePrimary } from './primary.ts'

export type Made = { url: string; svg: string; place: DoorPlace; from: Instant; until: Instant }

/** The pass, big enough to be taken by another telephone; its secret is shown this once. */
export function MadePass(props: { made: Made; onAnother: () => void }) {
  const { made } = props
  const words = useResidentWords('visitors')
  const { places } = useWords()
  const door = doorWords(made.place, places)
  const span = formatSpan(made.from, made.until, useNow(), useLanguage())
  const code = codeOf(made.svg)
  return (
    <Card label={words.madeHead}>
      <div class="stack stack-wide">
        <MadeHead>{words.madeHead}</MadeHead>
        <div class="code-big">
          {code ? <QrCode code={code} label={words.code} /> : null}
          <p class="title">{door}</p>
          <p class="strong">{span}</p>
        </div>
        <SendPass url={made.url} text={words.shareText(door, span)} />
        <p class="small centre">{words.madeLine}</p>
        <Button icon={Plus} wide onClick={props.onAnother}>
          {words.another}
        </Button>
      </div>
    </Card>
  )
}

/** The focus goes to it: what stood here before is gone. */
function MadeHead(props: { children: string }) {
  return (
    <Headline step={1} level={2}>
      {props.children}
    </Headline>
  )
}

/** By the telephone's own way of sending; else the link is copied, else it is shown. */
function SendPass(props: { url: string; text: string }) {
  const words = useResidentWords('visitors')
  const [state, setState] = useState<'' | 'copied' | 'by-hand'>('')
  const send = async () => {
    if (await isShared({ title: words.shareTitle, text: props.text, url: props.url })) return
    setState((await isCopied(`${props.text}\n${props.url}`)) ? 'copied' : 'by-hand')
  }
  return (
    <div class="stack">
      <Button kind={usePrimary()} icon={Send} tall wide onClick={() => void send()}>
        {words.send}
      </Button>
      <p class="small centre" role="status">
        {state === 'copied' ? words.copied : state === 'by-hand' ? words.copyByHand : ''}
      </p>
      {state === 'by-hand' ? (
        <TextField label={words.link} name="link" rows={3} value={props.url} />
      ) : null}
    </div>
  )
}

/** True where the telephone took it over, also where the person then changed their mind. */
async function isShared(data: { title: string; text: string; url: string }): Promise<boolean> {
  if (typeof navigator.share !== 'function') return false
  try {
    await navigator.share(data)
    return true
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError'
  }
}

async function isCopied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
