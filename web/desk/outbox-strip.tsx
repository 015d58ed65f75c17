import { useEffect, useState } from 'preact/hooks'
import { CloudUpload, Copy, TriangleAlert, X } from 'lucide'
import { useNow, useShell } from '../shell/shell.tsx'
import { useDeskWords, useLanguage, useWords } from '../shell/words.tsx'
import { Button } from '../ui/button.tsx'
import { Strip } from '../ui/state.tsx'
import { formatInstant } from '../words/format.ts'
import { forget, isSending, loadOutbox, outbox, sendAll, type Waiting } from './outbox.ts'

/** The stream may be there and the API not: asked again in so long. */
const againMs = 15_000

/** Sends what waits as soon as it can; what was refused is shown, with what was written. */
export function OutboxStrip() {
  const { ui } = useWords()
  const words = useDeskWords()
  useSending()
  const waiting = outbox.value.filter(({ refused }) => refused === null)
  const refused = outbox.value.filter((one) => one.refused !== null)
  return (
    <div role="status">
      {waiting.length > 0 ? (
        <Strip tone="amber" icon={CloudUpload} flat>
          {isSending.value ? words.outboxSending : words.outboxWaiting(waiting.length)}
        </Strip>
      ) : null}
      {refused.length > 0 ? (
        <Strip tone="signal" icon={TriangleAlert} flat>
          <details>
            <summary class="outbox-summary">
              {words.outboxRefused(refused.length)} · {ui.open}
            </summary>
            <ul class="stack">
              {refused.map((one) => (
                <li key={one.key}>
                  <Refused one={one} />
                </li>
              ))}
            </ul>
          </details>
        </Strip>
      ) : null}
    </div>
  )
}

function useSending(): void {
  const { wire } = useShell()
  useEffect(() => {
    const send = async () => {
      if (!(await sendAll())) return
      for (const listener of wire.listeners) listener('all')
    }
    const heard = (topic: string) => void (topic === 'all' && send())
    void loadOutbox().then(send)
    wire.listeners.add(heard)
    addEventListener('online', send)
    const timer = setInterval(send, againMs)
    return () => {
      wire.listeners.delete(heard)
      removeEventListener('online', send)
      clearInterval(timer)
    }
  }, [])
}

function Refused(props: { one: Waiting }) {
  const { key, step, at, place, refused } = props.one
  const words = useDeskWords()
  const { tasks } = useWords()
  const language = useLanguage()
  const now = useNow()
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(step.words ?? '').catch(() => undefined)
    setCopied(true)
  }
  const did = step.outcome ? `${tasks.done(step.act)}` : tasks.done(step.act)
  return (
    <div class="stack stack-tight">
      <b>
        {place} · {words.outboxDone(did, formatInstant(at, now, language))}
      </b>
      <p>{words.outboxMovedOn(refused?.[language] ?? '')}</p>
      {step.words ? (
        <p>
          {words.outboxWords}: <span class="said">{step.words}</span>
        </p>
      ) : null}
      <div class="flow">
        {step.words ? (
          <Button icon={Copy} onClick={() => void copy()}>
            {isCopied ? words.outboxCopied : words.outboxCopy}
          </Button>
        ) : null}
        <Button icon={X} onClick={() => forget(key)}>
          {words.outboxForget}
        </Button>
      </div>
    </div>
  )
}
